import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('informatisation');
});
afterAll(() => graph.close());

test.each(['FPC', 'PSB', 'LSS', 'CSO', 'HLR', 'WOF', 'SVC'] as const)(
  '%s sees systems, exchange and faults of its own store',
  async (code) => {
    const { unit } = viewerOf(code);
    const { data, errors } = await graph.ask(
      viewerOf(code),
      `{ informationSystems { nodes { owner { code } } } dataQualityIssues { nodes { ownerUnit { code } count } }
         dataExchangeJobs { nodes { schedule fromSystem { owner { code } } toSystem { owner { code } } } } }`,
    );
    expect(errors).toEqual([]);
    for (const list of Object.values<{ nodes: object[] }>(data)) expect(list.nodes.length).toBeGreaterThan(0);
    for (const node of data.informationSystems.nodes) expect(node.owner.code).toBe(unit);
    for (const node of data.dataQualityIssues.nodes) expect(node.ownerUnit.code).toBe(unit);
    for (const { fromSystem, toSystem } of data.dataExchangeJobs.nodes)
      for (const system of [fromSystem, toSystem]) expect(system?.owner.code ?? unit).toBe(unit);
  },
);

describe('the crosswalk', () => {
  const rows =
    '{ migrantCrosswalks(first: 100) { totalCount nodes { store localKeyHash person { id name } } } }';

  test('shows the commission hashes and counts, no person', async () => {
    const [stored] = await owner`select count(*)::int n from informatisation.migrant_crosswalks`;
    const { data, denied } = await graph.ask(viewerOf('ITC'), rows);
    expect(data.migrantCrosswalks.totalCount).toBe(stored?.n);
    expect(denied.map((d) => [d.coordinate, d.reason])).toEqual([
      ['MigrantCrosswalk.person', 'NOT_GRANTED'],
      ['Migrant.name', 'NOT_GRANTED'],
    ]);
    for (const node of data.migrantCrosswalks.nodes) {
      expect(node.localKeyHash).toMatch(/^[0-9a-f]{64}$/);
      expect(node.person).toBeNull();
    }
  });

  test('shows a department its own keys, not which others know the same person', async () => {
    const [shared] = await owner`select count(*)::int n from informatisation.migrant_crosswalks h
      join informatisation.migrant_crosswalks l using (person_id) where h.store = 'housing' and l.store = 'labour'`;
    expect(shared?.n).toBeGreaterThan(50);
    for (const [code, store] of [
      ['HLR', 'housing'],
      ['LSS', 'labour'],
      ['PSB', 'permits'],
    ] as const) {
      const { data, errors } = await graph.ask(viewerOf(code), rows);
      expect(errors).toEqual([]);
      const { nodes } = data.migrantCrosswalks;
      expect(new Set(nodes.map((n: { store: string }) => n.store))).toEqual(new Set([store]));
      expect(nodes.some((n: { person: object | null }) => n.person !== null)).toBe(true);
    }
    for (const code of ['EDU', 'WOF', 'CIV'] as const)
      expect((await graph.ask(viewerOf(code), rows)).data.migrantCrosswalks.totalCount).toBe(0);
  });

  test('does not join keys and persons for the supervisor, who sees both apart', async () => {
    const { data } = await graph.ask(viewerOf('POP'), rows);
    expect(data.migrantCrosswalks.nodes.length).toBe(100);
    for (const node of data.migrantCrosswalks.nodes) expect(node.person).toBeNull();
  });

  test('takes no person as a filter', () => {
    const filter = graph.graph.bare.getType('MigrantCrosswalkFilter');
    expect(Object.keys((filter as never as { getFields(): object }).getFields())).not.toContain('person');
  });
});

test.each([
  [
    'a key in clear',
    'migrant_crosswalks_hash_form',
    "migrant_crosswalks set local_key_hash = '349999198506120039'",
  ],
  [
    'an exact match that is not certain',
    'migrant_crosswalks_exact',
    "migrant_crosswalks set confidence = 0.9 where method = 'EXACT_ID'",
  ],
  [
    'a match by hand that nobody looked at',
    'migrant_crosswalks_manual_reviewed',
    "migrant_crosswalks set reviewed_by = null where method = 'MANUAL'",
  ],
  [
    'an address with a key in it',
    'information_systems_endpoint_without_secret',
    "information_systems set endpoint = 'https://a.invalid/?key=1'",
  ],
  [
    'a run without a result',
    'data_exchange_jobs_run',
    'data_exchange_jobs set result = null where last_run_at is not null',
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update informatisation.${change}`)).toBe(constraint);
});
