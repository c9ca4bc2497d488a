import {
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  validateSchema,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import type { Graph } from '../../src/schema.ts';
import { productGraph } from '../support/graph.ts';
import { recordTypes } from './asking/setup.ts';
import { Oracle } from './oracle.ts';
import { orderName } from './reading/contract.ts';

const oracle = new Oracle();
let graph: Graph;
beforeAll(() => {
  graph = productGraph();
});

/** `Type.member` of everything in a schema. */
function coordinatesIn(schema: GraphQLSchema): Set<string> {
  const found = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type)) for (const value of type.getValues()) found.add(`${type.name}.${value.name}`);
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))
      for (const field of Object.keys(type.getFields())) found.add(`${type.name}.${field}`);
  }
  return found;
}

/** Coordinates that the matrix and the SDL give a viewer, read without the product's code. */
function expected(code: ViewerCode): { readonly shown: Set<string>; readonly hidden: Set<string> } {
  const shown = new Set<string>();
  const hidden = new Set<string>();
  const put = (coordinate: string, isShown: boolean) => (isShown ? shown : hidden).add(coordinate);
  for (const name of recordTypes) {
    const type = oracle.type(name);
    const exists = oracle.presence(code, name) !== 'NONE';
    for (const root of [type.one, type.many]) if (root) put(`Query.${root}`, exists);
    put(`${name}.id`, exists);
    for (const field of type.fields.values()) {
      const sight = oracle.sight(code, field);
      const isRelation = field.kind === 'link' || field.kind === 'many';
      const leads = !isRelation || oracle.presence(code, field.target) !== 'NONE';
      const isSecret = oracle.row(field.group).secret;
      const shows =
        sight.kind !== 'DENIED' &&
        sight.kind !== 'SILENT' &&
        !(isSecret && oracle.maskWord(code, field) === 'NULL');
      put(`${name}.${field.name}`, exists && leads && shows);
      if (field.filtered) {
        const isUsable =
          field.kind === 'embed'
            ? field.parts.some((p) => !oracle.argumentRefusal(code, field, oracle.partSight(code, field, p)))
            : !oracle.argumentRefusal(code, field);
        put(`${name}Filter.${field.name}`, exists && leads && isUsable);
      }
      for (const of of field.orders) {
        const other = of === '' ? undefined : oracle.type(field.target).fields.get(of);
        const refused =
          oracle.argumentRefusal(code, field) ?? (other ? oracle.argumentRefusal(code, other) : null);
        put(`${name}OrderField.${orderName(field.name, of)}`, exists && leads && !refused);
      }
    }
  }
  putParts(code, put);
  return { shown, hidden };
}

/** Filters on the parts of value objects: there for who may compare the part where some record is filtered by it. */
function putParts(code: ViewerCode, put: (coordinate: string, isShown: boolean) => void): void {
  const holders = recordTypes
    .filter((name) => oracle.presence(code, name) !== 'NONE')
    .flatMap((name) => [...oracle.type(name).fields.values()]);
  for (const [value, parts] of oracle.values) {
    const held = holders.filter(
      (field) => field.target === value && field.kind === 'embed' && field.filtered,
    );
    // One that a single column holds has no parts to compare.
    const isEmbedded = [...oracle.types.values()].some((type) =>
      [...type.fields.values()].some((field) => field.target === value && field.kind === 'embed'),
    );
    for (const part of isEmbedded ? parts : [])
      put(
        `${value}Filter.${part.name}`,
        held.some((field) => !oracle.argumentRefusal(code, field, oracle.partSight(code, field, part))),
      );
  }
}

const codes = viewers.map((v) => v.code);
const schemaOf = (code: ViewerCode) => graph.viewerSchemas.of(viewers.find((v) => v.code === code)!.name);

describe('the schema that a viewer is shown', () => {
  it.each(codes)('%s: is valid', (code) => {
    expect(validateSchema(schemaOf(code))).toEqual([]);
  });

  it.each(codes)('%s: holds what it may ever read, filter or order by, and nothing else', (code) => {
    const found = coordinatesIn(schemaOf(code));
    const { shown, hidden } = expected(code);
    // A type that no way leads to is not shown, though its fields could be.
    const lost = [...shown].filter((c) => !found.has(c) && schemaOf(code).getType(c.split('.')[0] ?? ''));
    expect(lost).toEqual([]);
    expect([...hidden].filter((c) => found.has(c))).toEqual([]);
  });

  it('some part of a value object can be compared by one viewer and is hidden from another who compares its neighbours', () => {
    const road = codes.filter((code) => coordinatesIn(schemaOf(code)).has('AddressFilter.road'));
    const subdistrict = codes.filter((code) =>
      coordinatesIn(schemaOf(code)).has('AddressFilter.subdistrictCode'),
    );
    expect(road).toContain('PSB');
    expect(subdistrict.filter((code) => !road.includes(code))).toContain('CSO');
  });

  it('each coordinate that is hidden from somebody is shown to somebody, or masked for all', () => {
    const shown = new Set(codes.flatMap((code) => [...expected(code).shown]));
    const never = [...new Set(codes.flatMap((code) => [...expected(code).hidden]))].filter(
      (c) => !shown.has(c),
    );
    // Arguments on values that nobody sees in clear in every row.
    expect(never.filter((c) => !/Filter\.|OrderField\./.test(c))).toEqual([]);
  });

  it.each(codes)('%s: has no trace of secret records without the right to them', (code) => {
    const text = graph.viewerSchemas.print(viewers.find((v) => v.code === code)!.name);
    for (const name of recordTypes) {
      if (!oracle.isSecret(name) || oracle.presence(code, name) !== 'NONE') continue;
      const { one, many } = oracle.type(name);
      for (const word of [name, one, many]) if (word) expect(text).not.toMatch(new RegExp(`\\b${word}`));
    }
  });

  it.each(codes)('%s: no type is there that nothing uses', (code) => {
    const schema = schemaOf(code);
    const used = new Set<string>(['Query', 'Mutation']);
    for (const type of Object.values(schema.getTypeMap())) {
      if ('getFields' in type)
        for (const field of Object.values(type.getFields())) {
          used.add(String(getNamedType(field.type)));
          if ('args' in field) for (const { type: of } of field.args) used.add(String(getNamedType(of)));
        }
      if (isObjectType(type)) for (const i of type.getInterfaces()) used.add(i.name);
    }
    for (const d of schema.getDirectives()) for (const a of d.args) used.add(String(getNamedType(a.type)));
    const unused = Object.values(schema.getTypeMap()).filter(
      (type) => !used.has(type.name) && !type.name.startsWith('__') && !implementsNode(schema, type.name),
    );
    expect(unused.map((type) => type.name)).toEqual([]);
  });

  it('says nowhere which hidden fields a value comes from, or how it is stored', () => {
    const text = graph.viewerSchemas.print('HEALTH');
    for (const directive of ['@computed', '@link', '@many', '@embed', '@record', '@filter', '@order'])
      expect(text).not.toContain(directive);
    expect(() => parse(text)).not.toThrow();
  });

  it('holds no data in its descriptions', () => {
    const text = graph.viewerSchemas.print('PUBLIC_SECURITY');
    expect(text).not.toMatch(/\d{11,}|\b1[3-9]\d{9}\b/);
  });
});

function implementsNode(schema: GraphQLSchema, name: string): boolean {
  const node = schema.getType('Node');
  return isInterfaceType(node) && schema.getPossibleTypes(node).some((type) => type.name === name);
}
