import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { getRecord, type Model, type RecordField, type RecordModel } from '../../contract/model/record.ts';
import { computedProperty } from '../reads/computed-places.ts';
import { selectionOf } from '../reads/selection.ts';
import { type Collected, collectFields } from './collect.ts';
import type { FusibleGraph } from './plan.ts';
import type {
  ConnectionMember,
  EdgeMember,
  LinkPlace,
  Member,
  PageInfoMember,
  PagePlace,
  RootShape,
  ValueForm,
  ValueShape,
} from './shape.ts';

/** The field is not one that a statement can answer; whoever asks takes the other road. */
export class NotFusible extends Error {}

/** PostgreSQL cuts longer names. Response names never become names of columns, but texts of this length are odd. */
const longestName = 200;

/** Reads what fields of `Query` answer with. @throws NotFusible */
export class ShapeReader {
  readonly #schema: GraphQLSchema;
  readonly #model: Model;
  readonly #written: ReadonlySet<string>;
  readonly #from: Collected;

  constructor({ schema, model, written }: FusibleGraph, from: Collected) {
    this.#written = written;
    this.#schema = schema;
    this.#model = model;
    this.#from = from;
  }

  root(name: string, nodes: readonly FieldNode[]): RootShape {
    const [node] = nodes as [FieldNode];
    const definition = this.#schema.getQueryType()!.getFields()[node.name.value];
    if (!definition || this.#written.has(`Query.${definition.name}`)) throw new NotFusible();
    for (const record of this.#model.values()) {
      if (record.many === definition.name)
        return { name, kind: 'page', place: this.#page(null, record, nodes, definition) };
      if (record.one === definition.name)
        return { name, kind: 'one', place: this.#link(record, 'id', nodes), node, definition };
    }
    throw new NotFusible();
  }

  #collect(type: GraphQLObjectType, nodes: readonly FieldNode[]) {
    const fields = collectFields(type, nodes, this.#from);
    for (const name of fields.keys()) if (name.length > longestName) throw new NotFusible();
    return fields;
  }

  #objectType(name: string): GraphQLObjectType {
    const type = this.#schema.getType(name);
    if (!isObjectType(type)) throw new NotFusible();
    return type;
  }

  #link(record: RecordModel, key: string, nodes: readonly FieldNode[]): LinkPlace {
    const { fragments } = this.#from;
    const selection = selectionOf(record, { fieldNodes: nodes, fragments }, false);
    return { record, selection, key, members: this.#members(record, nodes) };
  }

  #members(record: RecordModel, nodes: readonly FieldNode[]): Member[] {
    const type = this.#objectType(record.name);
    const definitions = type.getFields();
    return [...this.#collect(type, nodes)].map(([name, merged]) => {
      const [node] = merged as [FieldNode];
      if (node.name.value === '__typename')
        return { name, value: { kind: 'typename', type: record.name }, isRequired: true };
      const definition = definitions[node.name.value];
      if (!definition) throw new NotFusible();
      return {
        name,
        value: this.#value(record, definition, merged),
        isRequired: isNonNullType(definition.type),
      };
    });
  }

