import {
  type GraphQLInputObjectType,
  type GraphQLScalarType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isScalarType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordModel } from '../../src/contract/model/record.ts';
import { filterUses } from '../../src/contract/policy/arguments.ts';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, productGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// Every comparison of the contract, at the edges of what its type and its column hold.

const product = productGraph();
let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph?.close());

/** Values that a careless client sends, by scalar: the edges of GraphQL, of the columns, and of PostgreSQL itself. */
const edges: Readonly<Record<string, readonly unknown[]>> = {
  Int: [-2147483648, -1, 0, 1, 32767, 32768, 4000001, 2147483647],
  Boolean: [true, false],
  Float: [-1.7976931348623157e308, -0.5, 0, 5e-324, 1.7976931348623157e308],
  Money: [
    '-999999999999.99',
    '0',
    '0.005',
    '999999999999.99',
    '9999999999999.99',
    '1e400',
    'NaN',
    '92233720368547758.07',
  ],
  Decimal: [
    '-999999999999999',
    '0',
    '0.000001',
    '96.164',
    '1000000',
    '999999999999999.999999',
    '1e9',
    'NaN',
    'Infinity',
  ],
  Date: [
    '0001-01-01',
    '0000-12-31',
    '2007-02-29',
    '9999-12-31',
    '10000-01-01',
    'infinity',
    '-0001-01-01',
    'today',
  ],
  DateTime: [
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00+00:01',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59.999999Z',
    '9999-12-31T23:59:59-01:00',
    '9999-12-31T24:00:00Z',
    '2007-03-01T08:00:00.123456+05:45',
    '2007-03-01T08:00:00+23:59',
    '2007-03-01T08:00:00+99:99',
    '2007-03-01T23:59:60Z',
    'infinity',
  ],
  Month: ['0001-01', '0000-01', '9999-12', '2007-13'],
  String: [
    '',
    ' ',
    '%',
    '_',
    '\\',
    "'",
    '"',
    '{',
    '}',
    ',',
    'NULL',
    'x'.repeat(5000),
    '\u{20000}',
    '{"a"}',
    '\u0001',
  ],
  DivisionCode: ['310107', '３１０１０７', '310107015', '999999', '310107\u0000'],
  CitizenId: [
    '11010519491231002X',
    '11010519491231002x',
    '１１０１０５１９４９１２３１００２Ｘ',
    '11010519491231002×',
    '1'.repeat(18),
    '1'.repeat(15),
  ],
  OrgCode: ['PDY00001X', 'PDY00001-X', 'x'],
  RegNo: ['310107000000012', '３１０１０７０００００００１２', '0'],
};
const codeOf = (error: unknown) => (error as { extensions?: { code?: string } }).extensions?.code;

/** Every filterable field of a record type with the input of its comparison. */
function comparisonsOf(record: RecordModel): [field: string, input: GraphQLInputObjectType][] {
  const filter = product.bare.getType(`${record.name}Filter`) as GraphQLInputObjectType;
  return Object.values(filter.getFields()).flatMap(({ name, type }) => {
    const field = record.fields.get(name);
    return isInputObjectType(type) && ['column', 'computed', 'embed', 'id'].includes(field?.kind ?? '')
      ? [[name, type] as [string, GraphQLInputObjectType]]
      : [];
  });
}

/** The comparisons below a field: `{ eq: v }` for each operator and value; a value object's are one level deeper. */
function conditionsOf(input: GraphQLInputObjectType, ids: readonly string[]): object[] {
  return Object.values(input.getFields()).flatMap(({ name, type }): object[] => {
    const named = getNamedType(type);
    if (isInputObjectType(named)) return conditionsOf(named, ids).map((inner) => ({ [name]: inner }));
    const values = isEnumType(named)
      ? named.getValues().map((value) => value.name)
      : named.name === 'ID'
        ? ids
        : accepted(named as GraphQLScalarType);
    return String(type).startsWith('[')
      ? [{ [name]: values }, { [name]: [] }]
      : values.map((value) => ({ [name]: value }));
  });
}

/** The edges that the scalar takes; the others it refuses as BAD_VALUE, or GraphQL itself does. */
function accepted(scalar: GraphQLScalarType): unknown[] {
  return edges[scalar.name]!.filter((value) => {
    try {
      scalar.parseValue(value);
      return true;
    } catch (error) {
      if (!['String', 'Int', 'Float', 'Boolean'].includes(scalar.name))
        expect(codeOf(error)).toBe('BAD_VALUE');
      return false;
    }
  });
}

