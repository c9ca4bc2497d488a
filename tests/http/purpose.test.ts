import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { createGraph } from '../../src/schema.ts';
import { type HttpAnswer, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

const persons = '{ migrants(first: 1) { nodes { name } } }';

async function ask(
  code: ViewerCode,
  query: string,
  { header, extension, variables }: { header?: string; extension?: unknown; variables?: unknown } = {},
): Promise<HttpAnswer> {
  return server.send('/graphql', {
    token: await server.tokenOf(code),
    headers: header === undefined ? {} : { 'laihu-purpose': header },
    body: { query, variables, ...(extension === undefined ? {} : { extensions: { purpose: extension } }) },
  });
}

const code = ({ json }: HttpAnswer): string | undefined => json.errors?.[0]?.extensions?.code;

describe('a read of persons takes a purpose', () => {
  it('by the header, or by the extension of the request; the header comes first', async () => {
    expect((await ask('SUB', persons, { header: 'REGISTRATION' })).json.data.migrants.nodes).toHaveLength(1);
    expect((await ask('SUB', persons, { extension: 'PERMIT' })).json.data.migrants.nodes).toHaveLength(1);
    expect(code(await ask('SUB', persons, { header: 'REGISTRATION', extension: 'AID' }))).toBeUndefined();
    expect(code(await ask('SUB', persons, { header: 'AID', extension: 'REGISTRATION' }))).toBe(
      'PURPOSE_DENIED',
    );
  });

  it('and is refused without one, with the header and the purposes to choose from', async () => {
    const { status, json } = await ask('HLR', '{ leases(first: 1) { nodes { contractNo } } }');
    expect([status, json.data]).toEqual([200, null]);
    expect(json.errors).toEqual([
      {
        message:
          'The document reads persons and needs a purpose. Send the header laihu-purpose (or extensions.purpose) with PERMIT, LEASE or COORDINATOR_MANAGEMENT.',
        extensions: { code: 'PURPOSE_REQUIRED', open: ['PERMIT', 'LEASE', 'COORDINATOR_MANAGEMENT'] },
      },
    ]);
  });

  it('and is refused for one that is none, without repeating it', async () => {
    for (const purpose of ['310107199001011234', 'lease', 'toString', '__proto__'])
      for (const way of [{ header: purpose }, { extension: purpose }]) {
        const answer = await ask('HLR', persons, way);
        expect([code(answer), answer.json.data]).toEqual(['PURPOSE_UNKNOWN', null]);
        expect(answer.text).not.toContain(purpose);
      }
    for (const extension of [7, true, ['LEASE'], { a: 1 }])
      expect(code(await ask('HLR', persons, { extension }))).toBe('PURPOSE_UNKNOWN');
  });

  it('and is refused for one that no clause opens to the acting viewer', async () => {
    const { json } = await ask('HLR', persons, { header: 'FAMILY_PLANNING_SERVICE' });
    expect(json.data).toBeNull();
    expect(json.errors[0].extensions).toMatchObject({
      code: 'PURPOSE_DENIED',
      purpose: 'FAMILY_PLANNING_SERVICE',
      open: ['PERMIT', 'LEASE', 'COORDINATOR_MANAGEMENT'],
    });
  });

  it.each<[string, string, variables?: object]>([
    ['a list', persons],
    ['a count', '{ migrants { totalCount } }'],
    ['a relation', '{ orgUnits(first: 1) { nodes { leaseFilings(first: 1) { totalCount } } } }'],
    ['a part of a record about persons', '{ leaseFilings(first: 1) { totalCount } }'],
    [
      'a filter that looks into records of persons',
      '{ dwellings(filter: { leases: { some: {} } }) { totalCount } }',
    ],
    [
      'the same filter as a variable',
      'query ($f: DwellingFilter) { dwellings(filter: $f) { totalCount } }',
      { f: { leases: { none: { status: { eq: 'IN_FORCE' } } } } },
    ],
    ['a secret record', '{ policeCases { totalCount } }'],
    ['a fragment', '{ ...F } fragment F on Query { migrants { totalCount } }'],
    ['an id', `{ node(id: "${Buffer.from('Migrant:1').toString('base64url')}") { id } }`],
    [
      'ids as variables',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: [Buffer.from('Migrant:01900000-0000-7000-8000-000000000000').toString('base64url')] },
    ],
    ['persons beside introspection', '{ __schema { queryType { name } } migrants { totalCount } }'],
  ])('%s', async (_what: string, query: string, variables?: object) => {
    expect(code(await ask('SUB', query, { variables }))).toBe('PURPOSE_REQUIRED');
    expect(code(await ask('SUB', query, { variables, header: 'REGISTRATION' })) ?? '').not.toMatch(
      /^PURPOSE/,
    );
  });

  it.each<[string, string, variables?: object]>([
    ['the organisation', '{ orgUnits(first: 1) { nodes { name } } }'],
    ['places', '{ dwellings(first: 1) { totalCount } }'],
    ['a filter on places', '{ dwellings(filter: { usage: { eq: DORMITORY } }) { totalCount } }'],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['the dictionary', '{ accessMatrix { groups { code } } }'],
    ['an explanation of a read of persons', `{ explainAccess(document: "${persons}") { allowed } }`],
    ['the id of a place', `{ node(id: "${Buffer.from('OrgUnit:PT-HLR').toString('base64url')}") { id } }`],
  ])('but not %s', async (_what: string, query: string, variables?: object) => {
    const { json } = await ask('SUB', query, { variables });
    expect(json.errors).toBeUndefined();
    expect(json.data).toBeTruthy();
  });

  it('and nothing is told of the document before: a person refused for lack of a purpose is refused alike', async () => {
    const of = (id: string) =>
      ask('SUB', `{ migrant(id: "${Buffer.from(`Migrant:${id}`).toString('base64url')}") { id } }`);
    const { json: one } = await of('01900000-0000-7000-8000-000000000000');
    const { json: other } = await of('no-id-at-all');
    expect(one).toEqual(other);
  });
});

describe('the table of purposes', () => {
  const { purposes } = createGraph();

  it('gives every viewer at least one purpose, and its usual one is open to it', () => {
    for (const { name, code: viewer } of viewers) {
      expect(purposes.openTo(name).length, viewer).toBeGreaterThan(0);
      expect(purposes.clause(purposes.usualOf(name), name), viewer).toBeTruthy();
    }
  });

  it('cites clauses that the matrix or the ground rules know', () => {
    const matrix = readFileSync(join(import.meta.dirname, '../../schema/visibility.tsv'), 'utf8');
    // Lawful rights of the person (I-1), talent planning, insurance, and other duties without a field group.
    const known = new Set([...(matrix.match(/\b(?:[A-Z]{3}|[IV]+)-\w+/g) ?? []), 'I-1']);
    for (const { purpose, openTo } of purposes.rows.values())
      for (const [viewer, clause] of openTo) expect(known, `${purpose} ${viewer}`).toContain(clause);
  });
});
