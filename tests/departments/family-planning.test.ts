import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('family_planning');
});
afterAll(() => graph.close());

const sub = viewerOf('SUB', 'PT-SUB-103');

describe('a sub-district', () => {
  test('sees of the service register that an appointment is due, of those who consented, and nothing else', async () => {
    const [stored] =
      await owner`select count(*)::int n, count(next_service_on)::int due from family_planning.family_planning_records
      where subdistrict_code = '310107103' and consent_on is not null and not shielded`;
    const { data, errors } = await graph.ask(
      sub,
      `{ familyPlanningRecords(first: 100) { totalCount nodes { serviceDue person { id } certificate { id } consentOn
         nextServiceOn childrenCount homeCommission serviceContact { name phone relation } updatedOn updatedAt } } }`,
    );
    const { totalCount, nodes } = data.familyPlanningRecords;
    expect(errors).toEqual([]);
    expect(totalCount).toBe(stored?.n);
    expect(nodes.filter((node: { serviceDue: boolean }) => node.serviceDue)).toHaveLength(stored?.due);
    expect(stored?.due).toBeGreaterThan(0);
    for (const { serviceDue, ...others } of nodes) {
      expect(serviceDue).not.toBeNull();
      expect(Object.values(others).every((value) => value === null)).toBe(true);
    }
  });

  test('has no row of a woman without consent on file, though she lives there', async () => {
    const [stored] = await owner`select count(*)::int n from family_planning.family_planning_records
      where subdistrict_code = '310107103' and consent_on is null`;
    expect(stored?.n).toBeGreaterThan(0);
    const { data } = await graph.ask(sub, '{ familyPlanningRecords(first: 100) { nodes { id } } }');
    for (const { id } of data.familyPlanningRecords.nodes) {
      const key = Buffer.from(id, 'base64url').toString().split(':')[1] ?? '';
      const [row] =
        await owner`select consent_on from family_planning.family_planning_records where id = ${key}`;
      expect(row?.consent_on).not.toBeNull();
    }
  });

  test('has no row of a service or a notice, and no way to them from a person', async () => {
    const { data, errors } = await graph.ask(
      sub,
      '{ familyPlanningServices { totalCount } pregnancyNotices { totalCount } }',
    );
    expect(data).toEqual({ familyPlanningServices: { totalCount: 0 }, pregnancyNotices: { totalCount: 0 } });
    expect(errors).toEqual([]);
    const fields = Object.values(graph.graph.model.get('Migrant')?.fields ?? new Map()).map((f) => f.type);
    expect(fields).not.toContain('FamilyPlanningRecord');
  });

  test('sees a joint check of several territories when its own is one of them', async () => {
    const [stored] = await owner`select count(*)::int n from family_planning.joint_check_actions
      where '310107103' = any(territory)`;
    const { data } = await graph.ask(sub, '{ jointCheckActions { totalCount } }');
    expect(data.jointCheckActions.totalCount).toBe(stored?.n);
    expect(stored?.n).toBeGreaterThan(3);
  });
});

test.each(['PSB', 'LSS', 'HLR', 'CIV', 'AIC', 'COR'] as const)(
  '%s sees the joint checks and events that it takes part in, and no others',
  async (code) => {
    const { data } = await graph.ask(
      viewerOf(code),
      `{ jointCheckActions(first: 100) { totalCount nodes { participantCodes } }
         familyPlanningActivities(first: 100) { totalCount nodes { participantCodes } } }`,
    );
    for (const { totalCount, nodes } of Object.values<never>(data) as never[]) {
      expect(totalCount).toBeGreaterThan(0);
      for (const node of nodes as { participantCodes: string[] }[])
        expect(node.participantCodes).toContain(viewerOf(code).unit);
    }
  },
);

test('a window sees of a check that it was made, never how it came out', async () => {
  const { data } = await graph.ask(
    viewerOf('CAC'),
    '{ certificateChecks(first: 100) { nodes { windowResult result checkedOn noticeGiven person { id } } } }',
  );
  expect(data.certificateChecks.nodes.length).toBeGreaterThan(0);
  for (const { windowResult, ...others } of data.certificateChecks.nodes) {
    expect(windowResult).toMatch(/DONE|NOT_APPLICABLE/);
    expect(Object.values(others)).toEqual([null, null, null, null]);
  }
});

test.each([
  [
    'a notice sent before the woman was told',
    'pregnancy_notices_informed_first',
    "pregnancy_notices set informed_on = sent_on + 1 where status = 'SENT'",
  ],
  [
    'a notice sent without telling her',
    'pregnancy_notices_informed_first',
    "pregnancy_notices set informed_on = null where status = 'SENT'",
  ],
  [
    'a service before consent',
    'family_planning_services_consent_first',
    'family_planning_services set consent_on = occurred_on + 1',
  ],
  [
    'a follow-up without notice',
    'certificate_checks_notice_first',
    'certificate_checks set notice_given = false where follow_up_by is not null',
  ],
  [
    'a joint check without legal basis',
    'joint_check_actions_basis_given',
    "joint_check_actions set legal_basis = ' '",
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update family_planning.${change}`)).toBe(constraint);
});
