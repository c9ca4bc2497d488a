import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carryCopies } from '../../../src/database/copies/carry.ts';
import { Carrying } from '../../../src/database/copies/carrying.ts';
import { refreshCopies } from '../../../src/database/copies/refresh-copies.ts';
import { refreshLinks } from '../../../src/database/links/refresh.ts';
import { applyPolicy } from '../../../src/database/wall/apply.ts';
import { departments } from '../../../src/departments/index.ts';
import { productDepartments } from '../../../src/product-contract.ts';
import { productLinkReaders } from '../../../src/ruled-contract.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { giveGrant } from '../../access/granting/give-grant.ts';
import { readDistrict } from '../../access/reading/district.ts';
import { createTestDatabase } from '../../support/database.ts';
import { createTestGraph, type TestGraph, testDay } from '../../support/graph.ts';
import { until } from '../../support/until.ts';
import { differences } from './differences.ts';
import { wrongCopies } from './expected-copies.ts';
import { RandomWrites } from './random-writes.ts';
import { readCopies } from './read-copies.ts';

// Four departments in a database of their own, where no trigger of the register reaches: what was written is noted and
// carried over.

type Database = Awaited<ReturnType<typeof createTestDatabase>>;
const elsewhere: ReadonlySet<string> = new Set(['housing', 'permits', 'personnel', 'coordinators']);
const stores = productDepartments();
const readersOf = productLinkReaders();
let databases: readonly Database[];
let graph: TestGraph;

beforeAll(async () => {
  const [here, there] = [await createTestDatabase('district'), await createTestDatabase('district')];
  databases = [here, there];
  const urlOf = (store: string) => (elsewhere.has(store) ? there.url : here.url);
  graph = createTestGraph(here.url, urlOf);
  for (const { url } of databases) {
    const held = departments.map(({ store }) => store).filter((store) => urlOf(store) === url);
    const owner = graph.pools.ownerOf(held[0]!);
    for (const { store } of departments)
      if (!held.includes(store)) await owner.unsafe(`drop schema if exists "${store}" cascade`);
    await applyPolicy(graph.graph.wall, { owner, ownerUrl: url, stores: held });
  }
  await refresh();
});
afterAll(async () => {
  await graph.close();
  await Promise.all(databases.map((database) => database.drop()));
});

const owners = (): Sql[] => ['public_security', 'housing'].map((store) => graph.pools.ownerOf(store));
const copies = () =>
  Promise.all(owners().map((owner, i) => readCopies(owner, (store) => elsewhere.has(store) === (i === 1))));
const carry = () => carryCopies(graph.pools, stores, testDay, readersOf);
async function refresh() {
  await refreshCopies(graph.pools, stores);
  await refreshLinks(graph.pools, stores, testDay, readersOf);
}

test('a row about a person whom another server knows is hidden until it has said where it belongs', async () => {
  const housing = graph.pools.ownerOf('permits');
  const [row] = await housing`
    insert into permits.residence_permits (id, permit_no, holder_id, type, valid_from, valid_to, status, ended_on, subdistrict_code, shielded)
    select gen_random_uuid(), regexp_replace(permit_no, '[0-9]{4}$', '9999'), holder_id, type, valid_from, valid_to, 'CANCELLED',
      valid_to, '310107999', false from permits.residence_permits where subdistrict_code is not null and not shielded order by id limit 1
    returning id, holder_id as holder, subdistrict_code as place, shielded`;
  expect(row).toMatchObject({ place: null, shielded: true });
  await carry();
  const [person] = await graph.pools.ownerOf('public_security')`
    select subdistrict_code as place, shielded from public_security.migrants where id = ${row?.holder}`;
  const [now] =
    await housing`select subdistrict_code as place, shielded from permits.residence_permits where id = ${row?.id}`;
  expect(now).toEqual(person);
});

test('after 2,000 writes and the carrying of what they noted, copies and links are as a refresh makes them', async () => {
  const connection = { 'laihu.today': testDay };
  const [here, there] = databases.map(({ url }) =>
    connectTo(url, { max: 1, onnotice: () => {}, connection }),
  );
  await new RandomWrites((store) => (elsewhere.has(store) ? there! : here!), 20070302).write(2000);
  await Promise.all([here!.end(), there!.end()]);
  expect(await carry()).toBeGreaterThan(100);
  while ((await carry()) > 0);
  const types = stores.flatMap(({ records }) => Object.keys(records));
  expect([...wrongCopies(types, await readDistrict(graph.pools))].slice(0, 9)).toEqual([]);
  const carried = await copies();
  await refresh();
  for (const [i, wanted] of (await copies()).entries()) expect(differences(carried[i]!, wanted)).toEqual({});
  // Carried once more, nothing changes.
  const [, far] = owners();
  await far!`insert into access.copy_changes (subject_id) select subject_id from access.links`;
  while ((await carry()) > 0);
  for (const [i, got] of (await copies()).entries()) expect(differences(got, carried[i]!)).toEqual({});
}, 300_000);

test('a program carries shields and grants by itself, and tells once of a server that does not answer', async () => {
  const { ownerOf, serverOf } = graph.pools;
  const [lease] = await ownerOf('housing')`
    select id::text as id, tenant_migrant_id::text as lessee from housing.leases where not shielded and tenant_migrant_id is not null order by id limit 1`;
  const [told, nobody] = [[] as string[], connectTo('postgres://nobody@127.0.0.1:1/none', { max: 1 })];
  let isAway = true;
  const goneIsPermits = (store: string) => isAway && store === 'permits';
  const carrying = new Carrying({
    servers: {
      ownerOf: (store) => (goneIsPermits(store) ? nobody : ownerOf(store)),
      serverOf: (store) => (goneIsPermits(store) ? 'gone' : serverOf(store)),
    },
    stores,
    today: () => testDay,
    readersOf,
    onFault: (text) => told.push(text),
  });
  const shield = (is: boolean) =>
    ownerOf(
      'public_security',
    )`update public_security.migrants set shielded = ${is} where id = ${lease?.lessee}`;
  const isShielded = async () =>
    (await ownerOf('housing')`select shielded from housing.leases where id = ${lease?.id}`)[0]?.shielded;
  const isGranted = async () =>
    (await ownerOf('housing')`select 1 from access.grants where id = ${grant}`).length > 0;
  const ref = Buffer.from(`Lease:${lease?.id}`).toString('base64url');
  const grant = await giveGrant(graph.pools, {
    grantee: 'PT-EDU',
    group: 'LEASE_TERMS',
    purpose: 'EDUCATION',
    ref,
  });
  carrying.begin();
  try {
    // The server that is gone keeps the shield from no other.
    await shield(true);
    await until(isShielded);
    await until(isGranted);
    expect(told).toHaveLength(1);
    isAway = false;
    await shield(false);
    await until(isShielded, (is) => !is);
    await ownerOf(
      'organisation',
    )`update organisation.access_grants set status = 'REVOKED' where id = ${grant}`;
    await until(isGranted, (is) => !is);
    await until(
      () => Promise.all(owners().map((owner) => owner`select 1 from access.copy_changes limit 1`)),
      (left) => left.flat().length === 0,
    );
    expect(told).toHaveLength(1);
  } finally {
    await carrying.stop();
    await nobody.end();
  }
}, 60_000);
