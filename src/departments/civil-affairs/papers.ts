import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { dayFact, fact, noticePaper } from '../paper-facts.ts';

/** Notices of decisions against somebody: legal basis, reasons, decider and remedy (clause LAO-a). */
export const papers: NonNullable<DepartmentDoing['papers']> = {
  AidCase: {
    issueDecision: noticePaper({
      reads: 'caseNo requestedOn person { name }',
      about: 'caseNo',
      addressee: 'person.name',
      title: () => '不予救助决定书',
      decided: () => '您的求助申请经甄别，决定不予救助。',
      facts: (read) => [
        fact('编号', read, 'caseNo'),
        fact('求助人', read, 'person.name'),
        dayFact('求助日期', read, 'requestedOn'),
      ],
    }),
  },
};
