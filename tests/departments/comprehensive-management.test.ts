import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createViewer } from '../../src/identity/viewer.ts';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('comprehensive_management');
});
afterAll(() => graph.close());

describe('a matter of a place', () => {
  test.each(['FPC', 'LSS', 'HLR', 'EDU', 'HLT', 'CIV', 'CON', 'AIC', 'CMO', 'WOF', 'JUS', 'COR'] as const)(
    'is seen by %s where it takes part, with what every unit is to do, and nowhere else',
    async (code) => {
      const { unit } = viewerOf(code);
      const [stored] = await owner`select count(*)::int n,
        (select count(*)::int from comprehensive_management.governance_matters) as whole
        from comprehensive_management.governance_matters where ${unit} = any(participant_codes)`;
      const { data, errors } = await graph.ask(
        viewerOf(code),
        '{ governanceMatters(first: 100) { totalCount nodes { participantCodes actions { what } } } governanceActions { totalCount } }',
      );
      expect(errors).toEqual([]);
      expect(data.governanceMatters.totalCount).toBe(stored?.n);
      expect(stored?.n).toBeGreaterThan(0);
      expect(stored?.n).toBeLessThan(stored?.whole);
      for (const node of data.governanceMatters.nodes) {
        expect(node.participantCodes).toContain(unit);
        expect(node.actions).toHaveLength(3);
      }
      expect(data.governanceActions.totalCount).toBe(3 * stored?.n);
    },
  );

  test('is seen by a sub-district and a station by where it is', async () => {
    for (const [viewer, column, place] of [
      [viewerOf('SUB', 'PT-SUB-103'), 'subdistrict_code', '310107103'],
      [viewerOf('STN', 'PT-STN-103-2'), 'station_code', 'PT-STN-103-2'],
    ] as const) {
      const [stored] = await owner`select count(*)::int n from comprehensive_management.governance_matters
        where ${owner(column)} = ${place}`;
      const { data } = await graph.ask(viewer, '{ governanceMatters { totalCount } }');
      expect(data.governanceMatters.totalCount).toBe(stored?.n);
    }
  });
});

test('a safety activity is published: everybody sees every one, with its place', async () => {
  for (const { code } of viewers) {
    const { data, errors } = await graph.ask(
      viewerOf(code),
      '{ communitySafetyActivities(first: 3) { totalCount nodes { kind occurredOn place { kind name } } } }',
    );
    expect(errors, code).toEqual([]);
    expect(data.communitySafetyActivities.totalCount, code).toBe(90);
    expect(data.communitySafetyActivities.nodes[0].place.name, code).toMatch(/^示例路/);
  }
});

describe('a help plan', () => {
  const plans = `{ youthHelpPlans(first: 100) { totalCount nodes
    { youngId ageAtStart basis guardianConsentOn officerId goals supports startsOn reviewOn endsOn status isSealed } } }`;
  const colleague = createViewer({
    department: 'CSO',
    unit: 'PT-CSO',
    sub: 'PT-CSO/youth-2',
    name: '示例',
    posts: ['YOUTH_OFFICER'],
  });

  test('is its own youth officer’s, not a colleague’s', async () => {
    for (const viewer of [viewerOf('CSO'), colleague]) {
      const [stored] = await owner`select count(*)::int n from comprehensive_management.youth_help_plans
        where officer_id = ${viewer.person} and not is_sealed`;
      const { data, errors } = await graph.ask(viewer, plans);
      expect(errors).toEqual([]);
      expect(data.youthHelpPlans.totalCount).toBe(stored?.n);
      expect(stored?.n).toBeGreaterThan(0);
      for (const node of data.youthHelpPlans.nodes)
        expect(node).toMatchObject({ officerId: viewer.person, isSealed: false });
    }
  });

  test('is nobody’s once it is sealed', async () => {
    const [sealed] = await owner`select id, officer_id from comprehensive_management.youth_help_plans
      where is_sealed and officer_id = ${viewerOf('CSO').person} limit 1`;
    const id = Buffer.from(`YouthHelpPlan:${sealed?.id}`).toString('base64url');
    const { data } = await graph.ask(
      viewerOf('CSO'),
      'query ($id: ID!) { youthHelpPlan(id: $id) { status } }',
      {
        id,
      },
    );
    expect(sealed).toBeDefined();
    expect(data.youthHelpPlan).toBeNull();
  });

  test.each(viewers.map((v) => v.code).filter((code) => code !== 'CSO'))(
    'is not there for %s',
    async (code) => {
      const { data, errors, extensions } = await graph.ask(viewerOf(code), plans);
      expect(data).toEqual({ youthHelpPlans: { totalCount: 0, nodes: [] } });
      expect(errors).toEqual([]);
      expect(extensions?.access?.masked ?? []).toEqual([]);
    },
  );

  test('is reached from no other record, and makes nobody a person of the office', async () => {
    for (const record of graph.graph.model.values())
      expect([...record.fields.values()].map((f) => f.type)).not.toContain('YouthHelpPlan');
    const [links] = await graph.pools.ownerOf('public_security')`
      select count(*)::int n from access.links where holder = 'PT-CSO'`;
    expect(links?.n).toBe(0);
  });
});

test.each([
  [
    'a title with an identity number',
    'governance_matters_title_impersonal',
    "governance_matters set title = title || '349999198506120039'",
  ],
  [
    'a title with a telephone number in full width',
    'governance_matters_title_impersonal',
    "governance_matters set title = '联系13800000001'",
  ],
  [
    'a step that names a person by number',
    'governance_actions_what_impersonal',
    "governance_actions set what = '联系13800000001'",
  ],
  [
    'a leader that takes no part',
    'governance_matters_lead_takes_part',
    "governance_matters set lead_id = 'PT-COP'",
  ],
  [
    'a closed matter without a day',
    'governance_matters_closed_has_day',
    "governance_matters set closed_on = null where status = 'CLOSED'",
  ],
  [
    'a plan that began before consent',
    'youth_help_plans_consent_first',
    'youth_help_plans set guardian_consent_on = starts_on + 1',
  ],
  [
    'help without consent',
    'youth_help_plans_consent_given',
    "youth_help_plans set guardian_consent_on = null where status = 'RUNNING'",
  ],
  [
    'a plan that begins at eighteen',
    'youth_help_plans_of_age_later',
    'youth_help_plans set comes_of_age_on = starts_on',
  ],
  ['a plan for somebody of age', 'youth_help_plans_age', 'youth_help_plans set age_at_start = 18'],
  ['a plan on another ground', 'youth_help_plans_basis_code', "youth_help_plans set basis = 'OTHER'"],
  [
    'a sealed plan that says it is not',
    'youth_help_plans_sealed',
    "youth_help_plans set is_sealed = false where status = 'SEALED'",
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update comprehensive_management.${change}`)).toBe(constraint);
});
