import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createViewer, type Viewer } from '../../src/identity/viewer.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { viewerOf } from '../support/graph.ts';
import { createRecordedGraph, globalId, type RecordedGraph } from './recorded-graph.ts';

let graph: RecordedGraph;
/** A person with leases and a permit, unshielded, in Changshou Road. */
let person: { id: string; number: string };

beforeAll(async () => {
  graph = await createRecordedGraph();
  const [row] = await graph.pools.ownerOf('public_security')`
    select m.id, m.citizen_id_number as number from public_security.migrants m
    where m.subdistrict_code = '310107015' and not m.shielded
      and exists (select 1 from housing.leases l where l.tenant_migrant_id = m.id)
      and exists (select 1 from permits.residence_permits p where p.holder_id = m.id) order by m.id limit 1`;
  person = row as unknown as typeof person;
});
afterAll(() => graph.close());

describe('auditTrail', () => {
  const trail =
    '{ auditTrail(first: 100) { totalCount nodes { id viewer person actingUnit { code } coordinates } } }';
  const asViewers = async () => {
    for (const code of ['HLR', 'PSB', 'SUB'] as const)
      await graph.ask(viewerOf(code), '{ leases(first: 1) { nodes { id } } }');
  };
  const viewersIn = (data: { auditTrail: { nodes: { viewer: string }[] } }) =>
    [...new Set(data.auditTrail.nodes.map((n) => n.viewer))].sort();

  beforeAll(asViewers);

  it('shows the auditor of the legal-affairs office the entries of everybody, newest first', async () => {
    const { data, errors } = await graph.ask(viewerOf('LAO'), trail);
    expect(errors).toEqual([]);
    expect(viewersIn(data)).toEqual(['HOUSING', 'PUBLIC_SECURITY', 'SUBDISTRICT']);
    expect(data.auditTrail.nodes[0]).toMatchObject({
      viewer: 'SUBDISTRICT',
      actingUnit: { code: 'PT-SUB-015' },
    });
  });

  it('shows nothing to who acts for the legal-affairs office without that function', async () => {
    const claims = { department: 'LAO', unit: 'PT-LAO', sub: 'somebody', name: 'x', posts: ['ANALYST'] };
    const { data } = await graph.ask(createViewer(claims), trail);
    expect(data.auditTrail).toEqual({ totalCount: 0, nodes: [] });
    const all = await graph.ask(viewerOf('LAO'), trail);
    const node = await graph.ask(
      createViewer(claims),
      `{ node(id: "${all.data.auditTrail.nodes[0].id}") { id } }`,
    );
    expect(node.data.node).toBeNull();
  });

  it.each(['HLR', 'SUB', 'PSB'] as const)("shows %s the entries of its own unit's staff", async (code) => {
    const viewer = viewerOf(code);
    const { data } = await graph.ask(viewer, trail);
    expect(data.auditTrail.nodes.length).toBeGreaterThan(0);
    for (const node of data.auditTrail.nodes) expect(node.actingUnit.code).toBe(viewer.unit);
  });

  it('shows the population office who and when, and nothing of what and about whom', async () => {
    const { data, extensions } = await graph.ask(
      viewerOf('POP'),
      '{ auditTrail(first: 5) { nodes { occurredAt person coordinates subjectRefs outcome rowCount } } }',
    );
    expect(data.auditTrail.nodes[0]).toMatchObject({
      person: expect.any(String),
      coordinates: null,
      subjectRefs: null,
      outcome: null,
      rowCount: null,
    });
    expect(extensions.access.masked.length).toBeGreaterThan(3);
  });

  it('is refused to reception centres, coordinators, and to who gets counts only', async () => {
    for (const code of ['CAC', 'COR', 'LGR'] as const) {
      const { data, denied } = await graph.ask(viewerOf(code), trail);
      expect(data.auditTrail).toBeNull();
      expect(denied[0]?.group).toBe('ACCESS_RECORDS');
    }
  });

  it('can be narrowed by unit, viewer, time, purpose and field', async () => {
    const ask = async (filter: string) =>
      (
        await graph.ask(
          viewerOf('LAO'),
          `{ auditTrail(first: 100, filter: ${filter}) { totalCount nodes { viewer } } }`,
        )
      ).data.auditTrail;
    expect(viewersIn({ auditTrail: await ask('{ viewer: { eq: HOUSING } }') })).toEqual(['HOUSING']);
    expect(viewersIn({ auditTrail: await ask('{ actingUnit: { code: { eq: "PT-PSB" } } }') })).toEqual([
      'PUBLIC_SECURITY',
    ]);
    expect(viewersIn({ auditTrail: await ask('{ purpose: { eq: LEASE } }') })).toEqual(['HOUSING']);
    expect((await ask('{ coordinates: { has: "Query.leases" } }')).totalCount).toBeGreaterThan(2);
    expect((await ask('{ coordinates: { has: "Migrant.name" } }')).totalCount).toBe(0);
    expect((await ask('{ occurredAt: { from: "2100-01-01T00:00:00Z" } }')).totalCount).toBe(0);
    expect((await ask('{ fieldGroups: { has: LEASE_STATUS } }')).totalCount).toBeGreaterThan(2);
  });

  it('leaves out where chains begin', async () => {
    const { data } = await graph.ask(viewerOf('LAO'), '{ auditTrail(first: 100) { nodes { operation } } }');
    expect(new Set(data.auditTrail.nodes.map((n: { operation: string }) => n.operation))).toEqual(
      new Set(['QUERY']),
    );
  });
});

