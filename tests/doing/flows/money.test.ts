import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId, parseNodeId } from '../../../src/graph/node-id.ts';
import { Flow } from './flow.ts';
import { official } from './officials.ts';

// Flow (e) of dossier 7.3: the posts of a year are allocated and adjusted, paid from a budget, and the unit is assessed.

const [sub, pop, fin, lgr, svc] = [
  official('SUB'),
  official('POP'),
  official('FIN'),
  official('LGR'),
  official('SVC'),
];
const unit = encodeNodeId('OrgUnit', 'PT-SUB-015');
const year = 2009;
const amounts = { municipalFixedSubsidy: '1000.00', districtSpecialBudget: '2000.00' };

/** @param outage the store of the posts answers nobody when the budget is to be drafted */
async function money(flow: Flow, { outage = false } = {}) {
  const proposal = { unit, year, migrantCount: 5001, countedOn: '2007-02-28' };
  const allocation = await flow.make(sub, 'proposeAdjustment', 'CoordinatorAllocation', proposal);
  // One post for 500 persons, rounded up.
  expect(await flow.row(allocation.id)).toMatchObject({ standard_headcount: 11, approved_headcount: 11 });
  await flow.change(pop, 'approveAdjustment', allocation.id);
  await flow.change(pop, 'supersedeAllocation', allocation.id);
  const adjusted = await flow.make(sub, 'proposeAdjustment', 'CoordinatorAllocation', {
    ...proposal,
    adjustment: 2,
    adjustmentReason: 'WORKLOAD',
  });
  expect((await flow.change(pop, 'approveAdjustment', adjusted.id)).state).toBe('APPROVED');

  const draft = { year, unit, ...amounts, clientMutationId: 'the draft of the year' };
  if (outage) {
    await flow.goDown();
    const refused = await flow.tries(sub, 'draftBudget', 'CoordinatorBudget', draft);
    expect(refused).toMatchObject({ committed: false, code: 'STORE_UNAVAILABLE' });
    const none = await flow.ownerOf(
      'finance',
    )`select 1 from finance.coordinator_budgets where year = ${year}`;
    expect(none).toHaveLength(0);
    await flow.comeBack();
  }
  // The same call, sent again until it is answered, has one effect.
  const budget = await flow.make(sub, 'draftBudget', 'CoordinatorBudget', draft);
  expect(await flow.make(sub, 'draftBudget', 'CoordinatorBudget', draft)).toEqual(budget);
  const drafted = await flow.ownerOf(
    'finance',
  )`select id from finance.coordinator_budgets where year = ${year} and unit_id = 'PT-SUB-015'`;
  expect(drafted).toHaveLength(1);
  expect(await flow.row(budget.id)).toMatchObject({ headcount_basis: 13 });
  await flow.make(sub, 'upsertBudgetLine', 'BudgetLine', {
    budget: budget.id,
    kind: 'WAGE',
    amount: '4500.00',
  });
  await flow.make(svc, 'upsertBudgetLine', 'BudgetLine', {
    budget: budget.id,
    kind: 'TRAINING',
    amount: '500.00',
  });
  await flow.change(sub, 'submitBudget', budget.id);
  await flow.change(fin, 'reviewBudget', budget.id, { event: 'review' });
  await flow.change(fin, 'approveBudget', budget.id, { event: 'approve' });
  await flow.change(fin, 'approveBudget', budget.id, { event: 'execute' });
  for (const quarter of ['Q1', 'Q2', 'Q3', 'Q4'])
    await flow.make(fin, 'reviewExpenditure', 'ExpenditureReview', {
      budget: budget.id,
      period: `${year}${quarter}`,
      spent: '1250.00',
      disallowed: '0.00',
    });
  expect((await flow.change(fin, 'approveBudget', budget.id, { event: 'close' })).state).toBe('CLOSED');

  const assessment = await flow.make(pop, 'openAssessment', 'Assessment', {
    target: unit,
    period: String(year),
    scheme: '示例考核办法',
  });
  await flow.change(sub, 'selfReport', assessment.id, { selfReport: '已完成' });
  await flow.change(pop, 'scoreAssessment', assessment.id, {
    scores: [
      { indicator: 'REGISTRATION_TIMELINESS', weight: 60, score: '90.0' },
      { indicator: 'SERVICE_ON_TIME', weight: 40, score: '80.0' },
    ],
    total: '86.00',
  });
  await flow.change(sub, 'commentAssessment', assessment.id, { comment: '无异议' });
  expect((await flow.change(lgr, 'publishAssessment', assessment.id)).state).toBe('PUBLISHED');
  return { budget: budget.id, assessment: assessment.id };
}

describe('a year of a sub-district’s coordinators', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open();
  });
  afterAll(() => flow?.close());

  it('goes from the posts over the money to the assessment, which everybody reads', async () => {
    const { budget, assessment } = await money(flow);
    const { data } = await flow.ask(
      fin,
      'query($id: ID!) { node(id: $id) { ... on CoordinatorBudget { totalNeed municipalFixedSubsidy districtSpecialBudget subdistrictRemainder } } }',
      { id: budget },
    );
    const { totalNeed, municipalFixedSubsidy, districtSpecialBudget, subdistrictRemainder } = data.node;
    // The three parts are the whole.
    expect([totalNeed, municipalFixedSubsidy, districtSpecialBudget, subdistrictRemainder]).toEqual([
      '5000.00',
      '1000.00',
      '2000.00',
      '2000.00',
    ]);
    const other = await flow.ask(
      official('SUB', 'PT-SUB-005'),
      'query($id: ID!) { node(id: $id) { ... on PublishedAssessment { total } } }',
      { id: encodeNodeId('PublishedAssessment', parseNodeId(assessment).key) },
    );
    expect(other.data.node).toEqual({ total: '86.00' });
  });
});

describe('with the store of the posts down when the budget is drafted', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open('coordinators');
  });
  afterAll(() => flow?.close());

  it('nothing is drafted without its basis, and the same is done when the store is back', async () => {
    await money(flow, { outage: true });
  });
});
