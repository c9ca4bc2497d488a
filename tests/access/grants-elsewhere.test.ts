import { afterAll, beforeAll, expect, test } from 'vitest';
import { refreshLinks } from '../../src/database/links/refresh.ts';
import { productDepartments } from '../../src/product-contract.ts';
import { productLinkReaders } from '../../src/ruled-contract.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, testDay, viewerOf } from '../support/graph.ts';
import { canaryOf, type GrantCase, prepareCases, refOf } from './granting/cases.ts';
import { giveGrant } from './granting/give-grant.ts';

// The organisation's store, where grants are made, on a server of its own: the server with the record knows the
// grant after the next refresh, and the program closes it at once.

type Database = Awaited<ReturnType<typeof createTestDatabase>>;
let databases: readonly Database[];
let graph: TestGraph;
let lease: GrantCase;

beforeAll(async () => {
  const [here, there] = [await createTestDatabase('district'), await createTestDatabase('district')];
  databases = [here, there];
  graph = createTestGraph(here.url, (store) => (store === 'organisation' ? there.url : here.url));
  lease = (await prepareCases(graph.pools)).find(({ type }) => type === 'Lease')!;
});
afterAll(async () => {
  await graph.close();
  for (const database of databases) await database.drop();
});

test('a grant opens after the refresh, and is closed with its revocation', async () => {
  const [id] = lease.ids;
  const variables = { id: refOf(lease, id) };
  const asked = async () =>
    JSON.stringify(
      await graph.ask(
        viewerOf('EDU'),
        'query ($id: ID!) { lease(id: $id) { landlord { name } } }',
        variables,
      ),
    );
  const grant = await giveGrant(graph.pools, { ...lease.grant, ref: variables.id });
  expect(await asked()).not.toContain(canaryOf(id));
  await refreshLinks(graph.pools, productDepartments(), testDay, productLinkReaders());
  expect(await asked()).toContain(canaryOf(id));
  const statement = (owner: string, status: string) =>
    graph.pools.ownerOf(owner)`update organisation.access_grants set status = ${status} where id = ${grant}`;
  await statement('organisation', 'REVOKED');
  expect(await asked()).not.toContain(canaryOf(id));
  // A copy that is late opens nothing by itself; the next refresh takes it away.
  const copies = () => graph.pools.ownerOf('housing')`select id from access.grants`;
  expect(await copies()).toHaveLength(1);
  await refreshLinks(graph.pools, productDepartments(), testDay, productLinkReaders());
  expect(await copies()).toEqual([]);
});
