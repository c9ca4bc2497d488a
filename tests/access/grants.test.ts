import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createRecordedGraph } from '../audit/recorded-graph.ts';
import { createTestDatabase } from '../support/database.ts';
import {
  type Answer,
  createTestGraph,
  productGraph,
  type TestGraph,
  testDay,
  viewerOf,
} from '../support/graph.ts';
import { type GrantCase, type PreparedCase, prepareCases, refOf } from './granting/cases.ts';
import { dayAfter, type GivenGrant, giveGrant, lastDay, takeGrants } from './granting/give-grant.ts';

// A case-bound grant (dossier §6.5) opens one group of one record to one unit, for one purpose, until its last
// day. Each of these is changed in turn, and then the answer is what it is without any grant.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;
let today = testDay;
let all: readonly PreparedCase[];

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url, undefined, undefined, undefined, () => today);
  all = await prepareCases(graph.pools);
});
afterEach(async () => {
  today = testDay;
  await takeGrants(graph.pools);
});
afterAll(async () => {
  await graph.close();
  await database.drop();
});

const named = ['ADDRESS_HISTORY', 'LEASE_TERMS', 'IDENTITY_NUMBER', 'WOMENS_RIGHTS_CASE'];
const caseOf = (group: string): PreparedCase => all.find(({ grant }) => grant.group === group)!;

const give = (of: PreparedCase, changed: Partial<GivenGrant> = {}) =>
  giveGrant(graph.pools, { ...of.grant, ref: refOf(of, of.ids[0]), ...changed });

const byNode = ({ type, fields, others }: GrantCase) =>
  `query ($id: ID!) { node(id: $id) { id ... on ${type} { ${fields} ${others} } } }`;

/** The granted record, asked for by its id in the name of the unit that the grant is for. */
const ask = (of: PreparedCase, document = byNode(of), id = of.ids[0]): Promise<Answer> =>
  graph.ask(viewerOf(of.viewer, of.grant.grantee), document, { id: refOf(of, id) }, of.grant.purpose);

/** All that an answer says, and the statements that made it. */
const said = ({ data, errors, extensions, statements }: Answer) =>
  JSON.stringify({ data, errors, extensions, statements });

