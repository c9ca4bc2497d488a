import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewerLogin } from '../../src/access/wall/login.ts';
import { countStore, publish } from '../../src/statistics/snapshot.ts';
import { createTestDatabase, sharedDatabaseUrl } from '../support/database.ts';
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

describe('a snapshot', () => {
  test('stands: a month is counted once, and nothing of it can be changed', async () => {
    const database = await createTestDatabase('district');
    const copy = createTestGraph(database.url);
    try {
      const { pools, graph: made } = copy;
      const plan = made.statistics;
      await expect(countStore(pools, plan, 'housing', '2007-02')).rejects.toThrow(
        /have been published and stand/,
      );
      const cells = async () => {
        const [row] = await pools.ownerOf('statistics')`select count(*)::int as count from statistics.cells`;
        return row?.count;
      };
      const before = await cells();
      const count = await countStore(pools, plan, 'housing', '2006-11');
      await publish(pools, plan, [count], '2007-03-01');
      expect(await cells()).toBe(before + count.cells.length);
      await expect(publish(pools, plan, [count], '2007-03-01')).rejects.toThrow();
      expect(await cells()).toBe(before + count.cells.length);
      const march = await countStore(pools, plan, 'housing', '2007-03');
      await expect(publish(pools, plan, [march], '2007-03-31')).rejects.toThrow(/is not over/);
      for (const change of ['update statistics.cells set value = 1', 'delete from statistics.snapshots'])
        await expect(pools.ownerOf('statistics').unsafe(change)).rejects.toThrow(/statistics stand/);
    } finally {
      await copy.close();
      await database.drop();
    }
  });

  test('keeps no value of what is withheld', async () => {
    const owner = graph.pools.ownerOf('statistics');
    const [row] = await owner`select count(*)::int as withheld, count(value)::int as kept
      from statistics.cells where is_suppressed`;
    expect(row?.withheld).toBeGreaterThan(100);
    expect(row?.kept).toBe(0);
  });
});

describe('the second wall', () => {
  /** What a viewer's own role reads without this program. */
  async function asRole<T>(viewer: string, subdistrict: string, work: (sql: postgres.Sql) => Promise<T>) {
    const sql = postgres(viewerLogin(sharedDatabaseUrl(), { viewer }), {
      max: 1,
      onnotice: () => {},
      connection: (subdistrict ? { 'laihu.subdistrict': subdistrict } : {}) as never,
    });
    try {
      return await work(sql);
    } finally {
      await sql.end();
    }
  }
  const measuresOf = (sql: postgres.Sql) =>
    sql<{ measure: string }[]>`select distinct measure from statistics.cells order by measure`.then((rows) =>
      rows.map(({ measure }) => measure),
    );

  test('shows a role the measures of its groups', async () => {
    expect(await asRole('WOMENS_FEDERATION', '', measuresOf)).toEqual(['ENROLLED_CHILDREN']);
    expect(await asRole('COOPERATION', '', measuresOf)).toEqual([
      'AID_MATTERS',
      'REGISTERED_MIGRANTS',
      'REGISTERED_SCHOOL_AGE',
      'SITE_WAGE_MATTERS',
    ]);
    for (const viewer of ['POLICE_STATION', 'COORDINATOR'])
      await expect(asRole(viewer, '', measuresOf)).rejects.toThrow(/permission denied/);
  });

  test('shows a sub-district its own cells, and lets nobody write', async () => {
    const places = await asRole(
      'SUBDISTRICT',
      '310107103',
      (sql) => sql`select distinct subdistrict_code as place from statistics.cells`,
    );
    expect(places.map(({ place }) => place)).toEqual(['310107103']);
    for (const write of ['delete from statistics.cells', 'update statistics.snapshots set store = store'])
      await expect(asRole('LEADING_GROUP', '', (sql) => sql.unsafe(write))).rejects.toThrow(
        /permission denied/,
      );
  });
});
