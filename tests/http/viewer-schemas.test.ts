import { buildClientSchema, getIntrospectionQuery, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createGraph } from '../../src/schema.ts';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
const graph = createGraph();
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

const introspection = getIntrospectionQuery();

describe('introspection over HTTP', () => {
  it('gives each of many interleaved viewers its own schema', async () => {
    const asked = [...viewers, ...viewers.toReversed(), ...viewers];
    const answers = await Promise.all(asked.map(({ code }) => server.ask(code, introspection)));
    const texts = new Set<string>();
    asked.forEach(({ code, name }, i) => {
      const got = printSchema(buildClientSchema(answers[i]?.json.data));
      texts.add(got);
      expect(got === printSchema(graph.viewerSchemas.of(name)), code).toBe(true);
    });
    // Viewers without any record of their own see the same: the dictionary and the organisation.
    expect(texts.size).toBeGreaterThan(20);
  });

  it('by type name tells nothing of a hidden type, and something of a visible one', async () => {
    const ask = async (code: 'HLR' | 'PSB') =>
      (await server.ask(code, '{ a: __type(name: "PoliceCase") { name } b: __type(name: "Lease") { name } }'))
        .json.data;
    expect(await ask('HLR')).toEqual({ a: null, b: { name: 'Lease' } });
    expect(await ask('PSB')).toEqual({ a: { name: 'PoliceCase' }, b: { name: 'Lease' } });
  });

  it('of possible types of the interface names visible ones only', async () => {
    const ask = async (code: 'COP' | 'PSB') => {
      const { json } = await server.ask(code, '{ __type(name: "Node") { possibleTypes { name } } }');
      return json.data.__type.possibleTypes.map((type: { name: string }) => type.name);
    };
    expect(await ask('PSB')).toContain('PoliceCase');
    expect(await ask('COP')).toContain('OrgUnit');
    for (const hidden of ['PoliceCase', 'Migrant', 'Lease']) expect(await ask('COP')).not.toContain(hidden);
  });

  it('is the viewer’s own when it stands among data, in fragments, under aliases and with variables', async () => {
    const document = `query ($name: String!, $no: Boolean = false) {
      first: __typename
      ...Both
      units: orgUnits(first: 1) { nodes { code __typename } }
      hidden: __type(name: $name) { name }
      ... on Query @skip(if: $no) { lease: __type(name: "Lease") { ...Fields } }
      skipped: __schema @include(if: $no) { queryType { name } }
    }
    fragment Both on Query { schema: __schema { queryType { name } } page: leases(first: 1) { nodes { __typename } } }
    fragment Fields on __Type { fields { name } }`;
    const { json } = await server.send('/graphql', {
      token: await server.tokenOf('PER'),
      headers: { 'laihu-purpose': 'PERMIT' },
      body: { query: document, variables: { name: 'PoliceCase' } },
    });
    expect(json.errors).toBeUndefined();
    expect(Object.keys(json.data)).toEqual(['first', 'schema', 'page', 'units', 'hidden', 'lease']);
    expect(json.data).toMatchObject({
      first: 'Query',
      schema: { queryType: { name: 'Query' } },
      hidden: null,
    });
    expect(json.data.units.nodes[0]).toMatchObject({ __typename: 'OrgUnit' });
    const fields = json.data.lease.fields.map((field: { name: string }) => field.name);
    expect(fields).toContain('isFiledOn');
    expect(fields).not.toContain('monthlyRent');
  });

  it('answers what is hidden with null and its reason when it is asked for by name', async () => {
    const { json } = await server.ask('PER', '{ __typename leases(first: 1) { nodes { monthlyRent } } }');
    expect(json.errors[0].path).toEqual(['leases', 'nodes', 0, 'monthlyRent']);
    expect(json.extensions.access.denied[0]).toMatchObject({
      coordinate: 'Lease.monthlyRent',
      reason: 'NOT_GRANTED',
    });
  });
});

describe('an error text names nothing that the viewer cannot see and did not write', () => {
  const message = async (code: 'COP' | 'PSB', query: string) => {
    const { json } = await server.ask(code, query);
    return json.errors.map((error: { message: string }) => error.message).join('\n');
  };

  it.each([
    ['a type', '{ policeCases { nodes { nonsense } } }', 'PoliceCase'],
    ['a connection', '{ policeCases }', 'PoliceCaseConnection'],
    ['a filter', '{ policeCases(filter: { nonsense: 1 }) { totalCount } }', 'PoliceCaseFilter'],
    ['an order', '{ policeCases(orderBy: { field: NONSENSE }) { totalCount } }', 'PoliceCaseOrderField'],
    ['an argument', '{ policeCases(orderBy: {}) { totalCount } }', 'PoliceCaseOrder'],
    ['a variable', 'query ($f: String) { policeCases(filter: $f) { totalCount } }', 'PoliceCaseFilter'],
  ])('%s', async (_what, query, name) => {
    expect(await message('COP', query)).not.toMatch(new RegExp(`\\b${name}\\b`));
    expect(await message('PSB', query)).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('and keeps what the client wrote', async () => {
    expect(await message('COP', '{ policeCases { nodes { nonsense } } }')).toContain('"nonsense"');
  });

  it('in an explanation either', async () => {
    const query = '{ explainAccess(document: "{ policeCases { nodes { nonsense } } }") { allowed } }';
    expect(await message('COP', query)).not.toMatch(/\bPoliceCase\b/);
    expect(await message('PSB', query)).toMatch(/\bPoliceCase\b/);
  });
});
