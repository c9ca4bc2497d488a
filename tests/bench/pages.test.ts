import { afterAll, beforeAll, expect, it } from 'vitest';
import { laihuPage, sitesPage } from '../../bench/page.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph?.close());

it('the page of migrants is answered to a sub-district officer in full', async () => {
  const { data, errors } = await graph.ask(viewerOf('SUB'), laihuPage(''));
  expect(errors).toEqual([]);
  expect(data.migrants.nodes).toHaveLength(100);
});

it('the page of building sites is answered to the construction commission, with rows in every relation', async () => {
  const { data, errors, extensions } = await graph.ask(viewerOf('CON'), sitesPage, {}, 'SITE_SAFETY');
  expect(errors).toEqual([]);
  const { nodes } = data.constructionSites;
  expect(nodes.length).toBeGreaterThan(20);
  for (const relation of ['safetyInspections', 'wageDisputes', 'epidemicSiteVisits'])
    expect(nodes.some((n: Record<string, { nodes: unknown[] }>) => n[relation]?.nodes.length)).toBe(true);
  expect(
    nodes.some((n: { generalContractor: { employer: unknown } | null }) => n.generalContractor?.employer),
  ).toBe(true);
  // Some of it is masked, as it would be at the desk.
  expect(extensions.access.masked.length).toBeGreaterThan(0);
});
