import type postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('civil_affairs');
});
afterAll(() => graph.close());

test.each(viewers.map((v) => v.code).filter((code) => code !== 'CIV'))(
  'for %s nobody was aided and nobody adopted',
  async (code) => {
    const { data, errors } = await graph.ask(
      viewerOf(code),
      '{ aidCases { totalCount nodes { id } } adoptionRegistrations { totalCount nodes { id } } }',
    );
    const nothing = { totalCount: 0, nodes: [] };
    expect(data).toEqual({ aidCases: nothing, adoptionRegistrations: nothing });
    expect(errors).toEqual([]);
  },
);

test('somebody unknown is aided, and there is no state in which a person is held', async () => {
  const { data } = await graph.ask(
    viewerOf('CIV'),
    '{ aidCases(first: 100) { nodes { person { id } status } } __type(name: "AidStatus") { enumValues { name } } }',
  );
  expect(
    data.aidCases.nodes.filter((node: { person: object | null }) => node.person === null).length,
  ).toBeGreaterThan(0);
  expect(data.__type.enumValues.map((v: { name: string }) => v.name).join(' ')).not.toMatch(
    /DETAIN|HELD|CUSTODY/,
  );
});

test.each([
  [
    'a marriage of one',
    'marriage_registrations_two_parties',
    'marriage_registrations set party_b_id = party_a_id, resident_name = null, resident_citizen_id_number = null, resident_hukou_division = null',
  ],
  [
    'a resident from elsewhere',
    'marriage_registrations_resident',
    "marriage_registrations set resident_hukou_division = '340100' where resident_name is not null",
  ],
  [
    'a decision against aid without its remedy',
    'aid_cases_decision_complete',
    "aid_cases set decision_reasons = '示例' where status = 'NOT_ELIGIBLE'",
  ],
  ['who left and is still there', 'aid_cases_left', "aid_cases set status = 'IN_AID' where status = 'LEFT'"],
  [
    'an adoption of oneself',
    'adoption_registrations_two_persons',
    'adoption_registrations set adopter_id = adoptee_id',
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update civil_affairs.${change}`)).toBe(constraint);
});
