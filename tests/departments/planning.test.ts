import type postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('planning');
});
afterAll(() => graph.close());

test('plans and studies are for all departments and sub-districts, not for windows, stations and coordinators', async () => {
  for (const { code } of viewers) {
    const { data, errors, denied } = await graph.ask(
      viewerOf(code),
      '{ developmentPlanItems { totalCount } populationStudies { totalCount nodes { title summary datasets { isSuppressed } } } }',
    );
    if (['STN', 'CAC', 'SVC', 'COR'].includes(code)) {
      expect(data, code).toEqual({ developmentPlanItems: null, populationStudies: null });
      expect(new Set(denied.map((d) => d.reason))).toEqual(new Set(['NOT_GRANTED']));
    } else {
      expect(errors, code).toEqual([]);
      expect(data.developmentPlanItems.totalCount, code).toBe(12);
      expect(data.populationStudies.totalCount, code).toBe(5);
    }
  }
});

test.each([
  [
    'a study on cells that are not suppressed',
    'population_studies_suppressed',
    `population_studies set datasets = '[{"isSuppressed": true}, {"isSuppressed": false}]'`,
  ],
  [
    'a study that does not say whether they are',
    'population_studies_suppressed',
    `population_studies set datasets = '[{"isSuppressed": true}, {}]'`,
  ],
  [
    'a summary with a number of a person',
    'population_studies_summary_impersonal',
    "population_studies set summary = '联系13800000001'",
  ],
  [
    'a study of a unit that plans nothing',
    'population_studies_owner',
    "population_studies set owner_id = 'PT-PSB'",
  ],
  [
    'a rate above a hundred',
    'development_plan_items_rate',
    "development_plan_items set target = 101 where unit_of_measure = '%'",
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update planning.${change}`)).toBe(constraint);
});
