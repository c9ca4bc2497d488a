import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

const id = (text: string) => Buffer.from(text).toString('base64url');
const known = '01900000-0000-7000-8000-0000000000ab';
/** What is no global id of a migrant, by what is wrong with it. */
const noIds: Readonly<Record<string, string>> = {
  nothing: '',
  'letters of nobody': 'zz',
  'a zero character in the key': id('Migrant:a\u0000b'),
  'a key that is no uuid': id('Migrant:1'),
  'a uuid in capitals': id(`Migrant:${known.toUpperCase()}`),
  'a uuid with braces': id(`Migrant:{${known}}`),
  'a line end behind the uuid': id(`Migrant:${known}\n`),
  'no key': id('Migrant:'),
  'no type': id(`:${known}`),
  'another type': id(`Lease:${known}`),
  'a type that does not exist': id(`Nobody:${known}`),
  'the letters of another alphabet': `${id(`Migrant:${known}`).slice(0, -1)}Ａ`,
  'padding and spaces': ` ${id(`Migrant:${known}`)}==`,
  'bytes that are no text': Buffer.from([0xff, 0xfe, 0x3a, 0x80]).toString('base64url'),
  'a thousand letters': 'A'.repeat(1000),
};
const codes = (answer: { json: { errors?: { extensions: { code: string } }[] } }) =>
  (answer.json.errors ?? []).map((error) => error.extensions.code);

describe('what is no global id', () => {
  it.each(Object.entries(noIds))('is BAD_ID or nobody wherever an id is taken: %s', async (_, value) => {
    const inFilters = [
      'query ($v: ID!) { migrants(first: 1, filter: { id: { eq: $v } }) { nodes { id } } }',
      'query ($v: ID!) { migrants(first: 1, filter: { not: { or: [{ id: { in: [$v] } }] } }) { nodes { id } } }',
      'query ($v: ID!) { migrants(first: 1, filter: { currentRegistration: { person: { id: { eq: $v } } } }) { nodes { id } } }',
    ];
    for (const query of inFilters) {
      const answer = await server.ask('PSB', query, { v: value });
      expect([answer.status, ...codes(answer)], query).toEqual([400, 'BAD_ID']);
    }
    const asFields = [
      'query ($v: ID!) { migrant(id: $v) { id } }',
      'query ($v: ID!) { node(id: $v) { id } }',
      'query ($v: ID!) { nodes(ids: [$v]) { id } }',
    ];
    for (const query of asFields) {
      const answer = await server.ask('PSB', query, { v: value });
      // A lease is a node, and out of nobody's reach here.
      for (const code of codes(answer)) expect(['BAD_ID', 'OUT_OF_SCOPE', 'FORBIDDEN']).toContain(code);
      expect(Object.values(answer.json.data).flat()).toEqual([null]);
    }
    const cursor = await server.ask(
      'PSB',
      'query ($v: String!) { migrants(first: 1, after: $v) { nodes { id } } }',
      { v: value },
    );
    expect(codes(cursor)).toEqual(['BAD_CURSOR']);
  });
});

describe('null as an operand', () => {
  const list = (filter: string) => `{ migrants(first: 1, filter: ${filter}) { nodes { id } } }`;
  const variable = 'query ($f: MigrantFilter) { migrants(first: 1, filter: $f) { nodes { id } } }';
  const forms: Readonly<Record<string, [string, Record<string, unknown>?]>> = {
    'a literal': [list('{ citizenIdNumber: { eq: null } }')],
    'a literal in a list': [list('{ name: { in: ["王伟", null] } }')],
    'a literal, deep': [list('{ not: { and: [{ registrations: { some: { serialNo: { eq: null } } } }] } }')],
    'a variable of its own': [
      'query ($n: String) { migrants(first: 1, filter: { name: { eq: $n } }) { nodes { id } } }',
      { n: null },
    ],
    'within a variable': [variable, { f: { citizenIdNumber: { eq: null } } }],
    'in a list within a variable': [variable, { f: { or: [{ name: { in: [null] } }] } }],
    'in place of a comparison': [variable, { f: { citizenIdNumber: null } }],
    'in place of a filter': [variable, { f: { currentRegistration: null } }],
  };

  it.each(Object.entries(forms))(
    'is BAD_VALUE with what to use, and 400: %s',
    async (_, [query, variables]) => {
      const answer = await server.ask('PSB', query, variables);
      expect([answer.status, ...codes(answer)]).toEqual([400, 'BAD_VALUE']);
      expect(answer.json.errors[0].message).toContain('isNull');
    },
  );
});

describe('a text that no column can hold', () => {
  it.each([
    ['a name', 'query ($t: String!) { migrants(first: 1, filter: { name: { eq: $t } }) { nodes { id } } }'],
    ['an id', 'query ($t: ID!) { node(id: $t) { id } }'],
  ])("is the asker's fault, and stops before it is read: %s", async (_, query) => {
    for (const text of ['\u0000', '王\u0000伟', '\ud800', '\udc00王']) {
      const answer = await server.ask('PSB', query, { t: text });
      expect([answer.status, ...codes(answer)]).toEqual([400, 'BAD_REQUEST']);
    }
  });
});
