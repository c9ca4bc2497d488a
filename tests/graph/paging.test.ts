import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

let graph: TestGraph;

beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph.close());

interface List {
  readonly code: ViewerCode;
  readonly list: string;
  readonly order: string | null;
  readonly direction?: 'ASC' | 'DESC';
}

interface PageOf {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

async function page(
  from: TestGraph,
  { code, list, order, direction = 'ASC' }: List,
  args: string,
): Promise<PageOf> {
  const orderBy = order ? `orderBy: { field: ${order}, direction: ${direction} }` : '';
  const { data, errors } = await from.ask(
    viewerOf(code),
    `{ ${list}(${args} ${orderBy}) { nodes { id } edges { cursor node { id } }
       pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  );
  expect(errors).toEqual([]);
  return data[list];
}

/** All ids, page by page from the start or from the end. */
async function walk(from: TestGraph, list: List, way: 'forward' | 'backward', size = 13): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 400; pages++) {
    const at: string = cursor ? `${way === 'forward' ? 'after' : 'before'}: "${cursor}"` : '';
    const got = await page(from, list, `${way === 'forward' ? 'first' : 'last'}: ${size} ${at}`);
    const here = got.nodes.map((node) => node.id);
    expect(got.edges.map((edge) => edge.node.id)).toEqual(here);
    if (way === 'forward') ids.push(...here);
    else ids.unshift(...here);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = got.pageInfo;
    if (!(way === 'forward' ? hasNextPage : hasPreviousPage)) return ids;
    cursor = way === 'forward' ? endCursor : startCursor;
  }
  throw new Error('The list does not end.');
}

describe('paging visits each row once, forward and backward in one order', () => {
  test.each<[string, List, string]>([
    ['by id', { code: 'SUB', list: 'migrants', order: null }, 'public_security.migrants'],
    [
      'names in the order of pinyin',
      { code: 'SUB', list: 'migrants', order: 'NAME' },
      'public_security.migrants',
    ],
    [
      'instants that some rows lack',
      { code: 'SUB', list: 'migrants', order: 'VERIFIED_AT' },
      'public_security.migrants',
    ],
    [
      'days that some rows lack, the latest first',
      { code: 'SUB', list: 'residenceRegistrations', order: 'EXPECTED_UNTIL', direction: 'DESC' },
      '',
    ],
    [
      'a value that all rows share',
      { code: 'SUB', list: 'dwellings', order: 'SUBDISTRICT_CODE' },
      'housing.dwellings',
    ],
    [
      'numbers with many ties',
      { code: 'SUB', list: 'dwellings', order: 'OCCUPANCY_COUNT', direction: 'DESC' },
      '',
    ],
    [
      'the smallest value of related rows, which some lack',
      { code: 'SUB', list: 'migrants', order: 'PERMITS_VALID_TO' },
      'public_security.migrants',
    ],
    [
      'the smallest value of related rows, the latest first',
      { code: 'SUB', list: 'migrants', order: 'PERMITS_VALID_TO', direction: 'DESC' },
      'public_security.migrants',
    ],
    ['amounts', { code: 'HLR', list: 'leases', order: 'MONTHLY_RENT', direction: 'DESC' }, ''],
    ['units by a derived code', { code: 'LGR', list: 'orgUnits', order: 'CODE' }, ''],
  ])('%s', async (_title, list, table) => {
    const size = list.code === 'HLR' ? 97 : 13;
    const forward = await walk(graph, list, 'forward', size);
    const backward = await walk(graph, list, 'backward', size);
    expect(new Set(forward).size).toBe(forward.length);
    expect(backward).toEqual(forward);
    expect(forward.length).toBeGreaterThan(20);
    if (table === '') return;
    const [row] = await graph.pools.ownerOf('public_security').unsafe(
      `select count(*)::int as n from ${table} t where subdistrict_code = '310107015'
       and coalesce((to_jsonb(t) ->> 'shielded')::boolean, false) = false`,
    );
    expect(forward.length).toBe(row?.n);
  });

  test('pages of a relation, for each parent its own', async () => {
    const document = (args: string) =>
      `{ employers(first: 30, orderBy: { field: MIGRANT_HEADCOUNT, direction: DESC })
         { nodes { id employments(${args}) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } } }`;
    const ask = async (args: string) =>
      (await graph.ask(viewerOf('LSS'), document(args))).data.employers.nodes;
    const [parent] = await ask('first: 2');
    expect(parent.employments.totalCount).toBeGreaterThan(4);
    const { endCursor, hasNextPage } = parent.employments.pageInfo;
    expect(hasNextPage).toBe(true);
    const [next] = await ask(`first: 100, after: "${endCursor}"`);
    expect(next.id).toBe(parent.id);
    const ids = [...parent.employments.nodes, ...next.employments.nodes].map((e: { id: string }) => e.id);
    expect(ids.length).toBe(parent.employments.totalCount);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('derived numbers are ordered as numbers: 9 before 10', async () => {
  const database = await createTestDatabase('district');
  const own = createTestGraph(database.url);
  try {
    const owner = own.pools.ownerOf('coordinators');
    await owner`update coordinators.coordinator_allocations a set actual_headcount = 7 + n.row::int, seconded_count = 0
      from (select id, row_number() over (order by id) as row from coordinators.coordinator_allocations) n
      where n.id = a.id`;
    const { data } = await own.ask(
      viewerOf('POP'),
      `{ coordinatorAllocations(first: 100, orderBy: { field: FIELD_HEADCOUNT }) { nodes { fieldHeadcount } } }`,
    );
    const counts = data.coordinatorAllocations.nodes.map((n: { fieldHeadcount: number }) => n.fieldHeadcount);
    expect(Math.max(...counts)).toBeGreaterThan(9);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  } finally {
    await own.close();
    await database.drop();
  }
});

describe('a cursor is refused with BAD_CURSOR', () => {
  const codes = async (code: ViewerCode, unit: string | undefined, text: string) =>
    (await graph.ask(viewerOf(code, unit), text)).errors.map((error) => error.extensions.code);

  const cursorOf = async () =>
    (await page(graph, { code: 'SUB', list: 'migrants', order: null }, 'first: 3')).pageInfo.endCursor!;
  const use = (list: string, cursor: string, more = '') =>
    `{ ${list}(first: 3, after: "${cursor}" ${more}) { nodes { id } } }`;

  test('unless it is used where it was given', async () => {
    expect(await codes('SUB', undefined, use('migrants', await cursorOf()))).toEqual([]);
  });

  test.each<[string, (cursor: string) => Promise<unknown[]>]>([
    ['of another list', (c) => codes('SUB', undefined, use('leases', c))],
    ['of another order', (c) => codes('SUB', undefined, use('migrants', c, 'orderBy: { field: NAME }'))],
    [
      'of another direction',
      (c) => codes('SUB', undefined, use('migrants', c, 'orderBy: { field: ID, direction: DESC }')),
    ],
    ['of another unit', (c) => codes('SUB', 'PT-SUB-005', use('migrants', c))],
    ['of another department', (c) => codes('PSB', undefined, use('migrants', c))],
    [
      'that was changed',
      (c) =>
        codes(
          'SUB',
          undefined,
          use('migrants', `${c.slice(0, 40)}${c[40] === 'A' ? 'B' : 'A'}${c.slice(41)}`),
        ),
    ],
    ['that was cut short', (c) => codes('SUB', undefined, use('migrants', c.slice(0, 20)))],
    ['that is none', () => codes('SUB', undefined, use('migrants', 'bm9uZQ'))],
    [
      'of a root list used in a relation',
      (c) =>
        codes(
          'SUB',
          undefined,
          `{ dwellings(first: 1) { nodes { leases(first: 1, after: "${c}") { nodes { id } } } } }`,
        ),
    ],
  ])('%s', async (_title, codesWith) => {
    expect(await codesWith(await cursorOf())).toEqual(['BAD_CURSOR']);
  });
});
