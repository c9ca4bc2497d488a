import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewerOf } from '../support/graph.ts';
import { createRecordedGraph, globalId, localId, type RecordedGraph } from './recorded-graph.ts';

let graph: RecordedGraph;

beforeAll(async () => {
  graph = await createRecordedGraph();
});
afterAll(() => graph.close());

const nodeIds = (nodes: readonly { id: string }[]) => nodes.map(({ id }) => localId(id));

describe('a page of persons', () => {
  it('is one entry: who, for which unit and purpose, which fields, which persons, how many records', async () => {
    const viewer = viewerOf('SUB');
    const { data } = await graph.ask(
      viewer,
      '{ migrants(first: 3) { nodes { id name citizenIdNumber leases(first: 5) { nodes { id contractNo } } } } }',
    );
    const { nodes } = data.migrants;
    const [entry, ...more] = await graph.entries();
    expect(more).toEqual([]);
    expect(entry).toEqual({
      operation: 'QUERY',
      person: viewer.person,
      viewer: 'SUBDISTRICT',
      unit: 'PT-SUB-015',
      posts: [...viewer.posts],
      purpose: 'REGISTRATION',
      client: null,
      coordinates: [
        'Query.migrants',
        'Migrant.id',
        'Migrant.name',
        'Migrant.citizenIdNumber',
        'Migrant.leases',
        'Lease.id',
        'Lease.contractNo',
      ],
      groups: ['IDENTITY_BASICS', 'IDENTITY_NUMBER', 'LEASE_STATUS', 'LEASE_TERMS'].filter((g) =>
        entry?.groups.includes(g),
      ),
      denied: [],
      // The leases of a person are named by the person.
      subjects: graph.tokens('Migrant', nodeIds(nodes)),
      verdict: 'ALLOWED',
      isMasked: true,
      rowCount: 3 + nodes.flatMap((n: { leases: { nodes: unknown[] } }) => n.leases.nodes).length,
    });
    expect(entry?.groups).toEqual(expect.arrayContaining(['IDENTITY_BASICS', 'IDENTITY_NUMBER']));
  });

  it('names filters and orders, also when they come from variables', async () => {
    await graph.ask(
      viewerOf('PSB'),
      `query ($filter: MigrantFilter) {
        migrants(first: 1, filter: $filter) { nodes { id } }
        leases(first: 1, orderBy: { field: ENDS_ON }) { nodes { id } }
      }`,
      { filter: { leases: { some: { filingStatus: { eq: 'FILED' } } } } },
    );
    const [entry] = await graph.entries();
    expect(entry?.coordinates).toEqual(
      expect.arrayContaining(['MigrantFilter.leases', 'LeaseFilter.filingStatus', 'LeaseOrderField.ENDS_ON']),
    );
  });

  it('that is only counted is an entry too', async () => {
    await graph.ask(viewerOf('PSB'), '{ migrants(first: 0) { totalCount } }');
    expect(await graph.entries()).toMatchObject([
      { coordinates: ['Query.migrants', 'MigrantConnection.totalCount'], subjects: [], rowCount: 0 },
    ]);
  });
});

describe('the records of an entry', () => {
  it('of a list are named themselves, and persons that they lead to as persons', async () => {
    const { data } = await graph.ask(
      viewerOf('HLR'),
      '{ leases(first: 5) { nodes { id tenantMigrant { id } } } }',
    );
    const [entry] = await graph.entries();
    const persons = data.leases.nodes.flatMap(
      (n: { tenantMigrant: { id: string } | null }) => n.tenantMigrant ?? [],
    );
    expect(persons.length).toBeGreaterThan(0);
    expect([...(entry?.subjects ?? [])].sort()).toEqual(
      [
        ...graph.tokens('Lease', nodeIds(data.leases.nodes)),
        ...graph.tokens('Migrant', nodeIds(persons)),
      ].sort(),
    );
  });

  it('that are about others than the person they were reached from are named', async () => {
    const [row] = await graph.pools.ownerOf('public_security')`
      select h.head_id as id from public_security.households h
      join public_security.household_members m on m.household_id = h.id and m.person_id <> h.head_id limit 1`;
    const { data } = await graph.ask(
      viewerOf('PSB'),
      `query ($id: ID!) { migrant(id: $id) { household { id members { id } } } }`,
      { id: globalId('Migrant', String(row?.id)) },
    );
    const { household } = data.migrant;
    const [entry] = await graph.entries();
    expect(entry?.subjects).toEqual(
      expect.arrayContaining([...graph.tokens('HouseholdMember', nodeIds(household.members))]),
    );
  });

  it('have different tokens in different types', () => {
    const id = '01900000-0000-7000-8000-000000000001';
    expect(graph.tokens('Lease', [id])).not.toEqual(graph.tokens('Migrant', [id]));
    expect(graph.tokens('Migrant', [id])).toEqual(graph.tokens('Migrant', [id]));
  });
});

