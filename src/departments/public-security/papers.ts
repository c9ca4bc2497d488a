import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { codeFact, dayFact, fact, noticePaper } from '../paper-facts.ts';

/** Notices of decisions against somebody: legal basis, reasons, decider and remedy (clause LAO-a). */
export const papers: NonNullable<DepartmentDoing['papers']> = {
  PoliceCase: {
    issueDecision: noticePaper({
      reads: 'caseNo kind acceptedOn',
      about: 'caseNo',
      title: () => '行政处罚决定书',
      decided: () => '本案调查终结，现作出如下决定。',
      facts: (read) => [
        fact('案号', read, 'caseNo'),
        codeFact('案件种类', read, 'kind', 'PoliceCaseKind'),
        dayFact('立案日期', read, 'acceptedOn'),
      ],
    }),
  },
};
