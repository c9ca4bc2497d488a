import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { codeFact, fact, noticePaper } from '../paper-facts.ts';

/** Notices of decisions against somebody: legal basis, reasons, decider and remedy (clause LAO-a). */
export const papers: NonNullable<DepartmentDoing['papers']> = {
  SchoolLicence: {
    issueDecision: noticePaper({
      reads: 'kind status licenceNo school { name }',
      about: null,
      addressee: 'school.name',
      title: (read) => (read.status === 'CLOSING' ? '责令停办决定书' : '不予办学许可决定书'),
      decided: (read) =>
        read.status === 'CLOSING'
          ? '决定责令你校停办，在校学生由教育部门安置。'
          : '你校的办学许可申请，决定不予许可。',
      facts: (read) => [
        fact('学校', read, 'school.name'),
        codeFact('申请种类', read, 'kind', 'SchoolLicenceKind'),
        fact('许可证号', read, 'licenceNo'),
      ],
    }),
  },
};
