import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { createGraph } from '../../src/schema.ts';
import { viewerOf } from '../support/graph.ts';
import { createRecordedGraph, type RecordedGraph } from './recorded-graph.ts';

// Whom one looked for stands in the log by whatever road the document was answered.

let byLoaders: RecordedGraph;
let byStatement: RecordedGraph;
let id: string;

beforeAll(async () => {
  byLoaders = await createRecordedGraph({}, createGraph(undefined, undefined, Number.POSITIVE_INFINITY));
  byStatement = await createRecordedGraph({}, createGraph(undefined, undefined, 1));
  const { data } = await byLoaders.ask(viewerOf('PSB'), '{ migrants(first: 1) { nodes { id } } }');
  id = data.migrants.nodes[0].id;
  await byLoaders.entries();
});
afterAll(async () => {
  await byLoaders?.close();
  await byStatement?.close();
});

it.each<[string, ViewerCode, () => string]>([
  [
    'an id in a filter that nothing matches',
    'PSB',
    () =>
      `{ migrants(first: 1, filter: { id: { eq: "${id}" }, mobilePhone: { startsWith: "99999" } }) { totalCount } }`,
  ],
  [
    'a condition on persons in a list',
    'PSB',
    () => '{ permits(first: 1, filter: { holder: { name: { startsWith: "陈" } } }) { totalCount } }',
  ],
  [
    'a condition on persons in a nested list',
    'LSS',
    () =>
      '{ employers(first: 60) { nodes { employments(first: 1, filter: { employee: { name: { startsWith: "陈" } } }) { totalCount } } } }',
  ],
])('%s', async (_, code, document) => {
  const viewer = viewerOf(code);
  const [expected, found] = [
    await byLoaders.ask(viewer, document()),
    await byStatement.ask(viewer, document()),
  ];
  expect(found.data).toEqual(expected.data);
  expect(found.errors).toEqual([]);
  expect(found.statements[0]?.text).toContain('from (select) "z"');
  const [[loaders], [statement]] = [await byLoaders.entries(), await byStatement.entries()];
  expect(loaders?.subjects.length).toBeGreaterThan(0);
  expect(statement?.subjects.length).toBe(loaders?.subjects.length);
});
