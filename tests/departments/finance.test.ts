import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statistics } from '../../src/departments/finance/statistics.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('finance');
});
afterAll(() => graph.close());

const fen = (yuan: string) => Math.round(Number(yuan) * 100);
const budgets = `{ coordinatorBudgets(first: 100, filter: { year: { eq: 2007 } }) { totalCount nodes {
  unit { code } headcountBasis totalNeed municipalFixedSubsidy districtSpecialBudget subdistrictRemainder isOverFunded
  lines { kind amount } expenditureReviews { spent finding } } } }`;

interface Budget {
  readonly unit: { readonly code: string };
  readonly headcountBasis: number;
  readonly totalNeed: string;
  readonly municipalFixedSubsidy: string;
  readonly districtSpecialBudget: string;
  readonly subdistrictRemainder: string;
  readonly isOverFunded: boolean;
  readonly lines: readonly { readonly amount: string }[];
}

describe('the money of the coordinators', () => {
  test('comes from city, district and sub-district: together the need, which is the sum of the lines', async () => {
    const { data, errors } = await graph.ask(viewerOf('FIN'), budgets);
    expect(errors).toEqual([]);
    const nodes: Budget[] = data.coordinatorBudgets.nodes;
    expect(nodes).toHaveLength(10);
    for (const b of nodes) {
      const granted = fen(b.municipalFixedSubsidy) + fen(b.districtSpecialBudget);
      const need = fen(b.totalNeed);
      expect(b.isOverFunded).toBe(granted > need);
      expect(fen(b.subdistrictRemainder)).toBe(b.isOverFunded ? 0 : need - granted);
      expect(b.lines.reduce((sum, { amount }) => sum + fen(amount), 0)).toBe(need);
    }
    expect(nodes.filter((b) => b.isOverFunded).map((b) => b.unit.code)).toEqual(['PT-SUB-101']);
  });

  test('is made for the approved number of coordinators, and the district is the sum of its parts', async () => {
    const { data } = await graph.ask(viewerOf('POP'), budgets);
    const allocated = await graph.ask(
      viewerOf('POP'),
      '{ coordinatorAllocations(first: 100, filter: { year: { eq: 2007 } }) { nodes { unit { code } approvedHeadcount } } }',
    );
    const approved = new Map<string, number>(
      allocated.data.coordinatorAllocations.nodes.map(
        (a: { unit: { code: string }; approvedHeadcount: number }) => [a.unit.code, a.approvedHeadcount],
      ),
    );
    const nodes: Budget[] = data.coordinatorBudgets.nodes;
    const parts = nodes.filter((b) => b.unit.code !== 'PT-POP');
    const whole = nodes.find((b) => b.unit.code === 'PT-POP');
    expect(parts).toHaveLength(9);
    for (const b of parts) expect(b.headcountBasis).toBe(approved.get(b.unit.code));
    const sum = (value: (b: Budget) => number) => parts.reduce((total, b) => total + value(b), 0);
    expect(whole?.headcountBasis).toBe(sum((b) => b.headcountBasis));
    expect(fen(whole?.totalNeed ?? '')).toBe(sum((b) => fen(b.totalNeed)));
  });

  test('is seen by a sub-district as its own budget, and by those who see it masked without findings', async () => {
    const own = await graph.ask(viewerOf('SUB', 'PT-SUB-103'), budgets);
    expect(own.data.coordinatorBudgets.nodes.map((b: Budget) => b.unit.code)).toEqual(['PT-SUB-103']);
    expect(own.data.coordinatorBudgets.nodes[0].lines).toHaveLength(6);
    const found = '{ expenditureReviews(first: 100) { nodes { spent finding } } }';
    const findings = async (code: 'FIN' | 'LSS') =>
      (await graph.ask(viewerOf(code), found)).data.expenditureReviews.nodes.filter(
        (node: { finding: string | null }) => node.finding !== null,
      ).length;
    expect(await findings('FIN')).toBeGreaterThan(0);
    expect(await findings('LSS')).toBe(0);
  });
});

