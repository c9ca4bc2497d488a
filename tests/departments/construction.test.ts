import type postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseNodeId } from '../../src/graph/node-id.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('construction');
});
afterAll(() => graph.close());

test('labour sees bands, month and state of a dispute handed on to it, and neither amounts nor workers', async () => {
  const { data } = await graph.ask(
    viewerOf('LSS'),
    `{ siteWageDisputes { totalCount nodes { site { name } claimBand workerCountBand reportedMonth status
         amountClaimed workerCount reportedOn enterprise { id } workers { totalCount } } } trainingAttendances { totalCount } }`,
  );
  const [stored] =
    await owner`select count(*)::int n from construction.site_wage_disputes where 'PT-LSS' = any(referred_to_units)`;
  expect(data.siteWageDisputes.totalCount).toBe(stored?.n);
  expect(stored?.n).toBeGreaterThan(0);
  for (const { site, claimBand, workerCountBand, reportedMonth, status, ...hidden } of data.siteWageDisputes
    .nodes) {
    expect(site.name).toMatch(/工地/);
    expect([claimBand, workerCountBand].join()).toMatch(/^(UNDER|FROM)_\d+,(UNDER|FROM)_\d+$/);
    expect([reportedMonth, status]).toEqual([expect.stringMatching(/^\d{4}-\d\d$/), 'TRANSFERRED']);
    expect(Object.values(hidden).every((value) => value === null)).toBe(true);
  }
  // Its own clients work on the sites: still no row of an attendance, not even one to count.
  expect(data.trainingAttendances.totalCount).toBe(0);
});

test('the workers of its sites are the commission’s own persons', async () => {
  const { data } = await graph.ask(
    viewerOf('CON'),
    '{ trainingAttendances(first: 50) { nodes { person { name mobilePhone citizenIdNumber } } } }',
  );
  const persons = data.trainingAttendances.nodes.flatMap((n: { person: object | null }) => n.person ?? []);
  expect(persons.length).toBeGreaterThan(0);
  for (const { name, mobilePhone } of persons) {
    expect(name).not.toContain('*');
    expect(mobilePhone).toMatch(/^138\*{4}\d{4}$/);
  }
});

test('sites are those of the labour bureau’s cases', async () => {
  const { data } = await graph.ask(
    viewerOf('CON'),
    '{ siteWageDisputes(filter: { status: { eq: TRANSFERRED } }) { nodes { site { id } } } }',
  );
  const labour = graph.pools.ownerOf('labour');
  expect(data.siteWageDisputes.nodes.length).toBeGreaterThan(0);
  for (const { site } of data.siteWageDisputes.nodes) {
    const [found] =
      await labour`select 1 from labour.wage_arrears_cases where site_id = ${parseNodeId(site.id).key}`;
    expect(found).toBeDefined();
  }
});

test('a coordinator sees the sites of its area and the inspections that it came along to', async () => {
  const { data } = await graph.ask(
    viewerOf('COR'),
    '{ constructionSites(first: 100) { nodes { coordinator { id } } } safetyInspections(first: 100) { nodes { assistedBy { id } stopWork } } }',
  );
  expect(data.constructionSites.nodes.length).toBeGreaterThan(0);
  expect(data.safetyInspections.nodes.length).toBeGreaterThan(0);
  for (const { coordinator } of data.constructionSites.nodes) expect(coordinator).not.toBeNull();
  for (const { assistedBy } of data.safetyInspections.nodes) expect(assistedBy).not.toBeNull();
});

test.each([
  [
    'work stopped without a decision',
    'safety_inspections_stop_decided',
    'safety_inspections set stop_work = true where decision_decided_on is null',
  ],
  [
    'a penalty published while it can be reviewed',
    'construction_penalties_published_late',
    'construction_penalties set published_on = decision_decided_on + 30',
  ],
  [
    'a penalty that is suspended',
    'construction_penalties_status_code',
    "construction_penalties set status = 'SUSPENDED' where decision_decided_on is not null and published_on is null",
  ],
  [
    'a dispute handed on without a case',
    'site_wage_disputes_transferred',
    "site_wage_disputes set transferred_to_id = null where status = 'TRANSFERRED'",
  ],
  [
    'more paid than claimed',
    'site_wage_disputes_amounts',
    'site_wage_disputes set amount_paid = amount_claimed + 1',
  ],
  [
    'a certificate for who did not pass',
    'training_attendances_certified',
    'training_attendances set passed = false where cert_no is not null',
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update construction.${change}`)).toBe(constraint);
});