describe.each(named)('a grant of %s', (group) => {
  test('opens the group of the record, and nothing else of it', async () => {
    const of = caseOf(group);
    const before = await ask(of);
    expect(JSON.stringify(before.data ?? null)).not.toContain(of.canary);
    await give(of);
    const after = await ask(of);
    expect(JSON.stringify(after.data)).toContain(of.canary);
    expect(after.extensions.access.granted).toEqual([
      { id: refOf(of, of.ids[0]), fieldGroup: group, until: lastDay },
    ]);
    expect(
      after.denied.filter((denial) => denial.group === group && !/occupancies/.test(denial.coordinate)),
    ).toEqual([]);
    // What the group has no part in is as it was, where there was a row; a refusal has its entry.
    for (const field of of.others
      .replace(/\(.*?\)|\{.*?\}/g, '')
      .split(' ')
      .filter(Boolean)) {
      const was = before.data?.node?.[field] ?? null;
      expect(after.data.node[field]).toEqual(was);
      if (was === null && !before.data?.node)
        expect(after.errors.map(({ path }) => path)).toContainEqual(['node', field]);
    }
  });

  test.each([
    ['is for another record', (of: PreparedCase) => ({ ref: refOf(of, of.ids[1]) })],
    ['is for another unit', (of: PreparedCase) => ({ grantee: of.stranger[1] })],
    ['is for another purpose', () => ({ purpose: 'SYSTEM_SUPPORT' })],
    ['has had its last day', () => ({ until: '2007-02-28' })],
    ['is only asked for', () => ({ status: 'REQUESTED' })],
    ['was denied', () => ({ status: 'DENIED' })],
    ['has expired', () => ({ status: 'EXPIRED' })],
    ['was revoked', () => ({ status: 'REVOKED' })],
  ])('changes nothing where it %s', async (_, change) => {
    const of = caseOf(group);
    const before = await ask(of);
    await give(of, change(of));
    expect(said(await ask(of))).toBe(said(before));
  });

  test('opens to no stranger', async () => {
    const of = caseOf(group);
    const [code, unit] = of.stranger;
    const asStranger = () =>
      graph.ask(viewerOf(code, unit), byNode(of), { id: refOf(of, of.ids[0]) }, of.grant.purpose);
    const before = await asStranger();
    await give(of);
    const after = await asStranger();
    expect(said(after)).toBe(said(before));
    expect(said(after)).not.toContain(of.canary);
  });

  test('ends with its last day', async () => {
    const of = caseOf(group);
    await give(of);
    today = lastDay;
    expect(JSON.stringify((await ask(of)).data)).toContain(of.canary);
    today = dayAfter;
    const after = await ask(of);
    await takeGrants(graph.pools);
    expect(said(after)).toBe(said(await ask(of)));
    expect(JSON.stringify(after)).not.toContain(of.canary);
  });

  test('ends when it is revoked', async () => {
    const of = caseOf(group);
    const before = await ask(of);
    const id = await give(of);
    expect(JSON.stringify((await ask(of)).data)).toContain(of.canary);
    await graph.pools.ownerOf('organisation')`
      update organisation.access_grants set status = 'REVOKED' where id = ${id}`;
    expect(said(await ask(of))).toBe(said(before));
  });

  test('opens another group of the record, not this one, where it is for that', async () => {
    const of = caseOf(group);
    if (!of.otherGroup) return;
    await give(of, { group: of.otherGroup });
    expect(JSON.stringify((await ask(of)).data)).not.toContain(of.canary);
  });

  test('opens no list, count, filter or link', async () => {
    const of = caseOf(group);
    if (!of.list) return;
    const filter = `(first: 100, filter: { ${of.type === 'Migrant' ? 'citizenIdNumber: { eq: $canary }' : ''} })`;
    const documents = [
      `{ ${of.list}(first: 100) { nodes { id ${of.fields} } totalCount } }`,
      of.type === 'Migrant' &&
        `query ($canary: CitizenId) { ${of.list}${filter} { nodes { id } totalCount } }`,
      of.type === 'Migrant' &&
        `{ ${of.list}(first: 100) { nodes { id provenance { citizenIdNumber { value } } } } }`,
      of.type === 'Lease' &&
        '{ migrants(first: 100) { nodes { id leases(first: 20) { nodes { id landlord { name } } } } } }',
    ].filter((document) => document !== false);
    const asked = async () => {
      const answers: string[] = [];
      for (const document of documents) {
        const viewer = viewerOf(of.viewer, of.grant.grantee);
        answers.push(said(await graph.ask(viewer, document, { canary: of.canary }, of.grant.purpose)));
      }
      return answers;
    };
    const before = await asked();
    await give(of);
    expect(await asked()).toEqual(before);
  });

  test('opens the record at its own place only, where the document has the other one beside it', async () => {
    const of = caseOf(group);
    const document = `query ($id: ID!, $beside: ID!) { one: node(id: $id) { ...Fields } two: node(id: $beside) { ...Fields } }
      fragment Fields on ${of.type} { id ${of.fields} }`;
    const viewer = viewerOf(of.viewer, of.grant.grantee);
    const variables = { id: refOf(of, of.ids[0]), beside: refOf(of, of.ids[1]) };
    const asked = () => graph.ask(viewer, document, variables, of.grant.purpose);
    const before = await asked();
    await give(of);
    const after = await asked();
    expect(JSON.stringify(after.data.one)).toContain(of.canary);
    expect(after.data.two).toEqual(before.data?.two ?? null);
    const ofTwo = ({ errors }: Answer) =>
      errors.filter(({ path }) => path?.[0] === 'two').map(({ path }) => path);
    expect(ofTwo(after)).toEqual(ofTwo(before));
  });
});

test('the root field of the type opens as node does', async () => {
  const of = caseOf('LEASE_TERMS');
  await give(of);
  const { data } = await ask(of, `query ($id: ID!) { lease(id: $id) { id ${of.fields} } }`);
  expect(JSON.stringify(data.lease)).toContain(of.canary);
});

