import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromTable } from '../../src/database/rows/scope-sql.ts';
import { viewerClassOf } from '../../src/database/rows/viewer-class.ts';
import { visibleRows } from '../../src/database/rows/visible-rows.ts';
import { productDepartments } from '../../src/schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, viewerOf } from '../support/graph.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { openSetting, recordTypes, type Setting } from './asking/setup.ts';
import { Scope } from './reading/scope.ts';
import { linkFaults } from './rows/links.ts';
import { rowFaults, rowsBy, type Scopes, scopesOf } from './rows/rows.ts';
import { makeUnusual } from './rows/unusual.ts';

// Every row of every type, for every viewer and some further units: lists show no more than a hundred at a time. In a
// district where each part of a row scope decides about some row.

let setting: Setting;
let scopes: Scopes;
let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase('district');
  const graph = createTestGraph(database.url);
  await makeUnusual(graph.pools);
  setting = await openSetting(graph);
  scopes = scopesOf(setting.oracle, setting.district);
});
afterAll(async () => {
  await setting.graph.close();
  await database.drop();
});

test.each(recordTypes)('the rows of %s, and whose own they are, are those of the dossier', async (type) => {
  const { graph, district } = setting;
  const faults: string[] = [];
  for await (const fault of rowFaults(graph.graph.model, graph.pools, district, scopes, [type]))
    faults.push(fault);
  expectNoProblems(faults);
});

test('persons are linked to those whose records name them, and as long as the dossier says', async () => {
  const faults: string[] = [];
  for await (const fault of linkFaults(productDepartments(), setting.graph.pools, setting.district))
    faults.push(fault);
  expectNoProblems(faults);
});

test("the women's federation would see shielded clients of its own only, also by a cell for all rows", async () => {
  const { graph, district, oracle } = setting;
  const viewer = viewerOf('WOF');
  const scope = new Scope(oracle, district, viewer);
  const record = graph.graph.model.get('Migrant')!;
  const visible = visibleRows(record, 't', viewerClassOf(viewer), graph.graph.model, 'ALL');
  const query = sql`select "t"."id" from ${fromTable(record.source.table, 't')} where ${visible}`;
  const rows = await rowsBy(query, viewer, graph.pools.ownerOf(record.store));
  const expected = district.rows('Migrant').filter((row) => !row.shielded || scope.isOwn('Migrant', row));
  expect(rows.length).toBe(expected.length);
  expect(expected.length).toBeLessThan(district.rows('Migrant').length);
  expect(expected.some((row) => row.shielded)).toBe(true);
});

test('viewers see different rows, so that the comparison says something', () => {
  const sizes = new Set(scopes.map(([, scope]) => scope.visible('Migrant').size));
  expect(sizes.size).toBeGreaterThan(8);
});
