import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandSdl } from '../../src/contract/sdl/expand.ts';
import { schemaFolder } from '../../src/contract/sdl/sources.ts';
import { heldOf } from '../../src/graph/provenance/claims.ts';
import { readHoldings } from '../../src/graph/provenance/holdings.ts';
import { createGraph, productContract } from '../../src/schema.ts';
import { StoreUnavailable } from '../../src/store/statements.ts';
import { createRecordedGraph, type RecordedGraph } from '../audit/recorded-graph.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { type Answer, createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph?.close());

const owner = () => graph.pools.ownerOf('public_security');
const globalId = (id: string) => Buffer.from(`Migrant:${id}`).toString('base64url');

interface Claim {
  readonly value: unknown;
  readonly source: { readonly store: string; readonly asOf: string };
}
interface Held extends Claim {
  readonly flags: readonly string[];
  readonly claimed: readonly Claim[];
}

const held = (field: string, value = 'value') =>
  `${field} { ${value} source { store asOf } flags claimed { ${value} source { store asOf } } }`;

/** What a viewer gets of one value of one person. */
async function ask(code: 'LSS' | 'HLR' | 'PSB' | 'CIV', id: string, fields: string): Promise<Answer> {
  return graph.ask(viewerOf(code), `query ($id: ID!) { migrant(id: $id) { provenance { ${fields} } } }`, {
    id: globalId(id),
  });
}

const heldBy = async (
  code: Parameters<typeof ask>[0],
  id: string,
  field: string,
  value?: string,
): Promise<Held> => {
  const { data, errors } = await ask(code, id, held(field, value));
  expect(errors).toEqual([]);
  return data.migrant.provenance[field];
};

/** The first person for whom a condition over the stores holds. */
async function person(where: string): Promise<Record<string, string>> {
  const [row] = await owner().unsafe(`
    select m.id, m.name, m.mobile_phone, l.tenant_name, l.tenant_phone, e.employee_name
    from public_security.migrants m
    left join housing.leases l on l.tenant_migrant_id = m.id and l.status = 'IN_FORCE'
    left join labour.employments e on e.employee_id = m.id
    where not m.shielded and m.status = 'ACTIVE' and ${where} order by m.id limit 1`);
  if (!row) throw new Error(`The district has nobody for whom ${where}`);
  return row as Record<string, string>;
}

