import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpAnswer, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startTestServer();
  token = await server.tokenOf('HLR');
});
afterAll(() => server?.close());

/** Of nobody: a number whose check digit is wrong. */
const number = '310107199001011234';

/** What no answer may hold: the value, a stack, SQL, a name of the inside, a guess. */
const forbidden = [
  new RegExp(number),
  /\bat .*\.(ts|js|mjs|cjs):\d+/,
  /node_modules|\/work\/|file:\/\//,
  /\bselect\b.*\bfrom\b|relation "|column "|syntax error at/i,
  /Did you mean/i,
  /postgres|drizzle|apollo/i,
];

const list = (filter: string) => `{ migrants(first: 1, ${filter}) { nodes { id } } }`;
const withVariable = (value: unknown) => ({
  query: 'query ($f: MigrantFilter) { migrants(first: 1, filter: $f) { nodes { id } } }',
  variables: { f: value },
});

const places: Readonly<Record<string, object>> = {
  'a string literal': { query: list(`filter: { citizenIdNumber: { eq: "${number}" } }`) },
  'a literal of another kind': { query: `{ migrants(first: "${number}") { nodes { id } } }` },
  'a number that is too large': { query: `{ migrants(first: ${number}) { nodes { id } } }` },
  'an enum place': { query: list(`filter: { sex: { eq: N${number} } }`) },
  'an enum place, as a string': { query: list(`filter: { sex: { eq: "${number}" } }`) },
  'a date place': { query: list(`filter: { birthDate: { eq: "${number}" } }`) },
  'a field name': { query: `{ n${number} }` },
  'an argument name': { query: list(`n${number}: 1`) },
  'a filter name': { query: list(`filter: { n${number}: 1 }`) },
  'a type condition': { query: `{ ... on N${number} { id } }` },
  'a fragment name': { query: `{ ...N${number} }` },
  'an unused fragment': { query: `{ __typename } fragment N${number} on Query { __typename }` },
  'a directive name': { query: `{ __typename @n${number} }` },
  'a variable name': { query: list(`filter: $n${number}`) },
  'an unused variable': { query: `query ($n${number}: Int) { __typename }` },
  'a variable type': { query: `query ($n: N${number}) { __typename }` },
  'an operation name that is missing': { query: 'query A { __typename }', operationName: `N${number}` },
  'a repeated operation name': { query: `query N${number} { __typename } query N${number} { __typename }` },
  'broken syntax': { query: `{ migrants(filter: ${number} "${number}` },
  'a block string': { query: `{ migrants(first: """${number}""") { nodes { id } } }` },
  'an id': {
    query: `{ migrant(id: "${number}") { id } node(id: "${number}") { id } nodes(ids: ["${number}"]) { id } }`,
  },
  'an id in the form of one': {
    query: `{ migrant(id: "${Buffer.from(`Migrant:${number}`).toString('base64url')}") { id } }`,
  },
  'an id in a filter': { query: list(`filter: { id: { eq: "${number}" } }`) },
  'a cursor': { query: list(`after: "${number}"`) },
  'a zero character': {
    query: '{ orgUnits(first: 1, filter: { code: { eq: "\\u0000" } }) { nodes { id } } }',
  },
  'half of a character': {
    query: '{ orgUnits(first: 1, filter: { code: { eq: "\\uD800" } }) { nodes { id } } }',
  },
  'a variable': withVariable({ citizenIdNumber: { eq: number } }),
  'a variable of another kind': withVariable(number),
  'a list as a variable': withVariable([number]),
  'a name inside a variable': withVariable({ [`n${number}`]: 1 }),
  'an enum inside a variable': withVariable({ sex: { eq: number } }),
  'a deep variable': withVariable({ and: [{ or: [{ birthDate: { from: number } }] }] }),
  'an object where text belongs': withVariable({ name: { eq: { text: number } } }),
  'the name of a variable that is not declared': { query: '{ __typename }', variables: { [number]: number } },
  'the field beside the query': { query: '{ __typename', [number]: number },
  'the extensions': { extensions: { persistedQuery: { version: 1, sha256Hash: number } } },
};

describe('an answer never repeats a personal value that was sent in', () => {
  it.each(Object.entries(places))('%s', async (_place, body) => {
    const { status, text, json } = await server.send('/graphql', { token, body });
    expect(status).not.toBe(500);
    for (const pattern of forbidden) expect(text).not.toMatch(pattern);
    const codes = (json.errors ?? []).map((e: { extensions: { code: string } }) => e.extensions.code);
    expect(codes).not.toContain('INTERNAL');
  });

  const requests: Readonly<Record<string, () => Promise<HttpAnswer>>> = {
    'broken JSON': () =>
      server.send('/graphql', {
        token,
        headers: { 'content-type': 'application/json' },
        body: `{"query": ${number} x}`,
      }),
    'another type of body': () =>
      server.send('/graphql', { token, headers: { 'content-type': 'text/plain' }, body: number }),
    'a token': () => server.send('/graphql', { token: number, body: { query: '{ __typename }' } }),
    'a viewer code': () => server.send('/demo/token', { body: { code: number } }),
    'an acting unit': () => server.send('/demo/token', { body: { code: 'HLR', unit: number } }),
    'an unknown path': () => server.send(`/${number}`),
    'a query string': () => server.send(`/graphql?query=${number}`, { token }),
  };
  it.each(Object.entries(requests))('outside the document: %s', async (_place, request) => {
    const { status, text } = await request();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    for (const pattern of forbidden) expect(text).not.toMatch(pattern);
  });
});

describe('an error says where and what', () => {
  it('and guesses no name for one that is nearly right', async () => {
    const { json } = await server.ask('HLR', '{ migrant(id: "x") { citizenIdNumbr } }');
    expect(json.errors[0].message).toBe('Cannot query field "citizenIdNumbr" on type "Migrant".');
    expect(json.errors[0].locations).toEqual([{ line: 1, column: 22 }]);
  });

  it('with the place inside a variable', async () => {
    const { json } = await server.send('/graphql', {
      token,
      body: withVariable({ birthDate: { from: '2007-13-01' } }),
    });
    expect(json.errors[0]).toMatchObject({
      message: 'Variable $f, at f.birthDate.from: A value is not a calendar date, YYYY-MM-DD.',
      extensions: { code: 'BAD_VALUE' },
    });
  });

  it('with the coordinate, the group and its owner where something is denied, and the rest is answered', async () => {
    const { status, json } = await server.ask(
      'LSS',
      '{ leases(first: 1) { nodes { id } } orgUnits(first: 1) { nodes { code } } }',
    );
    const { json: rent } = await server.ask('LSS', '{ leases(first: 1) { nodes { monthlyRent } } }');
    expect(status).toBe(200);
    expect(json.data.orgUnits.nodes).toHaveLength(1);
    expect(rent.errors).toEqual([
      {
        message: 'LABOUR may not use Query.leases.',
        path: ['leases'],
        extensions: { code: 'FORBIDDEN', coordinate: 'Query.leases' },
      },
    ]);
    expect(rent.extensions.access.denied).toMatchObject([
      { coordinate: 'Query.leases', group: 'LEASE_STATUS', owner: 'HOUSING', reason: 'NOT_GRANTED' },
      { coordinate: 'Lease.monthlyRent', group: 'LEASE_TERMS', owner: 'HOUSING', reason: 'NOT_GRANTED' },
    ]);
  });
});
