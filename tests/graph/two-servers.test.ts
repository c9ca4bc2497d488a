import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refreshLinks } from '../../src/database/links/refresh.ts';
import { applyPolicy } from '../../src/database/wall/apply.ts';
import { departments } from '../../src/departments/index.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { productDepartments, productLinkReaders } from '../../src/schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, testDay, viewerOf } from '../support/graph.ts';

// Housing and permits in a database of their own: no statement can join them with the others. Answers must not
// change by it.

type Database = Awaited<ReturnType<typeof createTestDatabase>>;
const elsewhere: ReadonlySet<string> = new Set(['housing', 'permits']);
const folder = join(import.meta.dirname, 'golden');
const golden = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => [name.replace('.graphql', ''), readFileSync(join(folder, name), 'utf8')] as const);

let one: TestGraph;
let two: TestGraph;
let databases: readonly Database[];
let person: string;

beforeAll(async () => {
  const [here, there] = [await createTestDatabase('district'), await createTestDatabase('district')];
  databases = [here, there];
  one = createTestGraph();
  two = createTestGraph(here.url, (store) => (elsewhere.has(store) ? there.url : here.url));
  // What a database is not to hold is not there: a join that should not be would fail.
  for (const { store } of departments) {
    const wrong = elsewhere.has(store) ? 'public_security' : 'housing';
    await two.pools.ownerOf(wrong).unsafe(`drop schema if exists "${store}" cascade`);
  }
  // Each server has the wall and the links of what it holds.
  const stores = departments.map(({ store }) => store);
  for (const { url } of databases) {
    const held = stores.filter((store) => elsewhere.has(store) === (url === there.url));
    const owner = two.pools.ownerOf(held[0]!);
    await applyPolicy(two.graph.wall, { owner, ownerUrl: url, stores: held });
  }
  await refreshLinks(two.pools, productDepartments(), testDay, productLinkReaders());
  const [row] = await one.pools.ownerOf('public_security')`
    select migrant_id as id from public_security.household_members order by migrant_id limit 1`;
  person = Buffer.from(`Migrant:${row?.id}`).toString('base64url');
});
afterAll(async () => {
  await one.close();
  await two.close();
  await Promise.all(databases.map((database) => database.drop()));
});

/** Cursors name the order they were made for, and an order across servers is another one. */
const withoutCursors = (answer: { data: unknown; errors: readonly { message: string }[] }) =>
  JSON.parse(
    JSON.stringify({ data: answer.data, errors: answer.errors.map((e) => e.message).sort() }, (key, value) =>
      /cursor$/i.test(key) ? undefined : value,
    ),
  );

async function compare(code: ViewerCode, document: string, variables: Record<string, unknown> = {}) {
  const [joined, apart] = [
    await one.ask(viewerOf(code), document, variables),
    await two.ask(viewerOf(code), document, variables),
  ];
  expect(withoutCursors(apart)).toEqual(withoutCursors(joined));
  return apart;
}

describe.each(golden)('%s', (_name, source) => {
  test.each(viewers.map((v) => v.code))('%s gets the same from two servers as from one', async (code) => {
    await compare(code, source, { ...(source.includes('$id') && { id: person }), first: 20 });
  });
});

describe('filters and orders between servers', () => {
  const list = (filter: string, order = '') =>
    `{ migrants(first: 100, filter: ${filter} ${order}) { totalCount nodes { id name } } }`;

  test.each([
    ['at least one related row', '{ leases: { some: { filingStatus: { eq: NOT_FILED } } } }'],
    ['no related row', '{ leases: { none: { filingStatus: { eq: FILED } } } }'],
    ['not at least one', '{ not: { permits: { some: { status: { eq: ACTIVE } } } } }'],
    [
      'one of two servers',
      '{ or: [{ leases: { some: {} } }, { permits: { some: { type: { eq: TALENT } } } }] }',
    ],
    ['there and back again', '{ leases: { some: { tenantMigrant: { sex: { eq: FEMALE } } } } }'],
    ['a link to the other server', '{ currentRegistration: { dwelling: { usage: { eq: DORMITORY } } } }'],
    ['nothing there', '{ permits: { some: { validTo: { to: "1990-01-01" } } } }'],
  ])('%s', async (_title, filter) => {
    const { data } = await compare('SUB', list(filter));
    expect(data.migrants.totalCount).not.toBeNull();
    await compare('PSB', list(filter));
  });

  test.each(['ASC', 'DESC'])('ordered by the smallest value there, %s, nulls last', async (direction) => {
    const { data } = await compare(
      'SUB',
      list('{}', `orderBy: { field: PERMITS_VALID_TO, direction: ${direction} }`),
    );
    expect(data.migrants.nodes.length).toBe(100);
  });

  test('give the rows that plain SQL gives', async () => {
    const { data } = await two.ask(
      viewerOf('SUB'),
      list(
        '{ leases: { some: { filingStatus: { eq: NOT_FILED } } }, permits: { some: { validTo: { withinDays: 365 } } } }',
        'orderBy: { field: PERMITS_VALID_TO }',
      ),
    );
    const rows = await one.pools.ownerOf('public_security')<{ id: string }[]>`
      select m.id from public_security.migrants m
      where m.subdistrict_code = '310107015' and not m.shielded
        and exists (select from housing.leases l where l.tenant_migrant_id = m.id and l.filing_status = 'NOT_FILED'
          and l.subdistrict_code = '310107015' and not l.shielded)
        and exists (select from permits.residence_permits p where p.holder_id = m.id
          and p.subdistrict_code = '310107015' and not p.shielded
          and p.valid_to between date '2007-03-01' and date '2007-03-01' + 365)
      order by (select min(p.valid_to) from permits.residence_permits p where p.holder_id = m.id
        and p.subdistrict_code = '310107015' and not p.shielded) nulls last, m.id`;
    const ids = data.migrants.nodes.map((n: { id: string }) =>
      Buffer.from(n.id, 'base64url').toString().slice(8),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(data.migrants.totalCount).toBe(rows.length);
    expect(ids).toEqual(rows.map((row) => row.id).slice(0, 100));
  });

  test('pages by an order of the other server visit each row once', async () => {
    const ids: string[] = [];
    for (let after: string | null = null; ; ) {
      const { data } = await two.ask(
        viewerOf('SUB'),
        `query ($after: String) { migrants(first: 17, after: $after, orderBy: { field: PERMITS_VALID_TO })
          { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      ids.push(...data.migrants.nodes.map((n: { id: string }) => n.id));
      if (!data.migrants.pageInfo.hasNextPage) {
        expect(new Set(ids).size).toBe(data.migrants.totalCount);
        expect(ids.length).toBe(data.migrants.totalCount);
        return;
      }
      after = data.migrants.pageInfo.endCursor;
    }
  });
});