describe('accessesToSubject', () => {
  const document =
    'query ($number: CitizenId, $id: ID, $first: Int, $before: DateTime) { accessesToSubject(citizenIdNumber: $number, migrantId: $id, first: $first, before: $before) { occurredAt department purpose fieldGroups isMasked } }';
  const accesses = async (
    variables: Record<string, unknown> = { number: person.number },
    viewer = viewerOf('CAC'),
  ) => graph.ask(viewer, document, variables, 'SUBJECT_ACCESS');
  const read = (viewer: Viewer, query: string) => graph.ask(viewer, query);
  const newest = async () => (await accesses()).data.accessesToSubject[0];

  it('tells a person which departments read which groups of the own records, what for and when', async () => {
    const began = new Date().toISOString();
    await read(
      viewerOf('PSB'),
      `{ migrant(id: "${globalId('Migrant', person.id)}") { name citizenIdNumber } }`,
    );
    const { data, errors } = await accesses();
    expect(errors).toEqual([]);
    const [access] = data.accessesToSubject;
    expect(access).toEqual({
      occurredAt: expect.any(String),
      department: 'PUBLIC_SECURITY',
      purpose: 'REGISTRATION',
      fieldGroups: ['IDENTITY_BASICS', 'IDENTITY_NUMBER'],
      isMasked: false,
    });
    expect(access.occurredAt >= began).toBe(true);
  });

  it('finds reads of the records about the person, too, whatever department keeps them', async () => {
    const [lease] = await graph.pools.ownerOf('housing')`
      select id from housing.leases where tenant_migrant_id = ${person.id} limit 1`;
    await read(viewerOf('HLR'), `{ lease(id: "${globalId('Lease', String(lease?.id))}") { monthlyRent } }`);
    expect(await newest()).toMatchObject({
      department: 'HOUSING',
      purpose: 'LEASE',
      fieldGroups: ['LEASE_STATUS', 'LEASE_TERMS'],
    });
    const [permit] = await graph.pools.ownerOf('permits')`
      select id from permits.residence_permits where holder_id = ${person.id} limit 1`;
    await read(
      viewerOf('PSB'),
      `{ permit(id: "${globalId('ResidencePermit', String(permit?.id))}") { status } }`,
    );
    expect(await newest()).toMatchObject({ department: 'PUBLIC_SECURITY', fieldGroups: ['PERMIT_STATUS'] });
  });

  it('says nothing of reads of others, of reads that answered nothing, and of groups that were refused', async () => {
    const before = await newest();
    await read(viewerOf('PSB'), `{ migrant(id: "${globalId('Migrant', randomUUID())}") { name } }`);
    await read(viewerOf('AIC'), `{ node(id: "${globalId('Migrant', person.id)}") { id } }`);
    const after = (await accesses()).data.accessesToSubject.filter(
      (a: { department: string }) => a.department !== 'RECEPTION_CENTRE',
    );
    expect(after[0]).toEqual(before.department === 'RECEPTION_CENTRE' ? after[0] : before);
    await read(
      viewerOf('HLR'),
      `{ node(id: "${globalId('Lease', String((await graph.pools.ownerOf('housing')`select id from housing.leases where tenant_migrant_id = ${person.id} limit 1`)[0]?.id))}") { ... on Lease { contractNo } } insuranceEnrolments(first: 1) { nodes { id } } }`,
    );
    const access = await newest();
    expect(access.department).toBe('HOUSING');
    expect(access.fieldGroups).not.toContain('INSURANCE_STATUS');
  });

  it('shows nothing of what a secret group hides: not even that somebody looked', async () => {
    const shape = async () => {
      const answer = await accesses();
      return {
        list: JSON.stringify(
          answer.data.accessesToSubject.filter(
            (a: { department: string }) => a.department !== 'RECEPTION_CENTRE',
          ),
        ),
        statements: answer.statements.length,
      };
    };
    const before = await shape();
    await read(
      viewerOf('PSB'),
      `{ policeCases(first: 1) { nodes { caseNo } } migrant(id: "${globalId('Migrant', person.id)}") { name } }`,
    );
    expect(await shape()).toEqual(before);
    const [entry] = (await graph.database.sql`
      select subjects::text[] as subjects, field_groups as groups from audit.entries where 'POLICE_CASE' = any(field_groups)
      order by id desc limit 1`) as unknown as [{ subjects: string[]; groups: string[] }];
    expect(entry.subjects).toEqual(expect.arrayContaining([...graph.tokens('Migrant', [person.id])]));
  });

  it('shows who looked also when a secret group, which was refused, was asked for beside', async () => {
    await read(
      viewerOf('HLR'),
      `{ policeCases(first: 1) { totalCount } migrant(id: "${globalId('Migrant', person.id)}") { name mobilePhone } }`,
    );
    const access = await newest();
    expect(access).toMatchObject({ department: 'HOUSING' });
    expect(access.fieldGroups).not.toContain('POLICE_CASE');
    expect(access.fieldGroups).toContain('IDENTITY_BASICS');
  });

  it('goes back page by page', async () => {
    const all = (await accesses({ number: person.number, first: 100 })).data.accessesToSubject;
    const first = (await accesses({ number: person.number, first: 2 })).data.accessesToSubject;
    expect(first).toHaveLength(2);
    const next = await accesses({ number: person.number, first: 100, before: first[1].occurredAt });
    const known = all.map((a: { occurredAt: string }) => a.occurredAt);
    const seen = [...first, ...next.data.accessesToSubject].map((a: { occurredAt: string }) => a.occurredAt);
    expect(seen).toEqual(expect.arrayContaining(known));
  });

  it('is itself an access that the person is told of', async () => {
    await accesses();
    expect(await newest()).toMatchObject({ department: 'RECEPTION_CENTRE', purpose: 'SUBJECT_ACCESS' });
  });

  it('takes the number on a card, or a file that is open at the window, and one of them', async () => {
    const unknown = await accesses({ number: '310107198001010012' }).catch(() => undefined);
    expect(unknown?.data?.accessesToSubject ?? null).toBeNull();
    const foreign = await accesses({ id: globalId('Migrant', randomUUID()) });
    expect(foreign.errors[0]?.extensions.code).toBe('OUT_OF_SCOPE');
    const both = await accesses({ number: person.number, id: globalId('Migrant', person.id) });
    expect(both.errors[0]?.extensions.code).toBe('BAD_VALUE');
    expect((await accesses({})).errors[0]?.extensions.code).toBe('BAD_VALUE');
  });

  it('stands in the schema of who may ask it, and in no other', () => {
    const offers = (code: ViewerCode) => {
      const schema = graph.graph.viewerSchemas.of(viewerOf(code).department);
      return 'accessesToSubject' in schema.getQueryType()!.getFields();
    };
    expect([offers('CAC'), offers('FIN')]).toEqual([true, false]);
  });

  it('is for the person at a reception centre, with that purpose only', async () => {
    const purpose = await graph.ask(viewerOf('CAC'), document, { number: person.number }, 'PERMIT');
    expect(purpose.errors[0]?.extensions.code).toBe('PURPOSE_DENIED');
    for (const code of ['PSB', 'LAO', 'SUB', 'COR'] as const) {
      const { data, errors } = await accesses({ number: person.number }, viewerOf(code));
      expect([data?.accessesToSubject ?? null, errors[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
    }
  });
});
