import type postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('cooperation');
});
afterAll(() => graph.close());

test('an office of another province is published, its address and telephone too', async () => {
  for (const { code } of viewers) {
    const { data, errors } = await graph.ask(
      viewerOf(code),
      '{ liaisonOffices { totalCount nodes { name phone address { road lane room } } } }',
    );
    expect(errors, code).toEqual([]);
    expect(data.liaisonOffices.totalCount, code).toBe(8);
    for (const node of data.liaisonOffices.nodes) {
      expect(node.phone, code).toMatch(/^021-/);
      expect(node.address, code).toMatchObject({ road: '示例路', room: '301' });
    }
  }
});

test('contacts and matters are for those who work with the home places, and for nobody else', async () => {
  const document =
    '{ liaisonContacts(first: 2) { nodes { name duty phone } } liaisonOffices(first: 1) { nodes { matters { totalCount } } } }';
  for (const code of ['COP', 'POP', 'FPC', 'PSB', 'LSS', 'CIV', 'CMO'] as const) {
    const { data, errors } = await graph.ask(viewerOf(code), document);
    expect(errors, code).toEqual([]);
    for (const node of data.liaisonContacts.nodes) expect(node.name, code).not.toContain('*');
    expect(data.liaisonOffices.nodes[0].matters.totalCount, code).toBe(5);
  }
  for (const code of ['HLR', 'SUB', 'CAC', 'COR'] as const) {
    const { data, denied } = await graph.ask(viewerOf(code), document);
    expect(data.liaisonContacts, code).toBeNull();
    expect(data.liaisonOffices.nodes[0].matters, code).toBeNull();
    expect(new Set(denied.map((d) => d.reason)), code).toEqual(new Set(['NOT_GRANTED']));
  }
});

test.each([
  [
    'an office of Shanghai itself',
    'liaison_offices_province_form',
    "liaison_offices set province = '310000'",
  ],
  [
    "an official's private number",
    'liaison_contacts_office_phone',
    "liaison_contacts set phone = '13800000001'",
  ],
  [
    'a matter about a person',
    'liaison_matters_subject_impersonal',
    "liaison_matters set subject = '寻找349999198506120039'",
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update cooperation.${change}`)).toBe(constraint);
});
