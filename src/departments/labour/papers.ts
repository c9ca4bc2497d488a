import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { dayFact, fact, noticePaper, textAt } from '../paper-facts.ts';

/** Notices of decisions against somebody: legal basis, reasons, decider and remedy (clause LAO-a). */
export const papers: NonNullable<DepartmentDoing['papers']> = {
  WageArrearsCase: {
    issueDecision: noticePaper({
      reads: 'caseNo status acceptedOn amountConfirmed employer { name }',
      about: 'caseNo',
      addressee: 'employer.name',
      title: (read) => (read.status === 'NOT_ACCEPTED' ? '不予立案决定书' : '劳动保障监察处理决定书'),
      decided: (read) =>
        read.status === 'NOT_ACCEPTED' ? '本件投诉，决定不予立案。' : '本案调查终结，现作出如下处理决定。',
      facts: (read) => [
        fact('案号', read, 'caseNo'),
        fact('用人单位', read, 'employer.name'),
        dayFact('立案日期', read, 'acceptedOn'),
        { label: '认定欠薪（元）', value: textAt(read, 'amountConfirmed') ?? '无' },
      ],
    }),
  },
};
