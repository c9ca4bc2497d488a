import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('womens_federation');
});
afterAll(() => graph.close());

test.each(viewers.map((v) => v.code).filter((code) => code !== 'WOF'))(
  'for %s there is no case',
  async (code) => {
    const { data, errors } = await graph.ask(
      viewerOf(code),
      '{ womenRightsCases(filter: { addressShield: { eq: true } }) { totalCount nodes { id } } }',
    );
    expect(data.womenRightsCases).toEqual({ totalCount: 0, nodes: [] });
    expect(errors).toEqual([]);
  },
);

describe('a client whose whereabouts are shielded', () => {
  const ask =
    '{ womenRightsCases(filter: { addressShield: { eq: true } }) { nodes { client { id name mobilePhone } safeContact { phone } } } }';

  test('is there for the federation, which set the shield for her', async () => {
    const { data } = await graph.ask(viewerOf('WOF'), ask);
    expect(data.womenRightsCases.nodes.length).toBeGreaterThan(0);
    for (const { client, safeContact } of data.womenRightsCases.nodes) {
      expect(client.name).not.toContain('*');
      expect([client.mobilePhone, safeContact.phone].every(Boolean)).toBe(true);
    }
  });

  test('is nowhere for other departments that serve her, nor other shielded persons for the federation', async () => {
    const shielded = await owner`select m.id::text from public_security.migrants m where m.shielded`;
    const clients =
      await owner`select client_id::text id from womens_federation.women_rights_cases where address_shield`;
    for (const viewer of viewers) {
      const { data } = await graph.ask(
        viewerOf(viewer.code),
        'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
        { ids: shielded.map(({ id }) => Buffer.from(`Migrant:${id}`).toString('base64url')) },
      );
      const seen = data.nodes.filter((node: object | null) => node !== null).length;
      expect(seen, viewer.code).toBe(
        viewer.code === 'PSB' ? shielded.length : viewer.code === 'WOF' ? clients.length : 0,
      );
    }
  });
});

test.each([
  [
    'an outcome of an open case',
    'women_rights_cases_outcome_of_closed',
    "women_rights_cases set outcome = 'SETTLED' where closed_on is null",
  ],
  [
    'a referral without her consent',
    'women_rights_cases_referral_consented',
    "women_rights_cases set referred_to_id = 'PT-JUS'",
  ],
  [
    'a referral to who has no part in it',
    'women_rights_cases_referred_to',
    "women_rights_cases set referred_to_id = 'PT-HLR', referral_consent_on = '2007-03-01'",
  ],
  [
    'a case in which nothing is done for her',
    'women_rights_cases_services',
    "women_rights_cases set services = '{}'",
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update womens_federation.${change}`)).toBe(constraint);
});