describe('what is refused or not found', () => {
  it('is an entry, and says that nothing was answered', async () => {
    const { errors } = await graph.ask(viewerOf('AIC'), '{ leases(first: 1) { nodes { id monthlyRent } } }');
    expect(errors.length).toBeGreaterThan(0);
    expect(await graph.entries()).toMatchObject([{ viewer: 'COMMERCE', verdict: 'DENIED', rowCount: 0 }]);
  });

  it('in part is an entry that names the refused groups', async () => {
    await graph.ask(
      viewerOf('HLR'),
      '{ leases(first: 1) { nodes { id } } insuranceEnrolments(first: 1) { nodes { id } } }',
    );
    const [entry] = await graph.entries();
    expect(entry).toMatchObject({ verdict: 'PARTLY_DENIED', denied: ['INSURANCE_STATUS'] });
  });

  it('without a word, as in secret groups, is an entry all the same', async () => {
    const { data, errors } = await graph.ask(
      viewerOf('HLR'),
      '{ policeCases(first: 1) { nodes { id caseNo } } }',
    );
    expect([data.policeCases.nodes, errors]).toEqual([[], []]);
    expect(await graph.entries()).toMatchObject([
      { groups: ['POLICE_CASE'], denied: ['POLICE_CASE'], verdict: 'DENIED', rowCount: 0 },
    ]);
  });

  it('by id is an entry that names the record asked for', async () => {
    const id = '01900000-0000-7000-8000-00000000dead';
    await graph.ask(viewerOf('SUB'), `{ node(id: "${globalId('Migrant', id)}") { id } }`);
    expect(await graph.entries()).toMatchObject([
      { coordinates: ['Query.node', 'Node.id'], subjects: graph.tokens('Migrant', [id]), verdict: 'DENIED' },
    ]);
  });

  it('for want of a purpose is an entry', async () => {
    await graph.ask(viewerOf('SUB'), '{ migrants(first: 1) { nodes { id } } }', {}, null);
    expect(await graph.entries()).toMatchObject([{ purpose: null, verdict: 'DENIED', rowCount: 0 }]);
  });
});

describe('what is about nobody', () => {
  it.each([
    ['units', '{ orgUnits(first: 5) { nodes { id name appointments(first: 2) { nodes { role } } } } }'],
    ['the schema', '{ __schema { types { name } } __typename }'],
    ['the visibility matrix', '{ accessMatrix { groups { group } } }'],
    ['allocations of posts', '{ coordinatorAllocations(first: 2) { nodes { id year } } }'],
  ])('is not recorded: %s', async (_, document) => {
    const { data } = await graph.ask(viewerOf('POP'), document);
    expect(Object.values(data)[0]).toBeTruthy();
    expect(await graph.entries()).toEqual([]);
  });

  it('is recorded where it stands beside a person', async () => {
    await graph.ask(
      viewerOf('PSB'),
      '{ orgUnits(first: 1) { nodes { id } } migrants(first: 1) { nodes { id } } }',
    );
    expect(await graph.entries()).toMatchObject([
      { rowCount: 2, coordinates: expect.arrayContaining(['OrgUnit.id']) },
    ]);
  });
});

it('reading the log is recorded', async () => {
  await graph.ask(viewerOf('LAO'), '{ auditTrail(first: 1) { nodes { id } } }');
  expect(await graph.entries()).toMatchObject([{ viewer: 'LEGAL_AFFAIRS', groups: ['ACCESS_RECORDS'] }]);
});
