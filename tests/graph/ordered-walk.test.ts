import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// A list that is ordered by the smallest value of related records walks these in the order of their index. What it
// answers is compared with a plain reading of all rows, page by page.

interface Person {
  readonly id: string;
  readonly place: string | null;
  readonly shielded: boolean;
}
interface Permit extends Person {
  readonly holder: string;
  readonly until: string;
}
interface Lease extends Person {
  readonly tenant: string | null;
  readonly filing: string;
}

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;
let persons: Person[];
let permits: Permit[];
let leases: Lease[];

const place = '310107015';
const last = '2007-12-31';

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
  const owner = graph.pools.ownerOf('permits');
  // Ties, several permits a person, some in another place than the person, some of them hidden.
  await owner.unsafe(`
    insert into permits.residence_permits (id, permit_no, holder_id, type, valid_from, valid_to, status, ended_on, subdistrict_code, shielded)
    select gen_random_uuid(), 'WALK' || lpad((n * 1000 + k)::text, 10, '0'), id, 'TEMPORARY', '2005-01-01',
      date '2006-10-01' + ((n * 7 + k * 40) % 200)::int, 'EXPIRED', null,
      case when n % 5 = 0 then '310107005' else subdistrict_code end, shielded or n % 11 = 0
    from (select m.*, row_number() over (order by id) as n from public_security.migrants m) m, generate_series(0, 2) k
    where n % 3 <> 1 and (n + k) % 4 <> 0`);
  await owner.unsafe('analyze permits.residence_permits');
  const shared = 'id, subdistrict_code as place, shielded';
  persons = await owner.unsafe(`select ${shared} from public_security.migrants`);
  permits = await owner.unsafe(
    `select ${shared}, holder_id as holder, valid_to::text as until from permits.residence_permits`,
  );
  leases = await owner.unsafe(
    `select ${shared}, tenant_migrant_id as tenant, filing_status as filing from housing.leases`,
  );
});
afterAll(async () => {
  await graph.close();
  await database.drop();
});

interface Case {
  readonly title: string;
  readonly filter: string;
  readonly holds: (permits: readonly Permit[], leases: readonly Lease[]) => boolean;
}

const soon = ({ until }: Permit) => until >= '2007-03-01' && until <= last;
const unfiled = ({ filing }: Lease) => filing === 'NOT_FILED';
const cases: readonly Case[] = [
  { title: 'no filter', filter: '', holds: () => true },
  {
    title: 'leases and permits',
    filter: `filter: { leases: { some: { filingStatus: { eq: NOT_FILED } } } permits: { some: { validTo: { withinDays: 305 } } } }`,
    holds: (p, l) => p.some(soon) && l.some(unfiled),
  },
  {
    title: 'leases alone',
    filter: 'filter: { leases: { some: { filingStatus: { in: [NOT_FILED] } } } }',
    holds: (_, l) => l.some(unfiled),
  },
  {
    title: 'no permit that ends soon',
    filter: 'filter: { permits: { none: { validTo: { withinDays: 305 } } } }',
    holds: (p) => !p.some(soon),
  },
  {
    title: 'one of two',
    filter:
      'filter: { or: [{ permits: { some: { validTo: { withinDays: 305 } } } }, { leases: { some: { filingStatus: { eq: NOT_FILED } } } }] }',
    holds: (p, l) => p.some(soon) || l.some(unfiled),
  },
  {
    title: 'a condition that nobody meets',
    filter: 'filter: { permits: { some: { validTo: { from: "2050-01-01" } } } }',
    holds: () => false,
  },
];

const seesOf: Partial<Record<ViewerCode, (row: Person) => boolean>> = {
  SUB: (row) => row.place === place && !row.shielded,
  PSB: () => true,
};

