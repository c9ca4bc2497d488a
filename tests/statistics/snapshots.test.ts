import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewerLogin } from '../../src/database/wall/login.ts';
import { countStore, publish } from '../../src/statistics/snapshot.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase, sharedDatabaseUrl } from '../support/database.ts';
import { createTestGraph, type TestGraph } from '../support/graph.ts';

let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph.close());

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
    const sql = connectTo(viewerLogin(sharedDatabaseUrl(), { viewer }), {
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