test('rows that only a grant shows say of every other field why it is null', async () => {
  const of = caseOf('LEASE_TERMS');
  await give(of);
  const { data, denied } = await ask(of);
  expect(data.node.status).toBeNull();
  expect(denied.map(({ coordinate, reason }) => [coordinate, reason])).toEqual(
    expect.arrayContaining([
      ['Lease.status', 'OUT_OF_SCOPE'],
      ['Lease.occupancies', 'NOT_GRANTED'],
    ]),
  );
});

test('a shielded person stays hidden: not even F would show the record', async () => {
  const of = caseOf('ADDRESS_HISTORY');
  await give(of);
  expect(JSON.stringify((await ask(of)).data)).toContain(of.canary);
  const shield = (shielded: boolean) =>
    graph.pools.ownerOf('public_security')`
      update public_security.residence_registrations set shielded = ${shielded} where id = ${of.ids[0]}`;
  await shield(true);
  expect(JSON.stringify(await ask(of))).not.toContain(of.canary);
  await shield(false);
});

describe('a denial carries the request that would open it', () => {
  const offered = async (of: PreparedCase, document: string) => {
    const { denied } = await ask(of, document);
    return new Map(denied.map(({ coordinate, grant }) => [coordinate, grant]));
  };

  test('with the record and the purpose of the document', async () => {
    const of = caseOf('LEASE_TERMS');
    const grants = await offered(of, 'query ($id: ID!) { lease(id: $id) { monthlyRent } }');
    expect(grants.get('Lease.monthlyRent')).toEqual({
      fieldGroup: 'LEASE_TERMS',
      recordType: 'Lease',
      purposesOpen: ['EDUCATION'],
      needsConsent: false,
      mutation: 'requestAccessGrant',
      input: {
        fieldGroup: 'LEASE_TERMS',
        recordRef: refOf(of, of.ids[0]),
        purpose: 'EDUCATION',
        legalBasis: null,
      },
    });
  });

  test('not for a way to other records, a filter, or what is never granted', async () => {
    const lease = await offered(
      caseOf('LEASE_TERMS'),
      'query ($id: ID!) { lease(id: $id) { occupancies(first: 1) { totalCount } } leases(filter: { monthlyRent: { eq: "592.00" } }) { totalCount } }',
    );
    expect([...lease]).toEqual([
      ['Lease.occupancies', undefined],
      ['LeaseFilter.monthlyRent', undefined],
    ]);
    const migrant = await graph.ask(
      viewerOf('EDU'),
      'query ($id: ID!) { migrant(id: $id) { ethnicity } }',
      { id: refOf({ type: 'Migrant' }, caseOf('IDENTITY_NUMBER').ids[0]) },
      'EDUCATION',
    );
    expect(migrant.denied.map(({ coordinate, grant }) => [coordinate, grant])).toContainEqual([
      'Migrant.ethnicity',
      undefined,
    ]);
  });
});

describe('the access log', () => {
  test.each(named)(
    'of a read by a grant of %s has the group and the record, as of any other read',
    async (group) => {
      const of = caseOf(group);
      const recorded = await createRecordedGraph(undefined, productGraph(), database.url);
      const document = `query ($id: ID!) { node(id: $id) { id ... on ${of.type} { ${of.fields} } } }`;
      const asked = async () => {
        const id = refOf(of, of.ids[0]);
        await recorded.ask(viewerOf(of.viewer, of.grant.grantee), document, { id }, of.grant.purpose);
        return recorded.entries();
      };
      try {
        const [before] = await asked();
        expect(before?.denied.includes(group) || before?.isMasked || before?.verdict === 'DENIED').toBe(true);
        await give(of);
        const [entry, ...more] = await asked();
        expect(more).toEqual([]);
        expect(entry).toMatchObject({ verdict: 'ALLOWED', denied: [], purpose: of.grant.purpose });
        expect(entry?.groups).toContain(group);
        expect(entry?.subjects).toEqual(expect.arrayContaining([...recorded.tokens(of.type, [of.ids[0]])]));
        expect(entry?.rowCount).toBeGreaterThan(0);
      } finally {
        await recorded.close();
      }
    },
  );
});
