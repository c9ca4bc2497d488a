import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpRequest, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  token = await server.tokenOf('HLR');
});
afterAll(() => server?.close());

const query = '{ orgUnits(first: 1) { nodes { code } } }';
const body = JSON.stringify({ query });
const graphql = (request: HttpRequest) => server.send('/graphql', { token, ...request });
const as = (type: string, text: string) =>
  graphql({ method: 'POST', headers: { 'content-type': type }, body: text });

describe('the endpoint takes JSON by POST and nothing else:', () => {
  it('a JSON body is answered, with and without its charset', async () => {
    expect((await as('application/json', body)).status).toBe(200);
    expect((await as('application/json; charset=utf-8', body)).status).toBe(200);
  });

  it('GET is refused, so that no link can ask', async () => {
    const { status, text } = await graphql({ method: 'GET' });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    const asked = await server.send(`/graphql?query=${encodeURIComponent(query)}`, { token });
    expect(asked.status).toBeGreaterThanOrEqual(400);
    expect(asked.status).toBeLessThan(500);
    expect(`${text}${asked.text}`).not.toContain('PT-');
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', `query=${encodeURIComponent(query)}`],
    ['plain text', 'text/plain', body],
    ['a multipart form', 'multipart/form-data; boundary=x', `--x\r\n\r\n${body}\r\n--x--`],
    ['JSON in another charset', 'application/json; charset=gbk', body],
    ['XML', 'application/xml', '<query/>'],
  ])('%s is refused as an unsupported type', async (_what, type, text) => {
    const { status, json } = await as(type, text);
    expect(status).toBe(415);
    expect(json.data).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"query": '],
    ['a batch', `[${body},${body}]`],
    ['a string', '"query"'],
    ['null', 'null'],
    ['no query', '{}'],
    ['a query that is no string', '{"query":["x"]}'],
    ['variables that are no object', '{"query":"{ __typename }","variables":"x"}'],
    [
      'an operation that the document does not have',
      `{"query":"query A { __typename }","operationName":"B"}`,
    ],
    ['no operation', '{"query":"fragment F on Query { __typename }"}'],
  ])('%s as a body is refused with a sentence', async (_what, text) => {
    const { status, json } = await as('application/json', text);
    expect(status).toBe(400);
    expect(json.errors?.[0]?.message ?? json.message).toMatch(/\w+/);
    expect(json.data ?? null).toBeNull();
  });

  it('a body of more than 256 KiB is refused, one just below it is read', async () => {
    const padded = (size: number) => body.padEnd(size, ' ');
    expect((await as('application/json', padded(256 * 1024))).status).toBe(200);
    const { status, json } = await as('application/json', padded(256 * 1024 + 1));
    expect(status).toBe(413);
    expect(json.data).toBeUndefined();
  });

  it('a subscription is told that there are none', async () => {
    const { json } = await graphql({ body: { query: 'subscription { x }' } });
    expect(json.errors[0].message).toBe('This API has no subscriptions.');
  });

  it('an automatic persisted query is not accepted', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    const { json } = await graphql({ body: { extensions } });
    expect(json.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
  });
});

describe('health', () => {
  it('/livez and /readyz answer, and /readyz names the stores to who asks from this machine', async () => {
    expect((await server.send('/livez')).json).toEqual({ status: 'ok' });
    const { status, json } = await server.send('/readyz');
    expect([status, json.status]).toEqual([200, 'ok']);
    expect(json.stores).toMatchObject({ organisation: true, public_security: true, housing: true });
  });
});

describe('the demonstration', () => {
  it('lists its 26 personas and signs in as one, for a unit of its own only', async () => {
    const { json: personas } = await server.send('/demo/personas');
    expect(personas).toHaveLength(26);
    const signIn = (code: string, unit?: string) => server.send('/demo/token', { body: { code, unit } });
    const { json } = await signIn('SUB', 'PT-SUB-101');
    expect(json.token.split('.')).toHaveLength(3);
    expect((await signIn('SUB', 'PT-HLR')).status).toBe(400);
    expect((await signIn('XXX')).status).toBe(400);
    expect((await server.send('/demo/token', { body: { code: 7 } })).status).toBe(400);
  });
});

describe('introspection', () => {
  it('gives whoever is signed in the whole contract, with descriptions', async () => {
    const { getIntrospectionQuery, buildClientSchema } = await import('graphql');
    const { status, json } = await graphql({ body: { query: getIntrospectionQuery() } });
    expect(status).toBe(200);
    const schema = buildClientSchema(json.data);
    expect(schema.getType('Migrant')?.description).toContain('来沪人员');
  });
});