  #value(
    record: RecordModel,
    definition: GraphQLField<unknown, unknown>,
    nodes: readonly FieldNode[],
  ): ValueShape {
    const { name, type } = definition;
    if (this.#written.has(`${record.name}.${name}`)) throw new NotFusible();
    if (name === 'id') return { kind: 'id', type: record.name };
    const field = record.fields.get(name);
    if (!field) throw new NotFusible();
    switch (field.kind) {
      case 'column':
        return { kind: 'value', property: name, as: formOf(type, field) };
      case 'computed': {
        const property = field.hasArguments ? computedProperty(nodes[0]!) : name;
        return { kind: 'value', property, as: formOf(type, field) };
      }
      case 'embed':
        return { kind: 'embed', field, members: this.#parts(field, type, nodes) };
      case 'link': {
        const target = getRecord(this.#model, field.type);
        return { kind: 'link', place: this.#link(target, `${name}.key`, nodes) };
      }
      case 'many': {
        const target = getRecord(this.#model, field.type);
        if (field.paged) return { kind: 'page', place: this.#page(field, target, nodes, definition) };
        const { fragments } = this.#from;
        const selection = selectionOf(target, { fieldNodes: nodes, fragments }, false);
        const members = this.#members(target, nodes);
        return { kind: 'list', place: { field, record: target, selection, members } };
      }
      default:
        throw new NotFusible();
    }
  }

  #parts(
    field: RecordField & { kind: 'embed' },
    output: GraphQLOutputType,
    nodes: readonly FieldNode[],
  ): Member[] {
    const type = this.#objectType(getNamedType(output).name);
    const definitions = type.getFields();
    return [...this.#collect(type, nodes)].map(([name, [node]]) => {
      const part = node!.name.value;
      if (part === '__typename')
        return { name, value: { kind: 'typename', type: type.name }, isRequired: true };
      const definition = definitions[part];
      const stored = field.parts.find((p) => p.name === part);
      if (!definition || !stored || this.#written.has(`${type.name}.${part}`)) throw new NotFusible();
      const as = formOf(definition.type, { kind: 'column', column: stored.column });
      const value: ValueShape = { kind: 'value', property: `${field.name}.${part}`, as };
      return { name, value, isRequired: isNonNullType(definition.type) };
    });
  }

  #page(
    field: PagePlace['field'],
    record: RecordModel,
    nodes: readonly FieldNode[],
    definition: GraphQLField<unknown, unknown>,
  ): PagePlace {
    const { fragments } = this.#from;
    const type = this.#objectType(getNamedType(definition.type).name);
    const members = [...this.#collect(type, nodes)].map(([name, merged]): ConnectionMember => {
      const asked = merged[0]!.name.value;
      switch (asked) {
        case '__typename':
          return { name, value: { kind: 'typename', type: type.name } };
        case 'nodes':
          return { name, value: { kind: 'nodes', members: this.#members(record, merged) } };
        case 'edges':
          return { name, value: { kind: 'edges', members: this.#edges(record, type, merged) } };
        case 'pageInfo':
          return { name, value: { kind: 'pageInfo', members: this.#pageInfo(merged) } };
        case 'totalCount':
          return { name, value: { kind: 'totalCount' } };
        default:
          throw new NotFusible();
      }
    });
    const selection = selectionOf(record, { fieldNodes: nodes, fragments }, true);
    return { field, record, selection, members, node: nodes[0]!, definition };
  }

  #edges(record: RecordModel, connection: GraphQLObjectType, nodes: readonly FieldNode[]): EdgeMember[] {
    const type = this.#objectType(getNamedType(connection.getFields().edges!.type).name);
    return [...this.#collect(type, nodes)].map(([name, merged]): EdgeMember => {
      const asked = merged[0]!.name.value;
      if (asked === '__typename') return { name, value: { kind: 'typename', type: type.name } };
      if (asked === 'cursor') return { name, value: { kind: 'cursor' } };
      if (asked !== 'node') throw new NotFusible();
      return { name, value: { kind: 'node', members: this.#members(record, merged) } };
    });
  }

  #pageInfo(nodes: readonly FieldNode[]): PageInfoMember[] {
    const type = this.#objectType('PageInfo');
    return [...this.#collect(type, nodes)].map(([name, merged]): PageInfoMember => {
      const asked = merged[0]!.name.value;
      switch (asked) {
        case '__typename':
          return { name, value: { kind: 'typename', type: type.name } };
        case 'hasNextPage':
        case 'hasPreviousPage':
        case 'startCursor':
        case 'endCursor':
          return { name, value: { kind: asked } };
        default:
          throw new NotFusible();
      }
    });
  }
}

/** Types whose values are JSON as PostgreSQL makes it of their columns; numbers of an `ID` or a `Decimal` are none. */
const texts: ReadonlySet<string> = new Set([
  'String',
  'Date',
  'Month',
  'CitizenId',
  'DivisionCode',
  'OrgCode',
  'RegNo',
]);

type Source =
  | { readonly kind: 'column'; readonly column: { getSQLType(): string } }
  | { readonly kind: 'computed' };

/** How a field's values are written. @throws NotFusible where the executor writes them otherwise than PostgreSQL */
function formOf(output: GraphQLOutputType, source: Source): ValueForm {
  const type = getNamedType(output);
  const sqlType = source.kind === 'column' ? source.column.getSQLType() : undefined;
  const isText = isEnumType(type) || texts.has(type.name);
  if (isListType(getNullableType(output))) {
    if (isText && (sqlType === 'text[]' || sqlType === 'date[]')) return 'as it is';
    throw new NotFusible();
  }
  const stands = (...sqlTypes: string[]) => sqlType === undefined || sqlTypes.includes(sqlType);
  if (isText && sqlType && stands('text', 'date', 'uuid')) return 'as it is';
  if (type.name === 'Boolean' && stands('boolean')) return 'as it is';
  if (type.name === 'Int' && stands('integer', 'smallint')) return 'as it is';
  if (isText || type.name === 'ID') return 'text';
  if (type.name === 'Money' && stands('bigint', 'integer')) return 'money';
  if (type.name === 'Decimal' && (sqlType === undefined || sqlType.startsWith('numeric'))) return 'text';
  if (type.name === 'DateTime' && sqlType?.startsWith('timestamp')) return 'instant';
  throw new NotFusible();
}