/** Somebody who may compare a field in all rows that it sees. */
function whoCompares(record: RecordModel, filter: object): ViewerCode | undefined {
  return viewers.find(
    ({ name }) =>
      record.access[name].rows !== 'NONE' &&
      filterUses(product.accessPlan, record, filter, name).every(({ denial }) => denial === null),
  )?.code;
}

const records = [...product.model.values()].filter(({ many }) => many);

describe('a value at the edge of what a column holds', () => {
  it.each(records.map((record) => [record.name, record] as const))(
    'matches or does not, and is never a fault of ours: %s',
    async (_, record) => {
      const problems: string[] = [];
      const key = record.keyType === 'uuid' ? '01900000-0000-7000-8000-000000000015' : 'x';
      for (const [name, input] of comparisonsOf(record)) {
        const conditions = conditionsOf(input, [encodeNodeId(record.name, key)]);
        // A code of a place that is not there is refused with the whole filter, so each is asked for alone.
        const isPlace = /^(subdistrict|station|neighbourhood)Code$/.test(name);
        // A filter takes a hundred conditions.
        const atOnce = isPlace ? 1 : 50;
        for (let at = 0; at < conditions.length; at += atOnce) {
          const filter = {
            or: conditions.slice(at, at + atOnce).map((condition) => ({ [name]: condition })),
          };
          const code = whoCompares(record, filter);
          if (!code) continue;
          const { errors } = await graph.ask(
            viewerOf(code),
            `query ($filter: ${record.name}Filter) { ${record.many}(first: 1, filter: $filter) { nodes { id } totalCount } }`,
            { filter },
          );
          const faults = errors.filter(({ extensions }) => !isPlace || extensions.code !== 'OUT_OF_SCOPE');
          problems.push(...faults.map((error) => `${record.name}.${name}: ${error.message}`));
        }
      }
      expect(problems).toEqual([]);
    },
  );

  it('is compared exactly: no operand is rounded to the scale of the column', async () => {
    const problems: string[] = [];
    let compared = 0;
    for (const record of records)
      for (const field of record.fields.values()) {
        if (field.kind !== 'column' || field.type !== 'Decimal') continue;
        const input = (product.bare.getType(`${record.name}Filter`) as GraphQLInputObjectType).getFields();
        if (!input[field.name]) continue;
        const code = whoCompares(record, { [field.name]: { eq: '1' } });
        if (!code) continue;
        const ask = async (filter: object) => {
          const { data, errors } = await graph.ask(
            viewerOf(code),
            `query ($f: ${record.name}Filter) { l: ${record.many}(first: 1, filter: $f) { nodes { v: ${field.name} } totalCount } }`,
            { f: { [field.name]: filter } },
          );
          expect(errors).toEqual([]);
          return data.l;
        };
        const shown = (await ask({ isNull: false })).nodes[0]?.v;
        if (shown === undefined) continue;
        compared++;
        const beside = `${shown.includes('.') ? shown : `${shown}.`}${'0'.repeat(6 - (shown.split('.')[1]?.length ?? 0) - 1)}1`;
        const counts = {
          itself: (await ask({ eq: shown })).totalCount > 0,
          beside: (await ask({ eq: beside })).totalCount,
          amongThoseBeside: (await ask({ in: [beside] })).totalCount,
          // Nothing lies between a value and the next millionth.
          upTo: (await ask({ to: shown })).totalCount === (await ask({ to: beside })).totalCount,
          from: (await ask({ from: shown })).totalCount > (await ask({ from: beside })).totalCount,
        };
        const right = { itself: true, beside: 0, amongThoseBeside: 0, upTo: true, from: true };
        if (JSON.stringify(counts) !== JSON.stringify(right))
          problems.push(`${record.name}.${field.name} = ${shown}: ${JSON.stringify(counts)}`);
      }
    expect(problems).toEqual([]);
    expect(compared).toBeGreaterThan(3);
  });

  it('is found by what an answer shows of it: every instant', async () => {
    const problems: string[] = [];
    let compared = 0;
    for (const record of records)
      for (const field of record.fields.values()) {
        if (field.kind !== 'column' || field.type !== 'DateTime') continue;
        const input = (product.bare.getType(`${record.name}Filter`) as GraphQLInputObjectType).getFields();
        if (!input[field.name]) continue;
        const code = whoCompares(record, { [field.name]: { eq: 'x' } });
        if (!code) continue;
        const ask = (filter: object) =>
          graph.ask(
            viewerOf(code),
            `query ($f: ${record.name}Filter) { l: ${record.many}(first: 5, filter: $f) { nodes { id v: ${field.name} } } }`,
            { f: { [field.name]: filter } },
          );
        for (const { id, v } of (await ask({ isNull: false })).data.l.nodes) {
          compared++;
          for (const filter of [{ eq: v }, { in: [v] }, { from: v, to: v }]) {
            const found = (await ask(filter)).data.l.nodes;
            if (!found.some((row: { id: string }) => row.id === id) && found.length < 5)
              problems.push(`${record.name}.${field.name} ${v} is not found by ${JSON.stringify(filter)}`);
          }
        }
      }
    expect(problems).toEqual([]);
    expect(compared).toBeGreaterThan(10);
  });
});