// The figures of a draft that nobody approved are no costs, and an approved budget counts once, in its last version.
test.each([
  ['DRAFT', 'APPROVED', 1],
  ['APPROVED', 'SUPERSEDED', 2],
])(
  'of a newer version that is %s and an earlier one that is %s, version %i counts',
  async (newer, earlier, counted) => {
    const { sql: text, params } = new PgDialect().sqlToQuery(statistics[0]!.rows(sql`'2007-06-30'::date`));
    const needs = await owner
      .begin(async (tx) => {
        await tx`update finance.coordinator_budgets set status = ${earlier}, total_need = 1
        where year = 2007 and unit_id = 'PT-SUB-015'`;
        await tx`insert into finance.coordinator_budgets (id, year, unit_id, subdistrict_code, version_no, status,
        headcount_basis, total_need, municipal_fixed_subsidy, district_special_budget)
        values (gen_random_uuid(), 2007, 'PT-SUB-015', '310107015', 2, ${newer}, 1, 2, 0, 0)`;
        const rows = await tx.unsafe(text, params as never[]);
        throw rows.filter((row) => row.SUBDISTRICT === '310107015').map((row) => Number(row.need));
      })
      .catch((found: unknown) => found);
    expect(needs).toEqual([counted]);
  },
);

describe('the worked example of the dossier (§4.4)', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let example: TestGraph;
  beforeAll(async () => {
    database = await createTestDatabase('district');
    example = createTestGraph(database.url);
  });
  afterAll(async () => {
    await example.close();
    await database.drop();
  });

  // 44 coordinators at 24,000 yuan, of which the city bears 440,000.
  test.each([
    [350_000, '266000.00', false],
    [616_000, '0.00', false],
    [616_001, '0.00', true],
  ])('with %i yuan of the district leaves %s to the sub-district', async (special, remainder, isOver) => {
    await example.pools.ownerOf('finance').begin(async (tx) => {
      const [budget] =
        await tx`update finance.coordinator_budgets set headcount_basis = 44, total_need = 105600000,
        municipal_fixed_subsidy = 44000000, district_special_budget = ${special * 100}
        where year = 2007 and unit_id = 'PT-SUB-015' returning id`;
      await tx`update finance.budget_lines set amount = case kind when 'WAGE' then 105600000 else 0 end
        where budget_id = ${budget?.id}`;
    });
    const { data } = await example.ask(viewerOf('SUB', 'PT-SUB-015'), budgets);
    expect(data.coordinatorBudgets.nodes).toMatchObject([
      { totalNeed: '1056000.00', subdistrictRemainder: remainder, isOverFunded: isOver },
    ]);
  });
});

test.each([
  [
    'more disallowed than spent',
    'expenditure_reviews_disallowed',
    'expenditure_reviews set disallowed = spent + 1',
  ],
  ['a fifth quarter', 'expenditure_reviews_period_form', "expenditure_reviews set period = '2007Q5'"],
  [
    'a second budget of a year in the same version',
    'coordinator_budgets_one_version',
    "coordinator_budgets set year = 2006 where unit_id = 'PT-POP'",
  ],
  ['a version before the first', 'coordinator_budgets_version', 'coordinator_budgets set version_no = 0'],
  [
    'the unit of another place',
    'coordinator_budgets_unit',
    "coordinator_budgets set unit_id = 'PT-SUB-999' where subdistrict_code = '310107005'",
  ],
  [
    'a need that is not the sum of the lines',
    'coordinator_budgets_sum_of_lines',
    'coordinator_budgets set total_need = total_need + 1; set constraints all immediate',
  ],
  [
    'a line that the need does not know',
    'coordinator_budgets_sum_of_lines',
    'budget_lines set amount = amount + 1; set constraints all immediate',
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update finance.${change}`)).toBe(constraint);
});
