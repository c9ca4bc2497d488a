import { afterAll, beforeAll, expect, test } from 'vitest';
import { departments } from '../../src/departments/index.ts';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { isRelation } from './asking/selection.ts';
import { Oracle } from './oracle.ts';
import { orderName } from './reading/contract.ts';
import { makeUnusual } from './rows/unusual.ts';

// Stores on different servers: keys and values of related records travel. Records that the viewer does not see must not
// travel either, so that filters and orders give the rows that they give on one server. In a district where the row
// scope of a person and of the person's permits differ: where they agree, what is not seen cannot be told by the order.

const oracle = new Oracle();
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let together: TestGraph;
let apart: TestGraph;

beforeAll(async () => {
  database = await createTestDatabase('district');
  const { url } = database;
  together = createTestGraph(url);
  await makeUnusual(together.pools);
  // The same database under another name counts as another server.
  const other = new URL(url);
  other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  const urlOf = (store: string) => (store === 'public_security' ? other.href : url);
  apart = createTestGraph(url, urlOf, together.graph);
});
afterAll(async () => {
  await together.close();
  await apart.close();
  await database.drop();
});

const storeOf = (type: string) => departments.find(({ records }) => type in records)?.store;
const isApart = (a: string, b: string) =>
  (storeOf(a) === 'public_security') !== (storeOf(b) === 'public_security');

/** Filters and orders of a list that look into records of the other server. */
function* argumentsOf(type: string): Generator<{ order: string; filter?: object }> {
  for (const field of oracle.type(type).fields.values()) {
    if (!isRelation(field) || !isApart(type, field.target)) continue;
    if (field.filtered) {
      yield { order: '', filter: { [field.name]: field.kind === 'many' ? { some: {} } : {} } };
      if (field.kind === 'many') yield { order: '', filter: { [field.name]: { none: {} } } };
    }
    for (const of of field.orders)
      if (of !== '') yield { order: `, orderBy: { field: ${orderName(field.name, of)} }` };
  }
}

test.each(viewers.map((v) => v.code))('%s gets the same rows from two servers as from one', async (code) => {
  const different: string[] = [];
  for (const { name, many } of oracle.types.values()) {
    if (!many) continue;
    for (const { order, filter } of argumentsOf(name)) {
      const document = `query ($f: ${name}Filter) { ${many}(first: 50, filter: $f${order}) { totalCount nodes { id } } }`;
      const variables = filter ? { f: filter } : {};
      const one = await together.ask(viewerOf(code), document, variables);
      const two = await apart.ask(viewerOf(code), document, variables);
      if (JSON.stringify(one.data) !== JSON.stringify(two.data))
        different.push(`${many} ${JSON.stringify(filter)} ${order}`);
    }
  }
  expect(different).toEqual([]);
});

test('some filters and orders do look into records of the other server', () => {
  const asked = [...oracle.types.keys()].flatMap((type) => [...argumentsOf(type)]);
  expect(asked.filter(({ filter }) => filter).length).toBeGreaterThan(30);
  expect(asked.some(({ order }) => order !== '')).toBe(true);
});