describe('a value that several departments hold', () => {
  it('is the authority’s; another one is claimed by its holder, and flagged', async () => {
    const one = await person('e.employee_name <> m.name');
    expect(await heldBy('LSS', one.id!, 'name')).toEqual({
      value: one.name,
      source: { store: 'public_security', asOf: expect.stringMatching(/^\d{4}-/) },
      flags: ['SOURCES_DISAGREE'],
      claimed: [
        { value: one.employee_name, source: { store: 'labour', asOf: expect.stringMatching(/^\d{4}-/) } },
      ],
    });
  });

  it('has no flag where all say the same', async () => {
    const one = await person('e.employee_name = m.name and l.id is null');
    const { value, flags, claimed } = await heldBy('LSS', one.id!, 'name');
    expect([value, flags, claimed.map((c) => c.value)]).toEqual([one.name, [], [one.name]]);
  });

  it('is the next department’s where the authority has none', async () => {
    const one = await person('m.mobile_phone is null and l.tenant_phone is not null');
    const { value, source, flags, claimed } = await heldBy('HLR', one.id!, 'mobilePhone');
    expect([value, source.store, flags, claimed]).toEqual([one.tenant_phone, 'housing', [], []]);
  });

  it('is null where nobody holds it', async () => {
    const one = await person('m.mobile_phone is null and l.id is null');
    expect(await heldBy('PSB', one.id!, 'mobilePhone')).toBeNull();
  });

  it('can be a record, which is read by its own rules: where somebody lives', async () => {
    const [moved] = await owner()`
      select m.id, r.dwelling_id as here, p.registered_dwelling_id as before
      from public_security.migrants m
      join public_security.residence_registrations r on r.id = m.current_registration_id
      join permits.residence_permits p on p.holder_id = m.id and p.status = 'ACTIVE'
      where not m.shielded and r.dwelling_id <> p.registered_dwelling_id order by m.id limit 1`;
    const id = (dwelling: string) => Buffer.from(`Dwelling:${dwelling}`).toString('base64url');
    const at = await heldBy('PSB', moved?.id, 'dwelling', 'value { id address { lane } }');
    expect(at.value).toEqual({ id: id(moved?.here), address: { lane: expect.any(String) } });
    expect(at.flags).toEqual(['SOURCES_DISAGREE']);
    expect(
      at.claimed.map(({ value, source }) => [(value as { id: string }).id, source.store]),
    ).toContainEqual([id(moved?.before), 'permits']);
    const [unresolved] = await owner()`
      select m.id, p.registered_dwelling_id as there from public_security.migrants m
      join public_security.residence_registrations r on r.id = m.current_registration_id
      join permits.residence_permits p on p.holder_id = m.id and p.status = 'ACTIVE'
      where not m.shielded and r.dwelling_id is null order by m.id limit 1`;
    const next = await heldBy('PSB', unresolved?.id, 'dwelling', 'value { id }');
    expect([next.value, next.source.store]).toEqual([{ id: id(unresolved?.there) }, 'permits']);
  });

  it('of a marriage is what was registered, for civil affairs; others see the register’s form and nothing else', async () => {
    const rows = await owner()`
      select distinct on (m.marital_status) m.id, m.marital_status as form from public_security.migrants m
      join civil_affairs.marriage_registrations r on r.party_a_id = m.id and r.kind = 'MARRIAGE'
      where not m.shielded and m.status = 'ACTIVE' and m.marital_status in ('MARRIED', 'UNMARRIED')
        and not exists (select 1 from civil_affairs.marriage_registrations b where b.party_b_id = m.id)
      order by m.marital_status, m.id`;
    expect(rows.map(({ form }) => form)).toEqual(['MARRIED', 'UNMARRIED']);
    for (const { id, form } of rows) {
      const registered = await heldBy('CIV', id, 'maritalStatus');
      expect([registered.value, registered.source.store]).toEqual(['MARRIED', 'civil_affairs']);
      expect(registered.claimed.map(({ value, source }) => [value, source.store])).toEqual([
        [form, 'public_security'],
      ]);
      expect(registered.flags).toEqual(form === 'MARRIED' ? [] : ['SOURCES_DISAGREE']);
      expect(await heldBy('PSB', id, 'maritalStatus')).toEqual({
        value: form,
        source: { store: 'public_security', asOf: expect.any(String) },
        flags: [],
        claimed: [],
      });
    }
  });

  it('agrees with a narrower code of the same', () => {
    const claim = (value: string, store: string) => ({ value, source: { store, asOf: null }, isClear: true });
    const { types, document } = expandSdl(productContract().sdl);
    const held = readHoldings(types, document, graph.graph.model).get('Migrant');
    const wider = held?.find(({ name }) => name === 'maritalStatus')?.wider ?? new Map();
    const flags = (form: string) =>
      heldOf([claim('MARRIED', 'civil_affairs'), claim(form, 'public_security')], wider)?.flags;
    expect(flags('FIRST_MARRIAGE')).toEqual([]);
    expect(flags('WIDOWED')).toEqual(['SOURCES_DISAGREE']);
  });

  it('says of every person in a department’s records what the stores say', async () => {
    const { data } = await graph.ask(
      viewerOf('LSS'),
      `{ migrants(first: 100, filter: { employments: { some: {} } }) { nodes { id provenance { ${held('name')} } } } }`,
    );
    const rows = await owner()`
      select m.id, m.name, array_agg(distinct e.employee_name) as names from public_security.migrants m
      join labour.employments e on e.employee_id = m.id group by m.id`;
    const byId = new Map(rows.map((row) => [globalId(row.id), row]));
    const { nodes } = data.migrants as { nodes: { id: string; provenance: { name: Held } }[] };
    expect(nodes).toHaveLength(100);
    for (const { id, provenance } of nodes) {
      const row = byId.get(id);
      expect(provenance.name.value).toBe(row?.name);
      expect(row?.names).toContain(provenance.name.claimed[0]?.value);
      const differs = provenance.name.claimed.some(({ value }) => value !== row?.name);
      expect(provenance.name.flags).toEqual(differs ? ['SOURCES_DISAGREE'] : []);
    }
    expect(nodes.some(({ provenance }) => provenance.name.flags.length > 0)).toBe(true);
  });

  it('takes statements by its holders, not by persons', async () => {
    const count = async (first: number) =>
      (
        await graph.ask(
          viewerOf('LSS'),
          `{ migrants(first: ${first}) { nodes { provenance { ${held('name')} ${held('citizenIdNumber')} } } } }`,
        )
      ).statements.length;
    expect(await count(100)).toBe(await count(5));
  });
});

