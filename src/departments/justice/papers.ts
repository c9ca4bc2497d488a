import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { codeFact, dayFact, fact, noticePaper } from '../paper-facts.ts';

/** Notices of decisions against somebody: legal basis, reasons, decider and remedy (clause LAO-a). */
export const papers: NonNullable<DepartmentDoing['papers']> = {
  LegalAidCase: {
    issueDecision: noticePaper({
      reads: 'caseNo matter appliedOn applicant { name }',
      about: 'caseNo',
      addressee: 'applicant.name',
      title: () => '不予法律援助决定书',
      decided: () => '您的法律援助申请，决定不予援助。',
      facts: (read) => [
        fact('案号', read, 'caseNo'),
        fact('申请人', read, 'applicant.name'),
        codeFact('申请事项', read, 'matter', 'LegalAidMatter'),
        dayFact('申请日期', read, 'appliedOn'),
      ],
    }),
  },
};
