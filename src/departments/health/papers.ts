import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { dayFact, fact, noticePaper } from '../paper-facts.ts';

/** Notices of decisions against somebody: legal basis, reasons, decider and remedy (clause LAO-a). */
export const papers: NonNullable<DepartmentDoing['papers']> = {
  UnlicensedPracticeCase: {
    issueDecision: noticePaper({
      reads: 'caseNo acceptedOn operator { name }',
      about: 'caseNo',
      addressee: 'operator.name',
      title: () => '行政处罚决定书',
      decided: () => '本案调查终结，现作出如下决定。',
      facts: (read) => [
        fact('案号', read, 'caseNo'),
        fact('当事人', read, 'operator.name'),
        dayFact('立案日期', read, 'acceptedOn'),
      ],
    }),
  },
};
