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

describe('statistics', () => {
  test('say when they were taken and of what, and answer the latest month unless another is asked for', async () => {
    const { statistics } = await ask('POP', 'measure: PERMIT_COVERAGE');
    expect(statistics.snapshots).toEqual([
      { month: '2007-02', asOf: '2007-02-28', takenOn: '2007-03-01', store: 'permits' },
      { month: '2007-02', asOf: '2007-02-28', takenOn: '2007-03-01', store: 'public_security' },
    ]);
    const earlier = await ask('POP', 'measure: LEASES_IN_FORCE, month: "2007-01"');
    expect(earlier.statistics.snapshots.map(({ asOf }) => asOf)).toEqual(['2007-01-31']);
    const none = await ask('POP', 'measure: LEASES_IN_FORCE, month: "1999-12"');
    expect([none.statistics.snapshots, none.statistics.cells, none.errors]).toEqual([[], [], []]);
    const trend = await ask('DRC', 'measure: REGISTERED_MIGRANTS, by: [MONTH], since: "2004-12"');
    expect(trend.statistics.cells.map(({ month }) => month)).toEqual([
      '2004-12',
      '2005-12',
      '2006-12',
      '2007-01',
      '2007-02',
    ]);
  });

  test('are what the raw rows give, wherever a value is published', async () => {
    const rows = await graph.pools.ownerOf('permits')<{ place: string; type: string; count: number }[]>`
      select subdistrict_code as place, type, count(*)::int as count from permits.residence_permits
      where '2007-02-28' between valid_from and valid_to and (ended_on is null or ended_on > '2007-02-28')
      group by 1, 2`;
    const { statistics } = await ask('POP', 'measure: PERMITS_IN_FORCE, by: [SUBDISTRICT, PERMIT_TYPE]');
    const published = statistics.cells.filter(({ suppressed }) => !suppressed);
    expect(published.length).toBeGreaterThan(20);
    for (const { subdistrictCode, permitType, value } of published)
      expect(Number(value)).toBe(
        rows.find(({ place, type }) => place === subdistrictCode && type === permitType)?.count,
      );
    const small = statistics.cells.filter(({ upperBound }) => upperBound !== null);
    expect(small.length).toBeGreaterThan(0);
    for (const { subdistrictCode, permitType, value, upperBound } of small) {
      expect([value, upperBound]).toEqual([null, 4]);
      expect(
        rows.find(({ place, type }) => place === subdistrictCode && type === permitType)?.count ?? 0,
      ).toBeLessThan(5);
    }
  });

  test('have the k of their group: 5 for permits, 10 for aid', async () => {
    expect((await ask('LGR', 'measure: PERMITS_IN_FORCE')).statistics.minimumCell).toBe(5);
    const { statistics } = await ask('COP', 'measure: AID_MATTERS, by: [ORIGIN_PROVINCE]');
    expect(statistics.minimumCell).toBe(10);
    expect(
      statistics.cells.every(({ value, upperBound }) => (value === null ? upperBound === 9 : true)),
    ).toBe(true);
    expect((await ask('LGR', 'measure: SCHOOL_PLACES')).statistics.minimumCell).toBeNull();
  });

  test('are a rate of two published counts, and of nothing else', async () => {
    const [rate, part, whole] = await Promise.all(
      ['FILING_RATE', 'FILED_LEASES', 'LEASES_IN_FORCE'].map((m) =>
        ask('HLR', `measure: ${m}, by: [SUBDISTRICT]`),
      ),
    );
    expect(rate?.statistics.cells).toHaveLength(9);
    for (const [i, cell] of (rate?.statistics.cells ?? []).entries()) {
      const [of, per] = [part, whole].map((answer) => answer?.statistics.cells[i]?.value);
      expect(cell.suppressed).toBe(of == null || per == null);
      if (!cell.suppressed) expect(cell.value).toBe((Number(of) / Number(per)).toFixed(4));
    }
  });

  test('are by three keys at most, and by those that are published together', async () => {
    const four = await ask('POP', 'measure: REGISTERED_MIGRANTS, by: [MONTH, SUBDISTRICT, AGE_BAND, SEX]');
    expect([four.statistics, four.errors]).toEqual([null, [{ code: 'TOO_MANY_KEYS', limit: 3 }]]);
    const apart = await ask('POP', 'measure: REGISTERED_MIGRANTS, by: [AGE_BAND, ORIGIN_PROVINCE]');
    expect(apart.statistics).toBeNull();
    expect(apart.errors).toEqual([
      {
        code: 'KEYS_NOT_OFFERED',
        offered: [
          ['SUBDISTRICT', 'AGE_BAND', 'SEX'],
          ['SUBDISTRICT', 'ORIGIN_PROVINCE'],
        ],
      },
    ]);
  });

  test.each(['NEIGHBOURHOOD', 'ETHNICITY', 'HUKOU_TYPE'])('have no key %s', async (key) => {
    await expect(ask('PSB', `measure: REGISTERED_MIGRANTS, by: [${key}]`)).rejects.toThrow(/StatisticKey/);
  });

  test('of a sub-district are its own part', async () => {
    const own = await ask('SUB', 'measure: REGISTERED_MIGRANTS, by: [SEX]', 'PT-SUB-103');
    const all = await ask('POP', 'measure: REGISTERED_MIGRANTS, by: [SUBDISTRICT, SEX]');
    expect(own.statistics.cells).toEqual(
      all.statistics.cells.filter(({ subdistrictCode }) => subdistrictCode === '310107103'),
    );
    const branch = await ask('SVC', 'measure: PERMITS_IN_FORCE, by: [SUBDISTRICT]', 'PT-SVB-103');
    expect(branch.statistics.cells.map(({ subdistrictCode }) => subdistrictCode)).toEqual(['310107103']);
    const other = await ask('SUB', 'measure: REGISTERED_MIGRANTS, subdistrict: "310107015"', 'PT-SUB-103');
    expect([other.statistics, other.errors]).toEqual([null, [{ code: 'OUT_OF_SCOPE' }]]);
    const picked = await ask('POP', 'measure: REGISTERED_MIGRANTS, by: [SEX], subdistrict: "310107103"');
    expect(picked.statistics.cells).toEqual(own.statistics.cells);
  });
});
