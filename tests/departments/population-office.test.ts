import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('population_office');
});
afterAll(() => graph.close());

describe('a policy', () => {
  test('is published for everybody; how far it is carried out is for those who carry it out', async () => {
    for (const { code } of viewers) {
      const { data, denied } = await graph.ask(
        viewerOf(code),
        '{ policyMeasures { totalCount nodes { docNo title kind responsibleCodes progress } } }',
      );
      expect(data.policyMeasures.totalCount, code).toBe(6);
      const isRuled = !['CAC', 'COR'].includes(code);
      expect(denied.length, code).toBe(isRuled ? 0 : 2);
      const seesAll = ['LGR', 'POP'].includes(code);
      for (const node of data.policyMeasures.nodes)
        if (!isRuled) expect(node, code).toMatchObject({ responsibleCodes: null, progress: null });
        else if (!seesAll && node.responsibleCodes !== null)
          expect(node.responsibleCodes, code).toContain(viewerOf(code).unit);
      const shown = data.policyMeasures.nodes.filter(
        (n: { responsibleCodes: object | null }) => n.responsibleCodes !== null,
      );
      expect(shown.length, code).toBe(seesAll ? 6 : isRuled ? shown.length : 0);
      if (isRuled) expect(shown.length, code).toBeGreaterThan(0);
      if (isRuled && !seesAll) expect(shown.length, code).toBeLessThan(6);
    }
  });
});

test.each(['DRC', 'STN', 'LAO', 'SUB', 'SVC'] as const)(
  '%s sees matters, inspections and assessments of its own, and no others',
  async (code) => {
    const { unit } = viewerOf(code);
    const { data, errors } = await graph.ask(
      viewerOf(code),
      `{ coordinationMatters(first: 100) { nodes { raisedBy { code } assignedToCodes } }
         supervisionInspections(first: 100) { nodes { target { code } } }
         assessments(first: 100) { nodes { target { code } scores { indicator weight score } total } } }`,
    );
    expect(errors).toEqual([]);
    for (const list of Object.values<{ nodes: object[] }>(data)) expect(list.nodes.length).toBeGreaterThan(0);
    for (const node of data.coordinationMatters.nodes)
      expect([node.raisedBy.code, ...node.assignedToCodes]).toContain(unit);
    for (const node of [...data.supervisionInspections.nodes, ...data.assessments.nodes])
      expect(node.target.code).toBe(unit);
  },
);

describe('an assessment', () => {
  test('is ranked for every unit once it is published, without the scores', async () => {
    const ranking = `{ publishedAssessments(first: 100, filter: { period: { eq: "2006H2" } },
      orderBy: { field: TOTAL, direction: DESC }) { totalCount nodes { target { code } total grade } } }`;
    const asOffice = await graph.ask(viewerOf('POP'), ranking);
    const asSubdistrict = await graph.ask(viewerOf('SUB'), ranking);
    expect(asSubdistrict.errors).toEqual([]);
    expect(asSubdistrict.data).toEqual(asOffice.data);
    const { nodes, totalCount } = asOffice.data.publishedAssessments;
    expect(totalCount).toBe(41);
    const totals = nodes.map((n: { total: string }) => Number(n.total));
    expect(totals).toEqual(totals.toSorted((a: number, b: number) => b - a));
    for (const { total, grade } of nodes)
      expect(grade).toBe(total >= 90 ? 'EXCELLENT' : total >= 80 ? 'GOOD' : total >= 60 ? 'PASS' : 'FAIL');
    expect([...(graph.graph.model.get('PublishedAssessment')?.fields.keys() ?? [])]).not.toContain('scores');
  });

  test('is not in the ranking before', async () => {
    const open = '{ publishedAssessments(filter: { period: { eq: "2007H1" } }) { totalCount } }';
    expect((await graph.ask(viewerOf('POP'), open)).data.publishedAssessments.totalCount).toBe(0);
    const scored =
      '{ assessments(filter: { period: { eq: "2007H1" }, status: { eq: SCORED } }) { totalCount } }';
    expect((await graph.ask(viewerOf('POP'), scored)).data.assessments.totalCount).toBeGreaterThan(5);
  });
});

const weight = (value: number) =>
  `scores = jsonb_set(scores, '{0,weight}', '${value}') where status = 'PUBLISHED'`;
test.each([
  ['weights that make no hundred', 'assessments_scores_make_total', `assessments set ${weight(26)}`],
  ['a total of other scores', 'assessments_scores_make_total', 'assessments set total = total - 0.01'],
  [
    'a score above a hundred',
    'assessments_scores_make_total',
    `assessments set scores = jsonb_set(scores, '{0,score}', '"101"') where total is not null`,
  ],
  [
    'a total without scores',
    'assessments_scores_make_total',
    "assessments set scores = '[]' where total is not null",
  ],
  [
    'an indicator that counts persons found',
    'assessments_indicators_codes',
    `assessments set scores = jsonb_set(scores, '{0,indicator}', '"PERSONS_FOUND"') where total is not null`,
  ],
  [
    'a published result without a day',
    'assessments_published_has_day',
    "assessments set published_on = null where status = 'PUBLISHED'",
  ],
  ['progress beyond the whole', 'policy_measures_progress', 'policy_measures set progress = 101'],
  [
    'a matter about a person',
    'coordination_matters_subject_impersonal',
    "coordination_matters set subject = '联系13800000001'",
  ],
  [
    'a finding beside none',
    'supervision_inspections_findings',
    "supervision_inspections set findings = '{NONE,DATA_LATE}'",
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update population_office.${change}`)).toBe(constraint);
});
