import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { dayFact, fact, noticePaper } from '../paper-facts.ts';

/** Notices of decisions against somebody: legal basis, reasons, decider and remedy (clause LAO-a). */
export const papers: NonNullable<DepartmentDoing['papers']> = {
  ConstructionPenalty: {
    issueDecision: noticePaper({
      reads: 'amount enterprise { employer { name } }',
      about: null,
      addressee: 'enterprise.employer.name',
      title: () => '行政处罚决定书',
      decided: () => '本案调查终结，现作出如下处罚决定。',
      facts: (read) => [fact('当事人', read, 'enterprise.employer.name'), fact('罚款（元）', read, 'amount')],
    }),
  },
  SafetyInspection: {
    issueDecision: noticePaper({
      reads: 'occurredOn rectifyBy site { siteNo name }',
      about: null,
      title: () => '责令停工决定书',
      decided: () => '经现场检查，决定责令停工整改。',
      facts: (read) => [
        fact('工地编号', read, 'site.siteNo'),
        fact('工地名称', read, 'site.name'),
        dayFact('检查日期', read, 'occurredOn'),
        dayFact('整改期限', read, 'rectifyBy'),
      ],
    }),
  },
};
