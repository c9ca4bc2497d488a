import type postgres from 'postgres';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Matrix } from '../../../src/contract/tables/matrix.ts';
import { applyPolicy, type Wall, type WallServer, wallState } from '../../../src/database/wall/apply.ts';
import { viewerLogin } from '../../../src/database/wall/login.ts';
import { raiseWall } from '../../../src/database/wall/raise.ts';
import { productContract } from '../../../src/product-contract.ts';
import { createGraph } from '../../../src/schema.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { createTestDatabase } from '../../support/database.ts';
import { createTestGraph, type TestGraph } from '../../support/graph.ts';
import { serverOf } from './server.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;
let wall: Wall;
let server: WallServer;
/** A connection of the housing bureau. */
let housing: Sql;

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
  wall = graph.graph.wall;
  server = serverOf(graph.pools, database.url);
  housing = connectTo(viewerLogin(database.url, { viewer: 'HOUSING' }), { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await housing.end();
  await graph.close();
  await database.drop();
});

/** The wall of a policy in which housing may no longer see the terms of leases. */
function otherWall(): Wall {
  const contract = productContract();
  const matrix: Matrix = new Map(
    [...contract.matrix].map(([name, group]) => [
      name,
      name === 'LEASE_TERMS'
        ? { ...group, cells: new Map([...group.cells].filter(([viewer]) => viewer !== 'HOUSING')) }
        : group,
    ]),
  );
  return createGraph({ ...contract, matrix }).wall;
}

const readsRent = () =>
  housing`select monthly_rent from housing.leases where monthly_rent is not null limit 1`.then(
    (rows) => rows.length,
    (error: postgres.PostgresError) => error.code,
  );

/** Everything that applying can leave behind. */
const traces = async () => {
  const [row] = await server.owner`
    select (select sum(relnatts)::int from pg_class where relkind = 'r') as columns,
      (select count(*)::int from pg_policies) as policies, (select count(*)::int from pg_proc) as functions,
      (select catalogues from access.policy_digests) as digest`;
  return row;
};

test('applied again it leaves everything as it is', async () => {
  const before = await traces();
  await applyPolicy(wall, server);
  expect(await traces()).toEqual(before);
  expect(await wallState(wall, server)).toBe('same');
});

test('at the same time as for another database of the server, whose roles are the same, it is applied to both', async () => {
  const another = await createTestDatabase('district');
  const { pools, close } = createTestGraph(another.url);
  try {
    const servers = [server, serverOf(pools, another.url)];
    await Promise.all(servers.map((at) => applyPolicy(wall, at)));
    expect(await Promise.all(servers.map((at) => wallState(wall, at)))).toEqual(['same', 'same']);
  } finally {
    await close();
    await another.drop();
  }
});

test('on another policy the server does not start, and says how to apply it', async () => {
  const other = otherWall();
  expect(await wallState(other, server)).toBe('other policy');
  const start = raiseWall(other, [server], () => {});
  await expect(start).rejects.toThrow('holds another policy than this program');
  await expect(start).rejects.toThrow('Apply it with `npm run policy:apply`, then start again.');
  await raiseWall(wall, [server], () => {});
});

test('applied, another policy is the one that holds, and the first is the other', async () => {
  expect(await readsRent()).toBe(1);
  const other = otherWall();
  await applyPolicy(other, server);
  expect(await readsRent()).toBe('42501');
  await raiseWall(other, [server], () => {});
  expect(await wallState(wall, server)).toBe('other policy');
  await applyPolicy(wall, server);
  expect(await readsRent()).toBe(1);
});

test('a policy that cannot be applied to the end leaves the one before', async () => {
  const before = await traces();
  const broken = { ...otherWall(), exactLookups: [['Migrant', 'noSuchProperty']] as const };
  await expect(applyPolicy(broken, server)).rejects.toThrow('noSuchProperty');
  expect(await traces()).toEqual(before);
  expect(await readsRent()).toBe(1);
  expect(await wallState(wall, server)).toBe('same');
});

test('a change by hand is another catalogue until the policy is applied again', async () => {
  await server.owner`grant select on housing.leases to laihu_education`;
  expect(await wallState(wall, server)).toBe('altered');
  await expect(raiseWall(wall, [server], () => {})).rejects.toThrow(
    'was changed since its policy was applied',
  );
  await applyPolicy(wall, server);
  expect(await wallState(wall, server)).toBe('same');
});

test('a database without a policy gets it at the first start', async () => {
  await server.owner`delete from access.policy_digests`;
  expect(await wallState(wall, server)).toBe('missing');
  const said: string[] = [];
  await raiseWall(wall, [server], (line) => said.push(line));
  expect(said).toHaveLength(1);
  expect(await wallState(wall, server)).toBe('same');
});
