import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

// A request is read once: what is counted, checked and logged is what runs.

let server: TestServer;
let token: string;
let headers: Record<string, string>;
const globalId = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64url');

beforeAll(async () => {
  server = await startTestServer();
  token = await server.tokenOf('LSS');
  headers = { 'laihu-purpose': 'LABOUR_INSPECTION' };
});
afterAll(() => server?.close());

const send = (body: object, more: Record<string, string> = {}) =>
  server.send('/graphql', { token, headers: { ...headers, ...more }, body });

/** The document again and again, as one that is new and one that is known. */
async function statuses(body: object): Promise<unknown[]> {
  const answers = [];
  for (let i = 0; i < 4; i++) {
    const { status, json } = await send(body);
    answers.push([status, json.errors?.map((e: Coded) => e.extensions.code)]);
  }
  return answers;
}
interface Coded {
  readonly message: string;
  readonly extensions: Record<string, unknown>;
}

describe('the operation', () => {
  it.each([
    ['an empty name', '{ __typename }', ''],
    ['an empty name beside a named operation', 'query A { __typename }', ''],
    ['a name that no operation has', 'query A { __typename } query B { __typename }', 'C'],
    ['no name where there are two', 'query A { __typename } query B { __typename }', undefined],
  ])('%s is refused the same way for a new document and a known one', async (_, query, operationName) => {
    expect(new Set((await statuses({ query, operationName })).map((s) => JSON.stringify(s)))).toEqual(
      new Set(['[400,["OPERATION_RESOLUTION_FAILURE"]]']),
    );
  });

  it('of a document that is known by its only operation is not found by an empty name', async () => {
    const query = '{ orgUnits(first: 1) { totalCount } }';
    expect((await send({ query })).status).toBe(200);
    expect(new Set((await statuses({ query, operationName: '' })).map((s) => JSON.stringify(s)))).toEqual(
      new Set(['[400,["OPERATION_RESOLUTION_FAILURE"]]']),
    );
  });

  it('that is named runs, and is the one that is counted and checked', async () => {
    const query =
      'query A { leases(first: 100) { nodes { id } } } query B { orgUnits(first: 1) { totalCount } }';
    for (let i = 0; i < 4; i++) {
      const { status, json } = await send({ query, operationName: 'B' }, { 'laihu-cost': '1' });
      expect([status, Object.keys(json.data), json.errors]).toEqual([200, ['orgUnits'], undefined]);
      expect(json.extensions.cost.predicted).toBe(2);
    }
  });
});

const id = globalId('OrgUnit', 'PT-LSS');
const ids = JSON.stringify([id]);
/** A null over the default of a variable, at each kind of place where no null may stand. */
const nulls: readonly (readonly [string, string, object])[] = [
  ['an argument', `query($x: [ID!] = ${ids}) { nodes(ids: $x) { id } }`, { x: null }],
  ['a list item', `query($x: ID = "${id}") { nodes(ids: ["${id}", $x]) { id } }`, { x: null }],
  ['@include', 'query($x: Boolean = true) { __typename @include(if: $x) }', { x: null }],
  ['@skip on a fragment', 'query($x: Boolean = true) { ... @skip(if: $x) { __typename } }', { x: null }],
  [
    '@skip on a spread',
    'query($x: Boolean = true) { ...F @skip(if: $x) } fragment F on Query { __typename }',
    { x: null },
  ],
  [
    'a field of an input object',
    'query($x: OrgUnitOrderField = CODE) { orgUnits(first: 1, orderBy: { field: $x }) { totalCount } }',
    { x: null },
  ],
  [
    'a list in a filter',
    'query($x: String = "PT-LSS") { orgUnits(first: 1, filter: { code: { in: ["a", $x] } }) { totalCount } }',
    { x: null },
  ],
  [
    'a list in a list of filters',
    'query($x: String = "a") { orgUnits(filter: { or: [{ and: [{ code: { in: [$x] } }] }] }) { totalCount } }',
    { x: null },
  ],
  [
    'an argument of a derived field, in a fragment',
    'query($x: Date = "2007-03-01") { permits(first: 1) { nodes { ...P } } } fragment P on ResidencePermit { isValidOn(date: $x) }',
    { x: null },
  ],
  ['an argument of introspection', 'query($x: String = "Lease") { __type(name: $x) { name } }', { x: null }],
];

