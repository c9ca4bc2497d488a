import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { asked, type Statistics } from './asking.ts';

let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph.close());

async function ask(code: Parameters<typeof viewerOf>[0], args: string, unit?: string) {
  const { data, errors } = await graph.ask(
    viewerOf(code, unit),
    `{ statistics(${args}) { ${asked} } }`,
    {},
    null,
  );
  return { statistics: data.statistics as Statistics, errors: errors.map((e) => e.extensions) };
}

describe('the coordinators', () => {
  test('are one for 500 in every place, rounded up', async () => {
    const rows = await graph.pools.ownerOf('coordinators')<Record<string, number>[]>`
      select year, migrant_count as migrants, standard_headcount as standard, adjustment, approved_headcount as approved
      from coordinators.coordinator_allocations`;
    expect(rows.length).toBeGreaterThanOrEqual(9);
    for (const { migrants, standard, adjustment, approved } of rows) {
      expect(standard).toBe(Math.ceil(migrants! / 500));
      expect(approved).toBe(standard! + adjustment!);
    }
    const { statistics } = await ask('FIN', 'measure: COORDINATORS_STANDARD');
    const sum = rows.reduce((n, row) => n + (row.year === 2007 ? row.standard! : 0), 0);
    expect(Number(statistics.cells[0]?.value)).toBe(sum);
  });

  test('are paid by city, district and sub-district: together the need', async () => {
    const parts = ['NEED', 'MUNICIPAL_SHARE', 'DISTRICT_SHARE', 'REMAINDER', 'EXCESS'];
    for (const by of ['', 'SUBDISTRICT']) {
      const answers = await Promise.all(
        parts.map((part) => ask('FIN', `measure: COORDINATOR_${part}, by: [${by}]`)),
      );
      const [need, municipal, special, remainder, excess] = answers.map(({ statistics }) =>
        statistics.cells.map(({ value }) => Number(value)),
      );
      expect(need).toHaveLength(by === '' ? 1 : 9);
      for (const [i, whole] of (need ?? []).entries()) {
        expect(municipal![i]! + special![i]! + remainder![i]! - excess![i]!).toBe(whole);
        if (by !== '') expect(remainder![i]! === 0 || excess![i] === 0).toBe(true);
      }
    }
    const rows = await graph.pools.ownerOf('finance')<Record<string, number>[]>`
      select total_need::int8::float8 as need, municipal_fixed_subsidy::float8 as municipal, district_special_budget::float8 as special
      from finance.coordinator_budgets`;
    expect(rows.length).toBeGreaterThan(10);
    for (const { need, municipal, special } of rows) {
      const remainder = Math.max(0, need! - municipal! - special!);
      if (municipal! + special! <= need!) expect(municipal! + special! + remainder).toBe(need);
      else expect(remainder).toBe(0);
    }
  });
});
