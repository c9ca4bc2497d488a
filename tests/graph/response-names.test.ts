import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// A client names its answer as it likes, and an argument belongs to the place where it stands.

const before = '1990-01-01';
const during = '2007-03-01';
const globalId = (key: string) => Buffer.from(`ResidencePermit:${key}`).toString('base64url');

let graph: TestGraph;
/** Global ids of permits → whether they are valid on the day of the district, by reference SQL. */
const valid = new Map<string, boolean>();

beforeAll(async () => {
  graph = createTestGraph();
  const rows = await graph.pools.ownerOf('permits')`
    select id, (${during}::date between valid_from and valid_to and (ended_on is null or ${during}::date < ended_on)) as valid
    from permits.residence_permits`;
  for (const { id, valid: is } of rows) valid.set(globalId(id as string), is as boolean);
  expect(new Set(valid.values())).toEqual(new Set([true, false]));
});
afterAll(() => graph?.close());

interface Answered {
  readonly id: string;
  readonly [name: string]: unknown;
}

/** Asks again and again, so that one statement answers the last where it can. */
async function ask(source: string, variables: Record<string, unknown> = {}, code: ViewerCode = 'PSB') {
  const document = parse(source);
  const answers = [await graph.ask(viewerOf(code), source, variables)];
  for (let i = 0; i < 4; i++) answers.push(await graph.askDocument(viewerOf(code), { document, variables }));
  for (const { errors, data } of answers) {
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).toBe(JSON.stringify(answers[0]?.data));
  }
  return answers[0]!.data;
}

/** Names of the engine's own columns and parameters, of JavaScript, and one that PostgreSQL would cut. */
const names = [
  ...[
    'parent',
    'order',
    'key',
    'keys',
    'limit',
    'id_',
    'own',
    't',
    'k',
    'c',
    'f0',
    'cursor_id',
    'related_keys',
  ],
  ...[
    'isValidOn',
    '__proto__',
    'constructor',
    'toString',
    'then',
    'today',
    'unit',
    'presented',
    'holder_key',
  ],
  'a'.repeat(70),
];

describe('a derived value answers under any name', () => {
  it.each(names)('%s, in a list and in a list below a list', async (name) => {
    const data = await ask(`{
      permits(first: 20) { nodes { id ${name}: isValidOn(date: "${during}") } }
      migrants(first: 20) { nodes { permits(first: 5) { nodes { id ${name}: isValidOn(date: "${during}") } } } }
    }`);
    const nested = data.migrants.nodes.flatMap((m: { permits: { nodes: Answered[] } }) => m.permits.nodes);
    expect(nested.length).toBeGreaterThan(5);
    for (const permit of [...data.permits.nodes, ...nested])
      expect([permit.id, Object.entries(permit)[1]]).toEqual([permit.id, [name, valid.get(permit.id)]]);
  });

  it.each(names)('%s, and so do text, links, pages and value objects', async (name) => {
    const data = await ask(
      `{
      leases(first: 10) {
        ${name}: nodes {
          id
          x1: dwelling { ${name}: id }
          x2: landlord { ${name}: name name }
          x3: filings(first: 2) { ${name}: nodes { id } nodes { id } }
          ${name}: __typename
        }
        nodes { id dwelling { id } landlord { name } filings(first: 2) { nodes { id } } }
      }
    }`,
      {},
      'HLR',
    );
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
    const own = (object: any, key: string) => Object.entries(object).find(([k]) => k === key)?.[1] as any;
    const plain = data.leases.nodes;
    expect(plain.length).toBe(10);
    for (const [i, lease] of own(data.leases, name).entries()) {
      expect(own(lease, name)).toBe('Lease');
      expect(own(lease.x1, name)).toBe(plain[i].dwelling.id);
      expect(own(lease.x2, name)).toBe(plain[i].landlord.name);
      expect(own(lease.x3, name)).toEqual(plain[i].filings.nodes);
    }
  });
});

describe('each use of a derived value has its own argument', () => {
  const all = (permits: readonly Answered[], name: string, date: string) => {
    expect(permits.length).toBeGreaterThan(5);
    for (const permit of permits)
      expect([permit.id, permit[name]]).toEqual([permit.id, date === during && valid.get(permit.id)]);
  };

  it('in nodes and in edges of one page, under the same name', async () => {
    const { permits } = await ask(`{ permits(first: 20) {
      nodes { id v: isValidOn(date: "${before}") }
      edges { node { id v: isValidOn(date: "${during}") } }
    } }`);
    all(permits.nodes, 'v', before);
    all(
      permits.edges.map((edge: { node: Answered }) => edge.node),
      'v',
      during,
    );
  });

  it('in a page that is asked for twice, and in two uses of its nodes', async () => {
    const data = await ask(`{
      a: permits(first: 20) { nodes { id v: isValidOn(date: "${before}") } more: nodes { id v: isValidOn(date: "${during}") } }
      b: permits(first: 20) { nodes { id v: isValidOn(date: "${during}") } }
    }`);
    all(data.a.nodes, 'v', before);
    all(data.a.more, 'v', during);
    all(data.b.nodes, 'v', during);
  });

  it('in fragments that are spread at several places, and where fields are merged', async () => {
    const data = await ask(
      `query($d: Date!) {
        a: permits(first: 20) { nodes { ...P } }
        b: permits(first: 20) { nodes { w: isValidOn(date: "${before}") ...P ... { v: isValidOn(date: $d) } } }
        c: permits(first: 20) { nodes { id v: isValidOn(date: "${before}") } edges { node { ...P } } }
      }
      fragment P on ResidencePermit { id v: isValidOn(date: $d) }`,
      { d: during },
    );
    all(data.a.nodes, 'v', during);
    all(data.b.nodes, 'v', during);
    all(data.b.nodes, 'w', before);
    all(data.c.nodes, 'v', before);
    all(
      data.c.edges.map((edge: { node: Answered }) => edge.node),
      'v',
      during,
    );
  });

  it('in two names beside each other, by links and by ids', async () => {
    const ids = [...valid.keys()].slice(0, 20);
    const data = await ask(
      `query($ids: [ID!]!) {
        nodes(ids: $ids) { ... on ResidencePermit { id v: isValidOn(date: "${during}") w: isValidOn(date: "${before}") } }
        x: nodes(ids: $ids) { ... on ResidencePermit { id v: isValidOn(date: "${before}") } }
      }`,
      { ids },
    );
    all(data.nodes, 'v', during);
    all(data.nodes, 'w', before);
    all(data.x, 'v', before);
  });

  it('in two operations of one document that share a fragment', async () => {
    const document = parse(`
      query A { permits(first: 20) { nodes { ...P } } }
      query B { permits(first: 20) { nodes { v: isValidOn(date: "${before}") x: isValidOn(date: "${before}") ...P } } }
      fragment P on ResidencePermit { id w: isValidOn(date: "${during}") }`);
    for (const operationName of ['A', 'B', 'A', 'B']) {
      const { data } = await graph.askDocument(viewerOf('PSB'), { document, operationName });
      all(data.permits.nodes, 'w', during);
    }
  });
});

describe('text in a document', () => {
  it('is never taken for code', async () => {
    const ran = { count: 0 };
    Object.assign(globalThis, { ran });
    const name = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.ran.count++';
    const source = `{ orgUnits(first: 1, filter: { name: { eq: "${name}" } }) { nodes { id } } }`;
    // The compiler that once answered what is asked often took such a text for the source of a date.
    for (let i = 0; i < 5; i++) expect((await ask(source)).orgUnits.nodes).toEqual([]);
    expect(ran.count).toBe(0);
  });
});