describe('what others hold', () => {
  it('is not told to a department that may not read it: not the store, not a flag, not a statement', async () => {
    const differs = await person('e.employee_name <> m.name and l.tenant_name = m.name');
    const nobody = await person('e.id is null and l.tenant_name = m.name');
    const [told, plain] = await Promise.all(
      [differs, nobody].map(({ id }) => ask('HLR', id!, `${held('name')} ${held('citizenIdNumber')}`)),
    );
    expect(told?.errors).toEqual([]);
    expect(JSON.stringify(told?.data)).not.toContain('labour');
    expect(told?.data.migrant.provenance.name.flags).toEqual([]);
    expect(told?.data.migrant.provenance.name.claimed.map((c: Claim) => c.source.store)).toEqual(['housing']);
    expect(told?.statements.map((s) => s.store)).toEqual(plain?.statements.map((s) => s.store));
    expect(told?.statements.map((s) => s.store)).not.toContain('labour');
  });

  it('is masked where the viewer sees it masked, and then not compared', async () => {
    const one = await person('l.tenant_name <> m.name');
    const clear = await heldBy('HLR', one.id!, 'name');
    expect(clear.flags).toEqual(['SOURCES_DISAGREE']);
    expect(clear.claimed.map(({ value }) => value)).toContain(one.tenant_name);
    const masked = await heldBy('PSB', one.id!, 'name');
    expect(masked.value).toBe(one.name);
    expect(masked.claimed.map(({ value }) => value)).toEqual([expect.stringMatching(/^\p{Script=Han}\*+$/u)]);
    expect(masked.flags).toEqual([]);
  });

  it('does not take the place of what the register has and the viewer does not see', async () => {
    const { data } = await graph.ask(
      viewerOf('COR'),
      `{ migrants(first: 100) { nodes { citizenIdNumber leases(first: 5) { nodes { tenant { identityNumber } } }
        provenance { ${held('citizenIdNumber')} } } } }`,
    );
    interface Node {
      readonly citizenIdNumber: string | null;
      readonly leases: {
        readonly nodes: readonly { readonly tenant: { identityNumber: string | null } | null }[];
      };
      readonly provenance: { readonly citizenIdNumber: Held | null };
    }
    const nodes = data.migrants.nodes as readonly Node[];
    for (const { citizenIdNumber, provenance } of nodes)
      expect(provenance.citizenIdNumber?.value ?? null).toBe(citizenIdNumber);
    // Or it would prove nothing: the coordinator sees a lessee's number masked of persons who are not in own tasks.
    expect(
      nodes.some(
        (n) => n.citizenIdNumber === null && n.leases.nodes.some(({ tenant }) => tenant?.identityNumber),
      ),
    ).toBe(true);
  });

  it('is refused with the value: null, one entry with the reason, and the rest is there', async () => {
    const [client] = await owner()`
      select subject_id as id from access.links l join public_security.migrants m on m.id = l.subject_id
      where holder = 'PT-WOF' and not m.shielded limit 1`;
    const { data, errors, denied } = await graph.ask(
      viewerOf('WOF'),
      `query ($id: ID!) { migrant(id: $id) { provenance { ${held('name')} ${held('citizenIdNumber')} } } }`,
      { id: globalId(client?.id) },
    );
    expect(data.migrant.provenance).toMatchObject({
      name: { source: { store: 'public_security' } },
      citizenIdNumber: null,
    });
    expect(errors.map((e) => e.path)).toEqual([['migrant', 'provenance', 'citizenIdNumber']]);
    expect(denied).toMatchObject([
      {
        coordinate: 'MigrantProvenance.citizenIdNumber',
        group: 'IDENTITY_NUMBER',
        reason: 'NOT_GRANTED',
      },
    ]);
  });

  it('stays out of the schema of who may not read the value', () => {
    const text = (code: 'WOMENS_FEDERATION' | 'LABOUR') => graph.graph.viewerSchemas.print(code);
    const type = (schema: string) => /type MigrantProvenance[^{]*\{([^}]*)\}/.exec(schema)?.[1] ?? '';
    expect(type(text('LABOUR'))).toContain('citizenIdNumber');
    expect(type(text('WOMENS_FEDERATION'))).toContain('name');
    expect(type(text('WOMENS_FEDERATION'))).not.toContain('citizenIdNumber');
    expect(text('LABOUR')).not.toContain('employments.employeeName');
  });
});

