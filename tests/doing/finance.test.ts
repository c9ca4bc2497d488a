import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { type DistrictWork, openDistrictWork } from '../support/district-work.ts';
import { viewerOf } from '../support/graph.ts';

const [sub, fin, pop] = [viewerOf('SUB'), viewerOf('FIN'), viewerOf('POP')];
const [svc, branch] = [viewerOf('SVC'), viewerOf('SVC', 'PT-SVB-015')];
const year = 2008;
let close: () => Promise<void>;
let owner: Sql;
let work: DistrictWork;

beforeAll(async () => {
  ({ owner, work, close } = await openDistrictWork());
});
afterAll(() => close());

const unit = encodeNodeId('OrgUnit', 'PT-SUB-015');
const amounts = { municipalFixedSubsidy: '1000.00', districtSpecialBudget: '2000.00' };

describe('a budget', () => {
  let budget: string;

  it('is drafted for posts that are approved', async () => {
    const none = await work.act(sub, 'draftBudget', 'CoordinatorBudget', { year, unit, ...amounts });
    expect(none.messages).toEqual(['No posts are approved for that year.']);
    await owner`insert into coordinators.coordinator_allocations (id, unit_id, year, migrant_count, counted_on, standard_headcount, approved_headcount, approved_by, status, actual_headcount, subdistrict_code)
      values (gen_random_uuid(), 'PT-SUB-015', ${year}, 5000, '2007-03-01', 10, 10, 'x', 'APPROVED', 10, '310107015')`;
    const made = await work.make(sub, 'draftBudget', 'CoordinatorBudget', { year, unit, ...amounts });
    budget = made.node;
    expect(await work.row('CoordinatorBudget', budget)).toMatchObject({
      headcountBasis: 10,
      subdistrictCode: '310107015',
      versionNo: 1,
    });
    const other = encodeNodeId('OrgUnit', 'PT-SUB-005');
    expect(
      (await work.act(sub, 'draftBudget', 'CoordinatorBudget', { year, unit: other, ...amounts })).node,
    ).toBe('');
    const wrong = await work.act(pop, 'draftBudget', 'CoordinatorBudget', {
      year,
      unit: encodeNodeId('OrgUnit', 'PT-LSS'),
      ...amounts,
    });
    expect(wrong.faults).toEqual(['unit VALIDATION']);
  });

  it('is the sum of its lines, and submitted with some', async () => {
    expect((await work.attempt(sub, 'submitBudget', budget)).messages).toEqual([
      'The budget has no lines, or they are still being added up.',
    ]);
    const wage = await work.make(sub, 'upsertBudgetLine', 'BudgetLine', {
      budget,
      kind: 'WAGE',
      amount: '4000.00',
    });
    expect(wage.effects).toEqual([{ effect: 'sumLines', store: 'finance', state: 'DONE' }]);
    await work.make(pop, 'upsertBudgetLine', 'BudgetLine', { budget, kind: 'TRAINING', amount: '500.00' });
    await work.change(svc, 'upsertBudgetLine', wage.node, { amount: '4500.00' });
    const ofBranch = await work.attempt(branch, 'upsertBudgetLine', wage.node, { amount: '1.00' });
    expect(ofBranch.error).toBe('NOT_YOURS');
    expect(Number((await work.row('CoordinatorBudget', budget)).totalNeed)).toBe(500_000);
    expect((await work.change(sub, 'submitBudget', budget)).state).toBe('SUBMITTED');
    const late = await work.attempt(sub, 'upsertBudgetLine', wage.node, { amount: '1.00' });
    expect(late.messages).toEqual(['The budget is not a draft.']);
  });

  it('is reviewed, approved and spent, quarter by quarter', async () => {
    expect((await work.attempt(sub, 'reviewBudget', budget, { event: 'review' })).error).toBe('NOT_YOURS');
    const quarter = { budget, spent: '1000.00', disallowed: '0.00' };
    const early = await work.act(fin, 'reviewExpenditure', 'ExpenditureReview', {
      ...quarter,
      period: `${year}Q1`,
    });
    expect(early.messages).toEqual(['The budget is not approved, or is closed.']);
    await work.change(fin, 'reviewBudget', budget, { event: 'return' });
    await work.change(sub, 'submitBudget', budget);
    await work.change(fin, 'reviewBudget', budget, { event: 'review' });
    await work.change(fin, 'approveBudget', budget, { event: 'approve' });
    const other = await work.act(fin, 'reviewExpenditure', 'ExpenditureReview', {
      ...quarter,
      period: '2007Q1',
    });
    expect(other.messages).toEqual(['The quarter is not of the year of the budget.']);
    const first = await work.make(fin, 'reviewExpenditure', 'ExpenditureReview', {
      ...quarter,
      period: `${year}Q1`,
    });
    await work.change(fin, 'reviewExpenditure', first.node, { finding: '符合规定' });
    const much = await work.attempt(fin, 'reviewExpenditure', first.node, { disallowed: '1000.01' });
    expect(much.faults).toEqual(['disallowed VALIDATION']);
  });

  it('changes only by a new version, which takes over its lines and replaces it', async () => {
    const input = { year, unit, ...amounts };
    const next = await work.make(sub, 'newBudgetVersion', 'CoordinatorBudget', input);
    expect(next.effects).toEqual([{ effect: 'copyLines', store: 'finance', state: 'DONE' }]);
    expect(Number((await work.row('CoordinatorBudget', next.node)).totalNeed)).toBe(500_000);
    expect((await work.row('CoordinatorBudget', next.node)).versionNo).toBe(2);
    // The effect may be run again after a crash: its lines are made together, and once.
    const lines = () =>
      owner`select l.kind, l.amount from finance.budget_lines l join finance.coordinator_budgets b on b.id = l.budget_id where b.version_no = 2 order by 1, 2`;
    const copied = await lines();
    expect(copied.length).toBeGreaterThan(0);
    await owner`update access.outbox set done_at = null, next_at = now() where effect = 'copyLines'`;
    await work.graph.doers!.outbox.sweep();
    expect(await lines()).toEqual(copied);
    const left =
      await owner`select failure from access.outbox where effect = 'copyLines' and done_at is null`;
    expect(left).toEqual([]);
    const third = await work.act(sub, 'newBudgetVersion', 'CoordinatorBudget', input);
    expect(third.messages).toEqual(['Another version is being drafted or reviewed.']);
    await work.change(sub, 'submitBudget', next.node);
    await work.change(fin, 'reviewBudget', next.node, { event: 'review' });
    await work.change(fin, 'approveBudget', next.node, { event: 'approve' });
    expect((await work.row('CoordinatorBudget', budget)).status).toBe('SUPERSEDED');
    await work.change(fin, 'approveBudget', next.node, { event: 'execute' });
    const open = await work.attempt(fin, 'approveBudget', next.node, { event: 'close' });
    expect(open.messages).toEqual(['Not every quarter is reviewed.']);
    for (const q of ['Q1', 'Q2', 'Q3', 'Q4'])
      await work.make(fin, 'reviewExpenditure', 'ExpenditureReview', {
        budget: next.node,
        period: `${year}${q}`,
        spent: '1.00',
        disallowed: '0.00',
      });
    expect((await work.change(fin, 'approveBudget', next.node, { event: 'close' })).state).toBe('CLOSED');
  });

  it('has no new version without an approved one', async () => {
    const refused = await work.act(pop, 'newBudgetVersion', 'CoordinatorBudget', {
      year,
      unit: encodeNodeId('OrgUnit', 'PT-POP'),
      ...amounts,
    });
    expect(refused.messages).toEqual(['There is no approved budget of which this is a new version.']);
  });
});