describe('a text that no column can hold', () => {
  it.each(['\u0000', '王\u0000伟', '\ud800', '\udc00王'])(
    'is BAD_VALUE, whatever compares it: %j',
    async (text) => {
      for (const filter of [
        { name: { eq: text } },
        { name: { in: ['王伟', text] } },
        { not: { name: { startsWith: text } } },
        { subdistrictCode: { startsWith: text } },
        { registrations: { some: { address: { road: { contains: text } } } } },
      ])
        await expect(
          graph.ask(
            viewerOf('PSB'),
            'query ($f: MigrantFilter) { migrants(first: 1, filter: $f) { nodes { id } } }',
            { f: filter },
          ),
        ).rejects.toMatchObject({ extensions: { code: 'BAD_VALUE' } });
    },
  );
});

describe('null', () => {
  const refusal = async (record: RecordModel, filter: object) => {
    try {
      const { errors } = await graph.ask(
        viewerOf('HLR'),
        `query ($f: ${record.name}Filter) { ${record.many}(first: 1, filter: $f) { nodes { id } } }`,
        { f: filter },
      );
      return errors[0];
    } catch (error) {
      return error;
    }
  };

  it('is no operand anywhere: every comparison refuses it as BAD_VALUE and says what to use', async () => {
    const missing: string[] = [];
    for (const record of records) {
      const filter = product.bare.getType(`${record.name}Filter`) as GraphQLInputObjectType;
      const all: object[] = Object.keys(filter.getFields()).map((name) => ({ [name]: null }));
      for (const { name, type } of Object.values(filter.getFields())) {
        const input = getNamedType(type);
        if (!isInputObjectType(input) || input === filter) continue;
        for (const inner of Object.values(input.getFields())) {
          all.push({ [name]: { [inner.name]: null } });
          const below = getNamedType(inner.type);
          if (isInputObjectType(below) && !below.name.startsWith(record.name) && below.getFields().eq)
            all.push({ [name]: { [inner.name]: { eq: null } } });
        }
      }
      for (const one of all)
        for (const filter of [one, { not: { or: [{ and: [one] }] } }]) {
          const error = (await refusal(record, filter)) as
            | { message: string; extensions: object }
            | undefined;
          if (codeOf(error) !== 'BAD_VALUE' || !/isNull/.test(error?.message ?? ''))
            missing.push(`${record.name} ${JSON.stringify(filter)}: ${codeOf(error)}`);
        }
    }
    expect(missing).toEqual([]);
  });

  it('is told from what is left out, which is no condition', async () => {
    const all = 'query ($n: String) { migrants(first: 0, filter: { name: { eq: $n } }) { totalCount } }';
    const count = async (document: string, variables = {}) =>
      (await graph.ask(viewerOf('PSB'), document, variables)).data.migrants.totalCount;
    const everybody = await count('{ migrants(first: 0) { totalCount } }');
    expect(everybody).toBeGreaterThan(1000);
    expect(await count(all)).toBe(everybody);
    expect(await count('{ migrants(first: 0, filter: { name: {} }) { totalCount } }')).toBe(everybody);
    expect(await count('{ migrants(first: 0, filter: {}) { totalCount } }')).toBe(everybody);
    await expect(graph.ask(viewerOf('PSB'), all, { n: null })).rejects.toMatchObject({
      extensions: { code: 'BAD_VALUE', coordinate: 'MigrantFilter.name.eq' },
    });
  });

  it('says nothing of what is secret: everybody is refused it alike', async () => {
    const document = '{ womenRightsCases(first: 1, filter: { caseNo: { eq: null } }) { nodes { id } } }';
    for (const code of ['WOF', 'HLR'] as const)
      await expect(graph.ask(viewerOf(code), document)).rejects.toMatchObject({
        extensions: { code: 'BAD_VALUE' },
      });
  });
});

describe('scalars of the contract', () => {
  it('all have edges here', () => {
    const compared = Object.values(product.bare.getTypeMap()).filter(
      (type) => isScalarType(type) && product.bare.getType(`${type.name}Filter`),
    );
    expect(compared.map(({ name }) => name).filter((name) => name !== 'ID' && !edges[name])).toEqual([]);
  });
});