describe('a store that is down', () => {
  let down: TestGraph;
  beforeAll(() => {
    const url = sharedDatabaseUrl();
    down = createTestGraph(url, (store) => (store === 'labour' ? 'postgres://laihu@127.0.0.1:1/none' : url));
  });
  afterAll(() => down?.close());

  it('leaves the values that it may hold null with the reason, and others answered', async () => {
    const one = await person('e.employee_name = m.name and l.tenant_name = m.name');
    const asked = (code: 'LSS' | 'HLR', fields: string) =>
      down.ask(viewerOf(code), `query ($id: ID!) { migrant(id: $id) { name provenance { ${fields} } } }`, {
        id: globalId(one.id!),
      });
    const labour = await asked('LSS', `${held('name')} ${held('mobilePhone')}`);
    expect(labour.data.migrant).toMatchObject({
      name: one.name,
      provenance: { name: null, mobilePhone: { source: { store: 'public_security' } } },
    });
    expect(labour.errors.map(({ path, originalError }) => [path, originalError])).toEqual([
      [['migrant', 'provenance', 'name'], expect.any(StoreUnavailable)],
    ]);
    const housing = await asked('HLR', `${held('name')} ${held('dwelling', 'value { id }')}`);
    expect(housing.errors).toEqual([]);
    expect(housing.data.migrant.provenance).toMatchObject({
      name: { value: one.name },
      dwelling: { source: { store: 'public_security' } },
    });
  });
});

describe('the access log', () => {
  let recorded: RecordedGraph;
  beforeAll(async () => {
    recorded = await createRecordedGraph();
  });
  afterAll(() => recorded?.close());

  it('names the fields of each department that were read for it, and the person', async () => {
    const one = await person('e.employee_name <> m.name');
    const document = `query ($id: ID!) { migrant(id: $id) { provenance { ${held('name')} } } }`;
    await recorded.ask(viewerOf('LSS'), document, { id: globalId(one.id!) });
    const entries = await recorded.entries();
    const coordinates = entries.flatMap((entry) => entry.coordinates);
    expect(coordinates).toContain('MigrantProvenance.name');
    expect(coordinates).toContain('Employment.employeeName');
    // Housing's are refused to labour, and were not read.
    expect(coordinates).not.toContain('Lease.tenant');
    const [token] = recorded.tokens('Migrant', [one.id!]);
    for (const entry of entries) expect(entry.subjects).toContain(token);
  });
});

describe('a declaration', () => {
  const graphWith = (file: string, from: string, to: string) => {
    const contract = productContract();
    const text = readFileSync(join(schemaFolder, file), 'utf8');
    expect(text).toContain(from);
    const sdl = contract.sdl.map((document) =>
      document.loc?.source.name === `schema/${file}` ? parse(text.replace(from, to)) : document,
    );
    return () => createGraph({ ...contract, sdl });
  };

  it.each([
    [
      '"employments.employeeName"',
      '"employments.nothing"',
      /employments\.nothing: Employment has no field nothing/,
    ],
    ['permits(status: ACTIVE)', 'permits(state: ACTIVE)', /ResidencePermit has no field state/],
    ['"leases.tenant.name"', '"leases.tenant"', /does not end at a value/],
    ['"leases.tenant.name"', '"name.tenant"', /name leads to no record/],
  ] as const)('is refused at the start where a path is wrong: %s as %s', (from, to, fault) => {
    expect(graphWith('public-security.graphql', from, to)).toThrow(fault);
  });

  it('is refused in secret records: that there is one is nobody’s to learn by the way', () => {
    const record = '@record(many: "aidCases")';
    const to = `${record} @held(value: "status", by: ["status"])`;
    expect(graphWith('civil-affairs.graphql', record, to)).toThrow(/AidCase, status: status: is secret/);
  });
});
