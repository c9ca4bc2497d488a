import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { getTableName, type SQL, sql } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import {
  type DocumentNode,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  Source,
} from 'graphql';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../src/contract/tables/matrix.ts';
import type { ScopedDepartment } from '../../src/departments/department.ts';
import { leases } from '../../src/departments/housing/tables.ts';
import type { viewers } from '../../src/identity/viewers.ts';
import { type Contract, createGraph, productContract } from '../../src/schema.ts';
import { connectTo } from '../../src/store/connect.ts';
import { sharedDatabaseUrl } from '../support/database.ts';

const graph = createGraph();
const types = Object.values(graph.bare.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

/** Every coordinate of a type with its description. */
function described(type: GraphQLNamedType): [string, string | null | undefined][] {
  const out: [string, string | null | undefined][] = [[type.name, type.description]];
  if (isEnumType(type)) for (const v of type.getValues()) out.push([`${type.name}.${v.name}`, v.description]);
  if (isInputObjectType(type))
    for (const f of Object.values(type.getFields())) out.push([`${type.name}.${f.name}`, f.description]);
  if (isObjectType(type) || isInterfaceType(type))
    for (const field of Object.values(type.getFields())) {
      out.push([`${type.name}.${field.name}`, field.description]);
      for (const arg of field.args) out.push([`${type.name}.${field.name}(${arg.name}:)`, arg.description]);
    }
  return out;
}

describe('the contract', () => {
  it('describes every type, field, argument and enum value', () => {
    const bare = types.flatMap(described).filter(([, text]) => !text?.trim());
    expect(bare.map(([coordinate]) => coordinate)).toEqual([]);
    const directives = graph.bare.getDirectives().filter((d) => !d.description);
    expect(directives.map((d) => d.name)).toEqual([]);
  });

  it('gives the Chinese term of every record type and every enum that departments wrote', () => {
    const written = types.filter(
      (type) => graph.model.has(type.name) || (isEnumType(type) && !type.name.endsWith('OrderField')),
    );
    expect(written.filter((t) => !/\p{Script=Han}/u.test(t.description ?? '')).map((t) => t.name)).toEqual(
      // The 59 rows of the matrix have their Chinese terms each.
      ['FieldGroup', 'Mask', 'Sensitivity'].filter(
        (name) => !/\p{Script=Han}/u.test(graph.bare.getType(name)?.description ?? ''),
      ),
    );
  });

  it('is the printed schema that was reviewed', async () => {
    await expect(`${printSchemaWithDirectives(graph.bare)}\n`).toMatchFileSnapshot('./schema.graphql');
  });
});

/** Of several departments: each kind of case takes some of the states, each inspection some kinds of place. */
const sharedEnums = ['CaseStatus', 'PlaceKind'];

describe('the enums of the contract', () => {
  let sql: postgres.Sql;
  beforeAll(() => {
    sql = connectTo(sharedDatabaseUrl(), { max: 1 });
  });
  afterAll(() => sql?.end());

  it('have the values that the tables take, where a table checks them', async () => {
    const checks = await codeChecks(sql);
    const compared: string[] = [];
    for (const record of graph.model.values()) {
      const { schema } = getTableConfig(record.source.table);
      const table = `${schema}.${getTableName(record.source.table)}`;
      const columns = [...record.fields.values()].flatMap((field) => {
        if (field.kind === 'column')
          return [{ at: field.rule.coordinate, type: field.type, column: field.column }];
        if (field.kind !== 'embed') return [];
        const value = graph.bare.getType(field.type);
        return field.parts.map((part) => ({
          at: `${field.rule.coordinate}.${part.name}`,
          type: String(isObjectType(value) ? value.getFields()[part.name]?.type : ''),
          column: part.column,
        }));
      });
      for (const { at, type, column } of columns) {
        const named = graph.bare.getType(type.replace(/[[\]!]/g, ''));
        const codes = checks.get(`${table}.${column.name}`);
        if (!isEnumType(named) || !codes) continue;
        compared.push(at);
        // A type over a part of a table may leave values out; it may not have one that the table refuses.
        const values = named.getValues().map((v) => v.name);
        if (sharedEnums.includes(named.name)) expect(values, at).toEqual(expect.arrayContaining(codes));
        else if (record.source.where) expect(codes, at).toEqual(expect.arrayContaining(values));
        else expect(values.toSorted(), at).toEqual(codes.toSorted());
      }
    }
    expect(compared.length).toBeGreaterThan(30);
  });

  it('are checked by the table of every column that holds one', async () => {
    const checks = await codeChecks(sql);
    const unchecked: string[] = [];
    for (const record of graph.model.values()) {
      const { schema } = getTableConfig(record.source.table);
      const table = `${schema}.${getTableName(record.source.table)}`;
      for (const field of record.fields.values())
        if (field.kind === 'column' && isEnumType(graph.bare.getType(field.type)))
          if (!checks.has(`${table}.${field.column.name}`)) unchecked.push(field.rule.coordinate);
    }
    // Its codes are checked by kind of task, in a check of two columns.
    // The groups of grants are the rows of the matrix, which the start-up check compares with the enum.
    const elsewhere = ['CoordinatorTask.result', 'AccessGrant.fieldGroup'];
    // The access log is written by the program alone, and read through a view.
    const left = unchecked.filter((at) => !elsewhere.includes(at) && !at.startsWith('AccessLogEntry.'));
    expect(left).toEqual([]);
  });
});

/** The codes that check constraints allow, by schema.table.column. */
async function codeChecks(sql: postgres.Sql): Promise<Map<string, string[]>> {
  const rows = await sql<{ place: string; text: string }[]>`
    select format('%s.%s.%s', n.nspname, c.relname, a.attname) as place, pg_get_constraintdef(k.oid) as text
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where k.contype = 'c' and array_length(k.conkey, 1) = 1`;
  const codes = new Map<string, string[]>();
  for (const { place, text } of rows) {
    const values = [...text.matchAll(/'([A-Z][A-Z0-9_]*)'/g)].map((match) => match[1] ?? '');
    // Of several checks of one column the list of codes is the longest.
    if (values.length > (codes.get(place)?.length ?? 0)) codes.set(place, [...new Set(values)]);
  }
  return codes;
}

describe('a graph is not made of a contract in which', () => {
  const product = productContract();

  /** The product with one more SDL file, and changes. */
  const withSdl = (sdl: string, changes: Partial<Contract> = {}): Contract => ({
    ...product,
    ...changes,
    sdl: [...product.sdl, parse(new Source(sdl, 'schema/faulty.graphql'))],
  });

  /** The product with the text of its own SDL changed; it must have been there. */
  function edited(from: string, to: string): Contract {
    let found = false;
    const sdl = product.sdl.map((document): DocumentNode => {
      const source = document.loc?.source;
      if (!source?.body.includes(from)) return document;
      found = true;
      return parse(new Source(source.body.replace(from, to), source.name));
    });
    if (!found) throw new Error(`No SDL file has ${from}`);
    return { ...product, sdl };
  }

  const department = (changes: (department: ScopedDepartment) => ScopedDepartment): Contract => ({
    ...product,
    departments: product.departments.map(changes),
  });

  const faultsOf = (contract: Contract): string => {
    try {
      createGraph(contract);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('nothing is wrong: that one is made', () => {
    expect(faultsOf(product)).toBe('');
    expect(faultsOf(withSdl('"Nobody uses it (无)." enum Unused { "One." ONE }'))).toBe('');
  });

  it('a field is in no group', () => {
    const sdl = `"Bare." type Bare @record { "Name." name: String }`;
    expect(faultsOf(withSdl(sdl))).toContain('Bare.name');
  });

  it('a group has no row in the matrix', () => {
    const matrix = new Map([...product.matrix].filter(([name]) => name !== 'LEASE_TERMS'));
    expect(faultsOf({ ...product, matrix })).toMatch(
      /Lease\.monthlyRent.*LEASE_TERMS|LEASE_TERMS[\s\S]*Lease\.monthlyRent/,
    );
  });

  it('a field that somebody may be denied is non-null', () => {
    const faults = faultsOf(edited('monthlyRent: Money', 'monthlyRent: Money!'));
    expect(faults).toMatch(/^Lease\.monthlyRent: is non-null, but .*LSS.* may be denied it$/m);
  });

  it('a non-null field becomes deniable by a change of the matrix', () => {
    const organisation = product.matrix.get('PUBLISHED');
    if (!organisation) throw new Error('No group PUBLISHED.');
    const cells = new Map([...organisation.cells].filter(([viewer]) => viewer !== 'LABOUR')) as ReadonlyMap<
      (typeof viewers)[number]['name'],
      Cell
    >;
    const open = edited(
      'many: "orgUnits") @group(is: ORGANISATION) @class(is: PUBLIC)',
      'many: "orgUnits") @group(is: PUBLISHED) @class(is: INTERNAL)',
    );
    expect(faultsOf(open)).toBe('');
    const matrix = new Map(product.matrix).set('PUBLISHED', { ...organisation, cells });
    expect(faultsOf({ ...open, matrix })).toMatch(/^OrgUnit\.name: is non-null, but LSS may be denied it$/m);
  });

  it('a record has no table', () => {
    const sdl = `"Lost." type Lost @record @group(is: ORGANISATION) @class(is: INTERNAL) { "Name." name: String }`;
    expect(faultsOf(withSdl(sdl))).toMatch(/^Lost: no department says where it is stored$/m);
    const without = department((d) =>
      d.store === 'housing'
        ? { ...d, records: Object.fromEntries(Object.entries(d.records).filter(([n]) => n !== 'Lease')) }
        : d,
    );
    expect(faultsOf(without)).toMatch(/^Lease: no department says where it is stored$/m);
  });

  it('a field has no column', () => {
    expect(faultsOf(edited('monthlyRent: Money', 'monthlyRentt: Money'))).toMatch(/^Lease\.monthlyRentt: /m);
  });

  it('an open record leads to secret ones', () => {
    const sdl = `extend type OrgUnit { "Cases." policeCases: PoliceCaseConnection @many(by: "stationId") @group(is: ORGANISATION) }`;
    expect(faultsOf(withSdl(sdl))).toContain('OrgUnit.policeCases: leads from an open record to secret ones');
  });

  it('an open record links to a secret one', () => {
    const link = `extend type Dwelling { "Case." policeCase: PoliceCase @link(by: "id") @group(is: DWELLING_FACTS) }`;
    expect(faultsOf(withSdl(link))).toContain('Dwelling.policeCase');
  });

  it.each([
    'riskLevel',
    'isSuspicious',
    'watchList',
    'blacklisted',
    'keyPerson',
    'likelihoodOfLeaving',
    'profile',
  ])('a field would predict about a person: %s', (name) => {
    const sdl = `extend type Migrant { "Word." ${name}: String @group(is: IDENTITY_BASICS) @computed(from: ["name"]) }`;
    const computed = department((d) => {
      const migrant = d.records.Migrant;
      if (!migrant) return d;
      const some = Object.values(migrant.computed ?? {})[0];
      if (!some) throw new Error('Migrant computes nothing.');
      return {
        ...d,
        records: { ...d.records, Migrant: { ...migrant, computed: { ...migrant.computed, [name]: some } } },
      };
    });
    expect(faultsOf(withSdl(sdl, { departments: computed.departments }))).toMatch(
      new RegExp(`^Migrant\\.${name}: no field may predict about a person$`, 'm'),
    );
  });

  it('a type or an argument would predict about a person', () => {
    const type = 'type KeyPerson @value @class(is: INTERNAL) { "Word." name: String }';
    expect(faultsOf(withSdl(type))).toMatch(/^KeyPerson: no type may predict about a person$/m);
    const day = 'isFiledOn("The day (日期)." date: Date!';
    expect(faultsOf(edited(day, `${day}, "Word." suspicionAbove: Int`))).toMatch(
      /^Lease\.isFiledOn\(suspicionAbove\): no argument may predict about a person$/m,
    );
  });

  it.each([
    ['ethnicity: Ethnicity @group(is: ETHNICITY)', 'ethnicity'],
    ['hukouType: HukouType @group(is: HOUSEHOLD_REGISTRATION)', 'hukouType'],
  ])('groups of people could be filtered on: %s', (field, name) => {
    for (const directive of ['@filter', '@order'])
      expect(faultsOf(edited(field, `${field} ${directive}`))).toMatch(
        new RegExp(`^Migrant\\.${name}: .*never filters or orders$`, 'm'),
      );
  });

  it('what is no stored record would be a filter or an order', () => {
    for (const directive of ['@filter', '@order'])
      expect(faultsOf(edited('ageBand: AgeBand', `ageBand: AgeBand ${directive}`))).toMatch(
        /^StatisticCell\.ageBand: no records are filtered or ordered by it$/m,
      );
  });

  it('a field has no description, and all faults are named at once', () => {
    const sdl = `extend type Lease { undescribed: String @group(is: LEASE_STATUS) @computed(from: ["contractNo"]) }`;
    const faults = faultsOf(withSdl(sdl));
    expect(faults).toContain('Lease.undescribed');
    const two = edited('monthlyRent: Money', 'monthlyRent: Money!');
    const both = faultsOf({ ...two, sdl: [...two.sdl.map((d) => d)] });
    expect(both).toContain('Lease.monthlyRent');
  });

  /** One more derived field of a lease; its expression reads nothing that is not named, unless it is given. */
  const derived = (name: string, field: string, expression: SQL = sql`''`): Contract => {
    const sdl = `extend type Lease { "Derived (派生)." ${name}: String ${field} }`;
    const { departments } = department((d) => {
      const lease = d.records.Lease;
      if (!lease) return d;
      const some = () => expression;
      return {
        ...d,
        records: { ...d.records, Lease: { ...lease, computed: { ...lease.computed, [name]: some } } },
      };
    });
    return withSdl(sdl, { departments });
  };

  it('a derived field is seen more widely than what it is computed from, and no reason is given', () => {
    const wider = (more: string) =>
      faultsOf(
        derived(
          'rentText',
          `@computed(from: ["monthlyRent"]${more}) @group(is: LEASE_STATUS) @class(is: INTERNAL)`,
        ),
      );
    expect(wider('')).toMatch(
      /^Lease\.rentText: .*STN.*SUB.* would see more of it than of Lease\.monthlyRent; narrow its group, or give the reason in `because`$/m,
    );
    expect(wider('')).not.toMatch(/Lease\.rentText: .*HLR/);
    expect(wider(', because: "yes"')).toContain('Lease.rentText: `because` must say in a sentence');
    expect(wider(', because: "A text that tells nothing of the rent."')).toBe('');
    const narrow = '@computed(from: ["monthlyRent"]) @group(is: LEASE_TERMS) @class(is: SENSITIVE)';
    expect(faultsOf(derived('rentText', narrow))).toBe('');
  });

  it.each([
    ['a part of a value object', '["landlord.identityNumber"]', 'Lease.landlord'],
    ['a value object', '["landlord"]', 'Lease.landlord'],
    ['several fields, one of them narrower', '["contractNo", "monthlyRent"]', 'Lease.monthlyRent'],
    ['what is shown in own rows only', '["startsOn"]', 'Lease.startsOn'],
  ])('a derived field is wider than %s', (_what, from, input) => {
    const field = `@computed(from: ${from}) @group(is: LEASE_STATUS) @class(is: INTERNAL)`;
    const fault = faultsOf(derived('text', field));
    expect(fault).toMatch(/^Lease\.text: .* would see more of it than of /m);
    expect(fault).toContain(input);
  });

  it.each([
    ['a field that is not there', '["nothing"]', 'which is no field of Lease'],
    ['a part that is not there', '["landlord.shoeSize"]', 'which is no field of Party'],
    ['itself', '["text"]', 'is computed from itself'],
    ['nothing', '[]', 'names no field'],
  ])('a derived field is computed from %s', (_what, from, fault) => {
    expect(faultsOf(derived('text', `@computed(from: ${from}) @class(is: INTERNAL)`))).toContain(fault);
  });

  it('a derived field reads what it does not name', () => {
    const named = '@computed(from: ["contractNo"]) @group(is: LEASE_TERMS) @class(is: SENSITIVE)';
    expect(faultsOf(derived('text', named, sql`${leases.contractNo} || ${leases.monthlyRent}`))).toContain(
      'Lease.text: reads monthly_rent, which @computed does not name',
    );
    expect(faultsOf(derived('text', named, sql`lower(${leases.contractNo})`))).toBe('');
  });

  it('a type is two things at once', () => {
    const both = '"Both (两者)." type Both @value @metadata @class(is: INTERNAL) { "Any." any: String }';
    expect(faultsOf(withSdl(both))).toContain('Both: is @value and @metadata');
  });

  it('a derived field is computed from a derived one, and so from what is below that', () => {
    const inner = derived(
      'inner',
      '@computed(from: ["monthlyRent"]) @group(is: LEASE_TERMS) @class(is: SENSITIVE)',
    );
    const outer = `extend type Lease { "Outer (外)." outer: String @computed(from: ["inner"]) @class(is: INTERNAL) }`;
    const { departments } = inner;
    const both = {
      ...inner,
      departments: departments.map((d) => {
        const lease = d.records.Lease;
        const some = lease?.computed?.inner;
        if (!lease || !some) return d;
        return {
          ...d,
          records: { ...d.records, Lease: { ...lease, computed: { ...lease.computed, outer: some } } },
        };
      }),
      sdl: [...inner.sdl, parse(new Source(outer, 'schema/outer.graphql'))],
    };
    expect(faultsOf(both)).toMatch(/^Lease\.outer: .* would see more of it than of .*Lease\.monthlyRent/m);
  });

  it('a field of a value object is derived', () => {
    const sdl = `extend type Party { "Initial (首字)." initial: String @computed(from: ["name"]) }`;
    expect(faultsOf(withSdl(sdl))).toContain(
      "Party.initial: only fields of records are derived; a value object's fields are stored",
    );
  });

  it('filters and orders on a derived field go by its inputs too', () => {
    const contract = derived(
      'rentText',
      '@computed(from: ["monthlyRent"]) @group(is: LEASE_TERMS) @class(is: SENSITIVE) @filter @order',
    );
    const { viewerSchemas } = createGraph(contract);
    const has = (viewer: 'HOUSING' | 'POLICE_STATION', type: string, member: string) => {
      const found = viewerSchemas.of(viewer).getType(type);
      if (isInputObjectType(found)) return member in found.getFields();
      return isEnumType(found) && found.getValue(member) !== undefined;
    };
    expect(has('HOUSING', 'LeaseFilter', 'rentText')).toBe(true);
    expect(has('HOUSING', 'LeaseOrderField', 'RENT_TEXT')).toBe(true);
    expect(has('POLICE_STATION', 'LeaseFilter', 'rentText')).toBe(false);
    expect(has('POLICE_STATION', 'LeaseOrderField', 'RENT_TEXT')).toBe(false);
  });

  it('an extension has no type, or a field is written twice', () => {
    expect(faultsOf(withSdl('extend type Nobody { "X." x: Int }'))).toContain(
      'schema/faulty.graphql: extends Nobody',
    );
    expect(faultsOf(withSdl('extend type Lease { "X." monthlyRent: Int }'))).toContain(
      'Lease.monthlyRent is already defined',
    );
  });
});
