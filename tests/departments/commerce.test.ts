import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('commerce');
});
afterAll(() => graph.close());

describe('a licence', () => {
  test('is public, the person behind it is the sub-bureau’s own', async () => {
    const ask =
      '{ businessLicences(first: 20) { nodes { registrationNo name operatorName premises { road lane } operator { id } } } }';
    const finance = await graph.ask(viewerOf('FIN'), ask);
    expect(finance.denied.map((d) => d.coordinate)).toEqual(['BusinessLicence.operator']);
    for (const { operator, premises, registrationNo } of finance.data.businessLicences.nodes) {
      expect([premises.lane, registrationNo].every(Boolean)).toBe(true);
      expect(operator).toBeNull();
    }
    const commerce = await graph.ask(viewerOf('AIC'), ask);
    const operators = commerce.data.businessLicences.nodes.filter(
      (n: { operator: object | null }) => n.operator,
    );
    expect(operators.length).toBeGreaterThan(0);
  });

  test('does not lead its holder’s other departments to the operator', async () => {
    for (const code of ['PSB', 'LSS', 'HLT', 'CAC'] as const) {
      const { data } = await graph.ask(
        viewerOf(code),
        '{ businessLicences(first: 100) { nodes { operator { id } } } }',
      );
      for (const { operator } of data.businessLicences.nodes) expect(operator).toBeNull();
    }
  });
});

test.each(['PSB', 'LSS', 'HLT', 'CAC'] as const)(
  '%s sees the checks it is asked to confirm, and no others',
  async (code) => {
    const viewer = viewerOf(code);
    const [stored] = await owner`select count(*)::int n from commerce.qualification_checks
    where ${viewer.unit} = any(confirming_units) and (not shielded or ${code} = 'PSB')`;
    const { data } = await graph.ask(
      viewer,
      '{ qualificationChecks(first: 100) { totalCount nodes { confirmations { unit result } result requestedOn } } }',
    );
    expect(data.qualificationChecks.totalCount).toBe(stored?.n);
    expect(stored?.n).toBeGreaterThan(0);
    for (const { confirmations, result, requestedOn } of data.qualificationChecks.nodes) {
      if (code !== 'CAC') expect(confirmations.map((c: { unit: string }) => c.unit)).toContain(viewer.unit);
      expect([result, requestedOn]).toEqual([null, null]);
    }
  },
);

test('nobody but the sub-bureau learns anything of an informant', async () => {
  for (const code of ['PSB', 'HLT', 'LAO', 'SUB'] as const) {
    const { data, errors } = await graph.ask(
      viewerOf(code),
      '{ commerceCases(first: 100) { nodes { kind status place { kind } subject { name } informant { kind name phone identityNumber } } } }',
    );
    expect(errors).toEqual([]);
    expect(data.commerceCases.nodes.length).toBeGreaterThan(0);
    for (const { informant, place, kind } of data.commerceCases.nodes) {
      expect(informant).toBeNull();
      expect([place.kind, kind].every(Boolean)).toBe(true);
    }
  }
  const { data } = await graph.ask(
    viewerOf('AIC'),
    '{ commerceCases(first: 100) { nodes { informant { name } } } }',
  );
  expect(data.commerceCases.nodes.some((n: { informant: object | null }) => n.informant)).toBe(true);
});

test('the dwellings of its premises and cases are the sub-bureau’s own, and no others', async () => {
  const [stored] =
    await owner`select count(distinct d)::int n from (select dwelling_id d from commerce.small_premises
    union select dwelling_id from commerce.commerce_cases) s where d is not null`;
  const { data } = await graph.ask(viewerOf('AIC'), '{ dwellings { totalCount } }');
  expect(data.dwellings.totalCount).toBe(stored?.n);
  expect(stored?.n).toBeGreaterThan(0);
});

test('premises without a licence are those that have none', async () => {
  const { data } = await graph.ask(
    viewerOf('AIC'),
    '{ smallPremises(first: 100) { nodes { isUnlicensed licence { id } } } }',
  );
  for (const { isUnlicensed, licence } of data.smallPremises.nodes)
    expect(isUnlicensed).toBe(licence === null);
});

test.each([
  [
    'an answer of a unit that was not asked',
    'qualification_checks_confirmed_by_asked',
    "qualification_checks set confirming_units = '{PT-EDU}'",
  ],
  [
    'a number of fourteen digits',
    'business_licences_number_form',
    "business_licences set registration_no = left(registration_no, 13) || '0'",
  ],
  ['a case in mediation', 'commerce_cases_status_code', "commerce_cases set status = 'MEDIATING'"],
  ['a case before its acceptance', 'commerce_cases_status_code', "commerce_cases set status = 'REPORTED'"],
  ['a fine below nothing', 'commerce_cases_fine', 'commerce_cases set fine_amount = -1'],
  ['a hearing before the case', 'commerce_cases_hearing', 'commerce_cases set hearing_on = accepted_on - 1'],
  [
    'a licence revoked without a remedy',
    'business_licences_decision_complete',
    "business_licences set decision_legal_basis = 'x', decision_decided_on = '2007-02-01'",
  ],
  [
    'a qualification refused without a remedy',
    'qualification_checks_decision_complete',
    "qualification_checks set decision_legal_basis = 'x', decision_decided_on = '2007-02-01'",
  ],
  [
    'a case against nobody',
    'commerce_cases_subject_given',
    'commerce_cases set subject_name = null, subject_kind = null',
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update commerce.${change}`)).toBe(constraint);
});
