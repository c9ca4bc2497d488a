import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { createPools } from '../../src/store/pools.ts';
import { canaryOf, type GrantCase, prepareCases, refOf } from '../access/granting/cases.ts';
import { giveGrant } from '../access/granting/give-grant.ts';
import { createTestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from './test-server.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: TestServer;
let lease: GrantCase;
let grant: string;

beforeAll(async () => {
  database = await createTestDatabase('district');
  const pools = createPools({ urls: () => database.url, statementTimeoutMs: 10_000 });
  lease = (await prepareCases(pools)).find(({ type }) => type === 'Lease')!;
  grant = await giveGrant(pools, { ...lease.grant, ref: refOf(lease, lease.ids[0]) });
  await pools.close();
  server = await startTestServer({ databaseUrl: database.url });
});
afterAll(async () => {
  await server?.close();
  await database.drop();
});

const ask = (id: string) =>
  server.ask('EDU', 'query ($id: ID!) { lease(id: $id) { landlord { name } status } }', {
    id: refOf(lease, id),
  });

test('over HTTP a grant opens its record alone, until it is revoked', async () => {
  const [granted, beside] = lease.ids;
  const { status, json } = await ask(granted);
  expect(status).toBe(200);
  expect(json.data.lease).toEqual({ landlord: { name: canaryOf(granted) }, status: null });
  expect(json.errors.map(({ path }: { path: unknown }) => path)).toEqual([['lease', 'status']]);
  expect((await ask(beside)).text).not.toContain(canaryOf(beside));
  const owner = connectTo(database.url, { max: 1 });
  await owner`update organisation.access_grants set status = 'REVOKED' where id = ${grant}`;
  await owner.end();
  expect((await ask(granted)).text).not.toContain(canaryOf(granted));
});
