import { encodeNodeId } from '../../../src/graph/node-id.ts';
import type { DistrictWork } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';

const [cop, lao, fin, sub, pop] = [
  viewerOf('COP'),
  viewerOf('LAO'),
  viewerOf('FIN'),
  viewerOf('SUB'),
  viewerOf('POP'),
];
const [cmo, itc, lss] = [viewerOf('CMO'), viewerOf('ITC'), viewerOf('LSS')];
const unit = (id: string) => encodeNodeId('OrgUnit', id);

const callsOf = (work: DistrictWork): Calls => {
  const office = () =>
    work.find('LiaisonOffice', 'select id from cooperation.liaison_offices order by id limit 1');
  const amounts = { municipalFixedSubsidy: '1000.00', districtSpecialBudget: '2000.00' };
  const allocate = (year: number) =>
    work.owner`insert into coordinators.coordinator_allocations (id, unit_id, year, migrant_count, counted_on, standard_headcount, approved_headcount, approved_by, status, actual_headcount, subdistrict_code)
      values (gen_random_uuid(), 'PT-SUB-015', ${year}, 5000, '2007-03-01', 10, 10, 'x', 'APPROVED', 10, '310107015')`;
  const budget = async (year: number) => {
    await allocate(year);
    const input = { year, unit: unit('PT-SUB-015'), ...amounts };
    return (await work.make(sub, 'draftBudget', 'CoordinatorBudget', input)).node;
  };
  const scores = [
    { indicator: 'REGISTRATION_TIMELINESS', weight: 60, score: '90.0' },
    { indicator: 'SERVICE_ON_TIME', weight: 40, score: '80.0' },
  ];
  const assessment = { target: unit('PT-LSS'), scheme: '2007年考核办法' };
  return {
    contact: async () => ({
      viewer: cop,
      mutation: 'upsertLiaisonContact',
      record: 'LiaisonContact',
      input: { office: await office(), name: '张示例', phone: '021-52560001' },
    }),
    liaison: async () => ({
      viewer: cop,
      mutation: 'openLiaisonMatter',
      record: 'LiaisonMatter',
      input: { office: await office(), subject: '婚育证明互认' },
    }),
    review: async () => {
      const node = await work.find(
        'AdministrativeActReview',
        'select id from legal_affairs.administrative_act_reviews order by act_ref limit 1',
      );
      const { id } = await work.row('AdministrativeActReview', node);
      await work.owner`update legal_affairs.administrative_act_reviews set checks = '[]', opinion = null, corrected_on = null where id = ${String(id)}`;
      return {
        viewer: lao,
        mutation: 'reviewAct',
        record: 'AdministrativeActReview',
        node,
        input: { checks: [{ subject: 'COMPETENCE', isPassed: true }] },
      };
    },
    budget: async () => {
      await budget(2011);
      await allocate(2012);
      return {
        viewer: sub,
        mutation: 'draftBudget',
        record: 'CoordinatorBudget',
        input: { year: 2012, unit: unit('PT-SUB-015'), ...amounts },
        known: { taken: 2011 },
      };
    },
    expenditure: async () => {
      const node = await budget(2013);
      await work.make(sub, 'upsertBudgetLine', 'BudgetLine', {
        budget: node,
        kind: 'WAGE',
        amount: '4000.00',
      });
      await work.change(sub, 'submitBudget', node);
      await work.change(fin, 'reviewBudget', node, { event: 'review' });
      await work.change(fin, 'approveBudget', node, { event: 'approve' });
      return {
        viewer: fin,
        mutation: 'reviewExpenditure',
        record: 'ExpenditureReview',
        input: { budget: node, period: '2013Q1', spent: '1000.00', disallowed: '1000.00' },
      };
    },
    progress: async () => {
      const { node } = await work.make(pop, 'recordPolicyMeasure', 'PolicyMeasure', {
        title: '规则措施',
        kind: 'MEASURE',
        responsible: [unit('PT-LSS')],
      });
      return {
        viewer: pop,
        mutation: 'recordProgress',
        record: 'PolicyMeasure',
        node,
        input: { progress: 100 },
      };
    },
    coordination: async () => ({
      viewer: viewerOf('EDU'),
      mutation: 'openCoordinationMatter',
      record: 'CoordinationMatter',
      input: { subject: '入学信息核对口径' },
    }),
    assessment: async () => ({
      viewer: pop,
      mutation: 'openAssessment',
      record: 'Assessment',
      input: { ...assessment, period: '2010' },
      known: { neither: unit('PT-CAC-015') },
    }),
    scores: async () => {
      const { node } = await work.make(pop, 'openAssessment', 'Assessment', {
        ...assessment,
        period: '2011',
      });
      await work.change(lss, 'selfReport', node, { selfReport: '已完成' });
      return {
        viewer: pop,
        mutation: 'scoreAssessment',
        record: 'Assessment',
        node,
        input: { scores, total: '86.00' },
      };
    },
    study: async () => ({
      viewer: cmo,
      mutation: 'recordStudy',
      record: 'PopulationStudy',
      input: { title: '社区人口研究', kind: 'COMMUNITY' },
    }),
    quality: async () => {
      await work.owner`delete from informatisation.data_quality_issues where store = 'health'`;
      return {
        viewer: itc,
        mutation: 'upsertDataQualityIssue',
        record: 'DataQualityIssue',
        input: { store: 'health', rule: 'ID_CHECKSUM', count: 3, ownerUnit: unit('PT-HLT') },
      };
    },
  };
};

breakRules('offices', callsOf);