/** The ids of a list, in order, from all rows. */
function expected(code: ViewerCode, { holds }: Case, direction: 'ASC' | 'DESC'): string[] {
  const sees = seesOf[code]!;
  const byHolder = Map.groupBy(permits.filter(sees), ({ holder }) => holder);
  const byTenant = Map.groupBy(leases.filter(sees), ({ tenant }) => tenant);
  const rows = persons
    .filter(sees)
    .map(({ id }) => ({ id, permits: byHolder.get(id) ?? [], leases: byTenant.get(id) ?? [] }))
    .filter((row) => holds(row.permits, row.leases))
    .map((row) => ({ id: row.id, least: row.permits.map((p) => p.until).sort()[0] ?? null }));
  const sign = direction === 'ASC' ? 1 : -1;
  const compare = (a: string, b: string) => (a < b ? -sign : a > b ? sign : 0);
  rows.sort((a, b) => {
    if (a.least === null || b.least === null)
      return a.least === b.least ? compare(a.id, b.id) : a.least === null ? 1 : -1;
    return compare(a.least, b.least) || compare(a.id, b.id);
  });
  return rows.map(({ id }) => id);
}

const localId = (id: string) => Buffer.from(id, 'base64url').toString().split(':')[1]!;
const documentOf = ({ filter }: Case, direction: string) =>
  `query ($after: String) { migrants(first: 17, after: $after, ${filter} orderBy: { field: PERMITS_VALID_TO, direction: ${direction} })
    { nodes { id } pageInfo { hasNextPage endCursor } } }`;

async function answered(code: ViewerCode, document: string): Promise<{ ids: string[]; walked: boolean }> {
  const ids: string[] = [];
  let walked = false;
  for (let after: string | null = null, pages = 0; pages < 500; pages++) {
    const { data, errors, statements } = await graph.ask(viewerOf(code), document, { after });
    expect(errors).toEqual([]);
    walked ||= statements.some(({ text }) => text.includes('"walk"'));
    ids.push(...data.migrants.nodes.map((node: { id: string }) => localId(node.id)));
    if (!data.migrants.pageInfo.hasNextPage) return { ids, walked };
    after = data.migrants.pageInfo.endCursor;
  }
  throw new Error('The list does not end.');
}

describe.each<ViewerCode>(['SUB', 'PSB'])('as %s', (code) => {
  describe.each(['ASC', 'DESC'] as const)('%s', (direction) => {
    test.each(cases)('$title', async (one) => {
      const wanted = expected(code, one, direction);
      const got = await answered(code, documentOf(one, direction));
      expect(got.ids).toEqual(wanted);
      expect(got.walked).toBe(true);
      // More than a page in the district, some in the sub-district.
      if (!one.title.includes('nobody')) expect(wanted.length).toBeGreaterThan(code === 'PSB' ? 17 : 0);
    });
  });
});

test('a walk that ends before the page is full is as good as none', async () => {
  const [, both] = cases;
  const { statements } = await graph.ask(viewerOf('PSB'), documentOf(both!, 'ASC'), { after: null });
  const { text, params } = statements.find((s) => s.text.includes('"walk"'))!;
  const owner = graph.pools.ownerOf('permits');
  const idsWithin = async (steps: number) => {
    const shorter = text.replaceAll('20000', String(steps));
    expect(shorter).not.toBe(text);
    return (await owner.unsafe(shorter, params as never[])).map((row) => String(row.id));
  };
  const wanted = expected('PSB', both!, 'ASC').slice(0, 18);
  for (const steps of [0, 1, 7, 60, 400]) expect([steps, await idsWithin(steps)]).toEqual([steps, wanted]);
});

test('who looks for a number, a name or an id is not sent on a walk', async () => {
  for (const filter of [
    'name: { eq: "王芳" }',
    'birthDate: { eq: "1980-01-01" }',
    'citizenIdNumber: { eq: "110101198001010010" }',
    'permits: { some: { permitNo: { eq: "310107000000001" } } }',
  ]) {
    const { statements, errors } = await graph.ask(
      viewerOf('PSB'),
      `{ migrants(first: 5, filter: { ${filter} }, orderBy: { field: PERMITS_VALID_TO }) { nodes { id } } }`,
    );
    expect(errors).toEqual([]);
    expect(statements.some(({ text }) => text.includes('"walk"'))).toBe(false);
  }
});
