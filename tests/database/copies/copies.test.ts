import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refreshCopies } from '../../../src/database/copies/refresh-copies.ts';
import { refreshLinks } from '../../../src/database/links/refresh.ts';
import { productDepartments } from '../../../src/product-contract.ts';
import { productLinkReaders } from '../../../src/ruled-contract.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { createTestDatabase } from '../../support/database.ts';
import { createTestGraph, type TestGraph, testDay } from '../../support/graph.ts';
import { RandomWrites } from './random-writes.ts';
import { type Copies, readCopies } from './read-copies.ts';

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

/** What differs, a few of each. */
function differences(got: Copies, wanted: Copies): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, lines] of wanted) {
    const [there, expected] = [new Set(got.get(name)), new Set(lines)];
    const missing = lines.filter((line) => !there.has(line));
    const extra = [...there].filter((line) => !expected.has(line));
    if (missing.length || extra.length)
      found[name] = { count: missing.length, missing: missing.slice(0, 3), extra: extra.slice(0, 3) };
  }
  return found;
}

test('the synthetic district is as a refresh makes it', async () => {
  const before = await copies();
  await refresh();
  expect(differences(before, await copies())).toEqual({});
});

test('after 10,000 writes every copy is as a refresh makes it', async () => {
  const sql = connectTo(database.url, { max: 1, onnotice: () => {}, connection: { 'laihu.today': testDay } });
  const done = await new RandomWrites(() => sql, 20070301).write(10_000).finally(() => sql.end());
  // Every kind of write was done, not only refused.
  expect(done.size).toBeGreaterThan(100);
  const before = await copies();
  await refresh();
  expect(differences(before, await copies())).toEqual({});
}, 300_000);