describe('a null that overrides a default where no null may stand', () => {
  it.each(nulls)('%s: is the asker’s fault and names the variable', async (_, query, variables) => {
    for (let i = 0; i < 4; i++) {
      const { status, json } = await send({ query, variables });
      expect([status, json.data ?? null]).toEqual([400, null]);
      expect(json.errors).toHaveLength(1);
      expect(json.errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT' });
      expect(json.errors[0].message).toMatch(/"\$x" is null where .+ takes no null\. Send a value/);
    }
    // The default itself is good.
    expect((await send({ query })).status).toBe(200);
  });

  it('is none where the place is left out', async () => {
    const query = `query($x: [ID!] = ${ids}, $with: Boolean = false) {
      a: nodes(ids: $x) @include(if: $with) { id }
      orgUnits(first: 1) { nodes { id } }
    }`;
    for (let i = 0; i < 4; i++) {
      const { status, json } = await send({ query, variables: { x: null } });
      expect([status, json.errors, Object.keys(json.data)]).toEqual([200, undefined, ['orgUnits']]);
    }
    expect((await send({ query, variables: { x: null, with: true } })).status).toBe(400);
  });

  it('is none where null may stand: the page has its usual size', async () => {
    const query = 'query($n: Int = 3) { orgUnits(first: $n) { nodes { id } } }';
    expect((await send({ query })).json.data.orgUnits.nodes).toHaveLength(3);
    expect((await send({ query, variables: { n: null } })).json.data.orgUnits.nodes).toHaveLength(20);
  });
});

describe('the cost of a request', () => {
  const levels =
    'employments(first: $n) { nodes { employer { employments(first: $n) { nodes { employer { employments(first: $n) { nodes { id } } } } } } } }';
  const employers = `query($n: Int = 0) { employers(first: $n) { nodes { ${levels} } } }`;

  it('is that of the sizes which run: a null over a default of 0 is a page of twenty', async () => {
    expect((await send({ query: employers })).status).toBe(200);
    for (let i = 0; i < 4; i++) {
      const { status, json } = await send({ query: employers, variables: { n: null } });
      expect([status, json.data ?? null]).toEqual([400, null]);
      expect(json.errors[0].extensions).toMatchObject({ code: 'QUERY_TOO_COSTLY', limit: 20_000 });
      // 20 employers, 20 employments of each with their employer, twice over, and 20 ids of each in the end.
      const third = 1 + 20;
      const second = 1 + 20 * (1 + 1 + third);
      const first = 1 + 20 * (1 + 1 + second);
      expect(json.errors[0].extensions.cost).toBe(1 + 20 * (1 + first));
      expect(json.errors[0].extensions.path).toMatch(
        /^employers\.nodes\.employments\.nodes\.employer\.employments/,
      );
      expect(json.errors[0].message).toContain(`${json.errors[0].extensions.cost} objects`);
    }
  });

  it('counts ids that come as the default of a variable', async () => {
    const list = JSON.stringify(Array.from({ length: 100 }, (_, i) => globalId('Employer', `${i}`)));
    const below = 'id ... on Employer { employments(first: 100) { nodes { employee { id } } } }';
    const query = `query($ids: [ID!]! = ${list}) { nodes(ids: $ids) { ${below} } }`;
    const { status, json } = await send({ query });
    expect([status, json.errors[0].extensions.code]).toEqual([400, 'QUERY_TOO_COSTLY']);
    expect(json.errors[0].extensions.cost).toBe(100 * (1 + 1 + 100 * 2));
  });

  it('counts of a list without pages what it may hold', async () => {
    const query =
      '{ households(first: 100) { nodes { members { person { household { members { id } } } } } } }';
    const { status, json } = await server.ask('PSB', query);
    expect([status, json.errors[0].extensions.code]).toEqual([400, 'QUERY_TOO_COSTLY']);
    expect(json.errors[0].extensions.cost).toBe(1 + 100 * (1 + 100 * (1 + 1 + 1 + 100)));
    expect((await server.ask('PSB', '{ households(first: 90) { nodes { members { id } } } }')).status).toBe(
      200,
    );
  });

  it('counts the rows of a page also where none of them is shown', async () => {
    const counted =
      '{ employers(first: 100) { nodes { employments(first: 100) { pageInfo { hasNextPage } } } } }';
    const { json } = await send({ query: counted }, { 'laihu-cost': '1' });
    expect(json.extensions.cost.predicted).toBe(1 + 100 * (1 + 1 + 1 + 100));
  });

  it('leaves out what @skip and @include leave out', async () => {
    const query = `query($all: Boolean = false) {
      employers(first: 10) { nodes { id employments(first: 10) @include(if: $all) { nodes { id } } } }
    }`;
    const cost = async (variables: object) =>
      (await send({ query, variables }, { 'laihu-cost': '1' })).json.extensions.cost.predicted;
    expect(await cost({})).toBe(11);
    expect(await cost({ all: true })).toBe(11 + 10 * 11);
  });

  it('stands in every answer to who asks for it, and in no other', async () => {
    const query = 'query($n: Int) { orgUnits(first: $n) { nodes { id } pageInfo { endCursor } } }';
    const answered = await send({ query, variables: { n: 5 } }, { 'laihu-cost': '1' });
    expect(answered.json.extensions.cost).toEqual({ predicted: 7, objects: 7, limit: 20_000 });
    const refused = await send({ query: employers, variables: { n: null } }, { 'laihu-cost': '1' });
    expect(refused.json.extensions.cost).toMatchObject({ objects: 0, limit: 20_000 });
    expect((await send({ query, variables: { n: 5 } })).json.extensions).toBeUndefined();
  });

  it('says how many objects came, not only how many might have', async () => {
    const query = '{ orgUnits(first: 100, filter: { code: { eq: "PT-LSS" } }) { nodes { id } } }';
    for (let i = 0; i < 4; i++) {
      const { json } = await send({ query }, { 'laihu-cost': '1' });
      expect(json.extensions.cost).toEqual({ predicted: 101, objects: 2, limit: 20_000 });
    }
  });
});

describe('introspection', () => {
  const fields = (times: number) =>
    Array.from({ length: times }, (_, i) => `a${i}: fields { type { fields { name type { name } } } }`);

  it('is bounded by the objects it answers: lists below lists multiply', async () => {
    const { status, json } = await send({ query: `{ __schema { types { ${fields(5).join(' ')} } } }` });
    expect([status, json.data ?? null, json.errors[0].extensions.code]).toEqual([
      400,
      null,
      'TOO_MUCH_INTROSPECTION',
    ]);
    expect((await send({ query: '{ __schema { types { fields { type { name } } } } }' })).status).toBe(200);
  });
});
