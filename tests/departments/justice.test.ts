import type postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('justice');
});
afterAll(() => graph.close());

test('a sub-district sees kind, months, result and state of a mediation of its committee, never who', async () => {
  const { data } = await graph.ask(
    viewerOf('SUB', 'PT-SUB-103'),
    `{ mediationCases(first: 100) { totalCount nodes { kind acceptedMonth closedMonth result status
         caseNo parties { name } acceptedOn closedOn agreementNo committee { code } } } }`,
  );
  const [stored] =
    await owner`select count(*)::int n from justice.mediation_cases where committee_id = 'PT-SUB-103'`;
  expect(data.mediationCases.totalCount).toBe(stored?.n);
  expect(stored?.n).toBeGreaterThan(0);
  for (const { kind, acceptedMonth, closedMonth, result, status, ...hidden } of data.mediationCases.nodes) {
    expect([kind, status].every(Boolean)).toBe(true);
    expect(acceptedMonth).toMatch(/^200[67]-\d\d$/);
    expect((closedMonth === null) === (status !== 'CLOSED')).toBe(true);
    expect(result === null || /AGREED|FAILED|WITHDRAWN/.test(result)).toBe(true);
    expect(Object.values(hidden).every((value) => value === null)).toBe(true);
  }
});

test('no unit on the other side of a case of legal aid sees it, whichever it is', async () => {
  const opponents =
    await owner`select distinct opponent_unit_id as unit from justice.legal_aid_cases where opponent_unit_id is not null`;
  expect(opponents.map(({ unit }) => unit)).toContain('PT-PSB');
  for (const { code } of viewers.filter((v) => v.code !== 'JUS')) {
    const { data } = await graph.ask(viewerOf(code), '{ legalAidCases { totalCount } }');
    expect(data.legalAidCases, code).toBeNull();
  }
});

test('legal education is open to everybody', async () => {
  for (const { code } of viewers) {
    const { data, errors } = await graph.ask(
      viewerOf(code),
      '{ legalEducationActivities(first: 3) { totalCount nodes { topic place { name } occurredOn attendance } } }',
    );
    expect(errors).toEqual([]);
    expect(data.legalEducationActivities.totalCount).toBe(54);
  }
});

test.each([
  [
    'a case against the bureau itself',
    'legal_aid_cases_opponent_is_another',
    "legal_aid_cases set opponent_unit_id = 'PT-JUS'",
  ],
  [
    'a refusal without grounds',
    'legal_aid_cases_decision_complete',
    "legal_aid_cases set decision_legal_basis = null where status = 'REFUSED'",
  ],
  [
    'mediation accepted on no day',
    'mediation_cases_accepted_has_day',
    "mediation_cases set accepted_on = null where status = 'MEDIATING'",
  ],
  [
    'an agreement of who did not agree',
    'mediation_cases_agreement',
    "mediation_cases set agreement_no = 'X' where result = 'FAILED'",
  ],
  ['mediation with nobody', 'mediation_cases_two_parties', "mediation_cases set parties = '[]'"],
  [
    'a committee of another place',
    'mediation_cases_committee_of_place',
    "mediation_cases set committee_id = 'PT-SUB-005' where subdistrict_code = '310107103'",
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update justice.${change}`)).toBe(constraint);
});
