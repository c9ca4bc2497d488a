import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('health');
});
afterAll(() => graph.close());

const others = viewers.map((v) => v.code).filter((code) => code !== 'HLT');

describe('care and disease', () => {
  test.each(others)('are nowhere for %s, as if there were none', async (code) => {
    const { data, errors } = await graph.ask(
      viewerOf(code),
      '{ maternalRecords { totalCount } childHealthRecords { totalCount } infectiousReports { totalCount nodes { id } } }',
    );
    expect(data).toEqual({
      maternalRecords: { totalCount: 0 },
      childHealthRecords: { totalCount: 0 },
      infectiousReports: { totalCount: 0, nodes: [] },
    });
    expect(errors).toEqual([]);
  });

  test('a card that is not matched has no patient, and keeps what is written on it', async () => {
    const { data } = await graph.ask(
      viewerOf('HLT'),
      '{ infectiousReports(first: 100) { nodes { cardNo patient { id } patientSnapshot { name birthDate } } } }',
    );
    const cards: { cardNo: string; patient: object | null; patientSnapshot: object }[] =
      data.infectiousReports.nodes;
    const unmatched = cards.filter(({ patient }) => patient === null);
    expect(unmatched.length).toBeGreaterThan(0);
    expect(cards.length).toBeGreaterThan(unmatched.length);
    for (const card of unmatched)
      expect(card.patientSnapshot).toEqual({ name: expect.any(String), birthDate: expect.any(String) });
  });

  // The limits of March 2007 (dossier §3.7), told here in minutes.
  test('a report is late after two hours for the gravest diseases, after a day for the others', async () => {
    const { data } = await graph.ask(
      viewerOf('HLT'),
      '{ infectiousReports(first: 100) { nodes { disease diseaseClass diagnosedAt reportedAt isReportedInTime } } }',
    );
    const seen = new Set<string>();
    for (const card of data.infectiousReports.nodes) {
      const minutes = (Date.parse(card.reportedAt) - Date.parse(card.diagnosedAt)) / 60_000;
      const limit = card.diseaseClass === 'A' ? 120 : 1440;
      expect(card.isReportedInTime).toBe(minutes <= limit);
      seen.add(`${card.diseaseClass} ${card.isReportedInTime}`);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['A true', 'B true', 'B false', 'C true']));
  });
});

test('of an outbreak others see the measures, neither disease nor place', async () => {
  for (const code of ['CON', 'EDU', 'SUB', 'PSB'] as const) {
    const { data, errors } = await graph.ask(
      viewerOf(code),
      '{ outbreakResponses { nodes { measures disease place { name } site { id } school { id } openedOn status } } }',
    );
    expect(errors).toEqual([]);
    expect(data.outbreakResponses.nodes.length).toBeGreaterThan(0);
    for (const { measures, ...hidden } of data.outbreakResponses.nodes) {
      expect(measures.length).toBeGreaterThan(0);
      expect(Object.values(hidden).every((value) => value === null)).toBe(true);
    }
  }
});

test('a joint handler sees place and state of a case that was referred to it, and no other case', async () => {
  for (const code of ['PSB', 'AIC', 'LAO'] as const) {
    const [stored] = await owner`select count(*)::int n from health.unlicensed_practice_cases
      where ${`PT-${code}`} = any(joint_units)`;
    const { data } = await graph.ask(
      viewerOf(code),
      '{ unlicensedPracticeCases(first: 100) { totalCount nodes { place { kind name } status caseNo acceptedOn operator { name } decision { reasons } } } }',
    );
    expect(data.unlicensedPracticeCases.totalCount).toBe(stored?.n);
    expect(stored?.n).toBeGreaterThan(0);
    for (const { place, status, operator, ...hidden } of data.unlicensedPracticeCases.nodes) {
      expect([place.kind, place.name, status].every(Boolean)).toBe(true);
      expect(operator.name).toMatch(/^.\*+$|^..\*+$/);
      expect(hidden).toEqual({ caseNo: null, acceptedOn: null, decision: null });
    }
  }
});

test('a coordinator sees the visits that it came along to, and who was found there is nobody by name', async () => {
  const { data } = await graph.ask(
    viewerOf('COR'),
    '{ epidemicSiteVisits(first: 100) { totalCount nodes { assistedBy { id } workersPresent findings } } }',
  );
  expect(data.epidemicSiteVisits.totalCount).toBeGreaterThan(0);
  for (const node of data.epidemicSiteVisits.nodes) expect(node.assistedBy).not.toBeNull();
});

test.each([
  [
    'a disease of a later list',
    'infectious_reports_disease_code',
    "infectious_reports set disease = 'HAND_FOOT_MOUTH'",
  ],
  [
    'a disease before it was notifiable',
    'infectious_reports_notifiable',
    "infectious_reports set disease = 'HAND_FOOT_MOUTH_DISEASE'",
  ],
  [
    'illness after its diagnosis',
    'infectious_reports_onset',
    "infectious_reports set onset_on = '2008-01-01'",
  ],
  [
    'a card that is reported at no time',
    'infectious_reports_draft',
    'infectious_reports set reported_at = null',
  ],
  [
    'a case accepted on no day',
    'unlicensed_practice_cases_accepted_has_day',
    "unlicensed_practice_cases set accepted_on = null where status = 'INVESTIGATING'",
  ],
  [
    'a report before the diagnosis',
    'infectious_reports_reported',
    "infectious_reports set reported_at = diagnosed_at - interval '1 hour'",
  ],
  [
    'a weight that no child has',
    'child_health_records_growth',
    `child_health_records set growth_checks = '[{"checkedOn":"2007-01-01","weightKg":200,"heightCm":90}]'`,
  ],
  [
    'findings of a visit that found nothing',
    'epidemic_site_visits_findings',
    "epidemic_site_visits set findings = '{NONE,WATER}'",
  ],
  [
    'a site that is called a market',
    'epidemic_site_visits_place',
    "epidemic_site_visits set place_kind = 'MARKET' where site_id is not null",
  ],
  [
    'a decided case without grounds',
    'unlicensed_practice_cases_decision_complete',
    "unlicensed_practice_cases set decision_reasons = null where status = 'DECIDED'",
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update health.${change}`)).toBe(constraint);
});
