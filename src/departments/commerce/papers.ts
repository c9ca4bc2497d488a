import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { codeFact, dayFact, fact, noticePaper, textAt } from '../paper-facts.ts';

/** Notices of decisions against somebody: legal basis, reasons, decider and remedy (clause LAO-a). */
export const papers: NonNullable<DepartmentDoing['papers']> = {
  BusinessLicence: {
    issueDecision: noticePaper({
      reads: 'registrationNo name operatorName status',
      about: 'registrationNo',
      addressee: 'operatorName',
      title: (read) => (read.status === 'REVOKED' ? '吊销营业执照决定书' : '责令停业决定书'),
      decided: (read) =>
        read.status === 'REVOKED' ? '决定吊销你单位（户）的营业执照。' : '决定责令你单位（户）停业。',
      facts: (read) => [
        fact('注册号', read, 'registrationNo'),
        fact('名称', read, 'name'),
        fact('经营者', read, 'operatorName'),
      ],
    }),
  },
  CommerceCase: {
    issueDecision: noticePaper({
      reads: 'caseNo kind acceptedOn fineAmount subject { name }',
      about: 'caseNo',
      addressee: 'subject.name',
      title: () => '行政处罚决定书',
      decided: () => '本案调查终结，现作出如下决定。',
      facts: (read) => [
        fact('案号', read, 'caseNo'),
        codeFact('案由', read, 'kind', 'CommerceCaseKind'),
        fact('当事人', read, 'subject.name'),
        dayFact('立案日期', read, 'acceptedOn'),
        { label: '罚款（元）', value: textAt(read, 'fineAmount') ?? '无' },
      ],
    }),
  },
  QualificationCheck: {
    issueDecision: noticePaper({
      reads: 'requestedOn applicant { name }',
      about: null,
      addressee: 'applicant.name',
      title: () => '不予确认经营资格决定书',
      decided: () => '您的经营资格确认申请，决定不予确认。',
      facts: (read) => [fact('申请人', read, 'applicant.name'), dayFact('申请日期', read, 'requestedOn')],
    }),
  },
};
