import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('personnel');
});
afterAll(() => graph.close());

test('a unit sees its own posts, and personnel, the leading group and the population office all of them', async () => {
  const [whole] = await owner`select count(*)::int n from personnel.staffing_posts`;
  for (const { code } of viewers) {
    const { data, errors } = await graph.ask(
      viewerOf(code),
      '{ staffingPosts(first: 100) { totalCount nodes { unit { code } title quota filled vacancies } } }',
    );
    expect(errors, code).toEqual([]);
    const { totalCount, nodes } = data.staffingPosts;
    if (['LGR', 'POP', 'PER', 'ITC', 'FIN', 'SVC'].includes(code)) expect(totalCount, code).toBe(whole?.n);
    else {
      expect(totalCount, code).toBeGreaterThan(0);
      for (const node of nodes) expect(node.unit.code).toBe(viewerOf(code).unit);
    }
    for (const node of nodes) expect(node.vacancies).toBe(node.quota - node.filled);
  }
});

describe('a talent file', () => {
  const files = `{ talentApplications(first: 100) { totalCount nodes { card termYears degree discipline professionalTitle
    evaluation applicant { name } application { applicationNo } sponsor { name } familyMembers { person { name } } } } }`;

  test('is read by personnel in full, with applicant, sponsor and family', async () => {
    const { data, errors } = await graph.ask(viewerOf('PER'), files);
    expect(errors).toEqual([]);
    const { nodes } = data.talentApplications;
    expect(nodes.length).toBeGreaterThan(3);
    for (const node of nodes) {
      expect(node.applicant.name).not.toContain('*');
      expect(node.application.applicationNo).toMatch(/^310107000/);
      expect(node.sponsor.name).toMatch(/^示例企业/);
    }
    const family = nodes.flatMap((n: { familyMembers: object[] }) => n.familyMembers);
    expect(family.length).toBeGreaterThan(0);
    expect(family.every((f: { person: object | null }) => f.person !== null)).toBe(true);
  });

  test('shows the issuing authority the kind of card, and nothing else', async () => {
    const { data, errors } = await graph.ask(viewerOf('PSB'), files);
    expect(errors).toEqual([]);
    expect(data.talentApplications.nodes.length).toBeGreaterThan(3);
    for (const { card, ...others } of data.talentApplications.nodes) {
      expect(card).toMatch(/^[AB]$/);
      expect(Object.values(others).every((value) => value === null)).toBe(true);
    }
    const byApplication = await graph.ask(
      viewerOf('PSB'),
      '{ permitApplications(first: 100, filter: { permitType: { eq: TALENT } }) { nodes { talentApplications { card degree } } } }',
    );
    const cards = byApplication.data.permitApplications.nodes.flatMap(
      (n: { talentApplications: object[] }) => n.talentApplications,
    );
    expect(cards.length).toBeGreaterThan(3);
    for (const card of cards) expect(card).toEqual({ card: expect.any(String), degree: null });
  });

  test('is refused to planners, who get counts, and to a sub-district', async () => {
    for (const [code, reason] of [
      ['DRC', 'AGGREGATES_ONLY'],
      ['SUB', 'NOT_GRANTED'],
    ] as const) {
      const { data, denied } = await graph.ask(viewerOf(code), '{ talentServices { totalCount } }');
      expect(data).toEqual({ talentServices: null });
      expect(denied.map((d) => d.reason)).toEqual([reason]);
    }
  });
});

test.each([
  [
    'three full-time posts in a population office',
    'staffing_posts_population_office',
    "staffing_posts set quota = 3 where unit_id = 'PT-SPO-103'",
  ],
  ['more filled than there are', 'staffing_posts_filled', 'staffing_posts set filled = quota + 1'],
  ['a term of two years', 'talent_applications_term', 'talent_applications set term_years = 2'],
  [
    'a professional title in words',
    'talent_applications_title_form',
    "talent_applications set professional_title = '教授'",
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update personnel.${change}`)).toBe(constraint);
});
