import { afterAll, beforeAll, expect, test } from 'vitest';
import { refreshCopies } from '../../../src/database/copies/refresh-copies.ts';
import { refreshLinks } from '../../../src/database/links/refresh.ts';
import { productDepartments } from '../../../src/product-contract.ts';
import { productLinkReaders } from '../../../src/ruled-contract.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { readDistrict } from '../../access/reading/district.ts';
import { linkFaults } from '../../access/rows/links.ts';
import { createTestDatabase } from '../../support/database.ts';
import { createTestGraph, type TestGraph, testDay } from '../../support/graph.ts';
import { differences } from './differences.ts';
import { wrongCopies, wrongPlaces } from './expected-copies.ts';
import { RandomWrites } from './random-writes.ts';
import { readCopies } from './read-copies.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
});
afterAll(async () => {
  await graph.close();
  await database.drop();
});

const refresh = async () => {
  await refreshCopies(graph.pools, productDepartments());
  await refreshLinks(graph.pools, productDepartments(), testDay, productLinkReaders());
};
const copies = () => readCopies(graph.pools.ownerOf('organisation'));

test('the synthetic district is as a refresh makes it', async () => {
  const before = await copies();
  await refresh();
  expect(differences(before, await copies())).toEqual({});
});

test('after 10,000 writes every copy is what the register says, and every link is as a refresh makes it', async () => {
  const sql = connectTo(database.url, { max: 1, onnotice: () => {}, connection: { 'laihu.today': testDay } });
  const done = await new RandomWrites(() => sql, 20070301).write(10_000).finally(() => sql.end());
  // Every kind of write was done, not only refused.
  expect(done.size).toBeGreaterThan(100);
  const district = await readDistrict(graph.pools);
  const types = productDepartments().flatMap(({ records }) => Object.keys(records));
  expect([...wrongPlaces(district)].slice(0, 9)).toEqual([]);
  expect([...wrongCopies(types, district)].slice(0, 9)).toEqual([]);
  const before = await copies();
  await refresh();
  expect(differences(before, await copies())).toEqual({});
  // The refresh makes the links of the dossier: read anew.
  for await (const fault of linkFaults(productDepartments(), graph.pools, district)) expect.fail(fault);
}, 300_000);
