import type { IResolvers } from '@graphql-tools/utils';
import type { GraphQLResolveInfo } from 'graphql';
import {
  getRecord,
  type Model,
  type RecordField,
  type RecordModel,
  type Row,
} from '../contract/model/record.ts';
import type { Payloads } from '../contract/sdl/payloads.ts';
import type { Context } from './context.ts';
import { encodeNodeId, parseNodeId } from './node-id.ts';
import { badId, listTooLong, pageTooLarge } from './read-errors.ts';
import { computedProperty } from './reads/computed-places.ts';
import { maxPageSize, type Page, type PageArguments } from './reads/page.ts';

type Resolver = (parent: Row, args: never, context: Context, info: GraphQLResolveInfo) => unknown;

/**
 * Resolvers of everything that the contract states by directives: root fields, ids, links, relations, value
 * objects, derived values, connections. Plain columns need none.
 */
export function derivedResolvers(model: Model, payloads: Payloads = new Map()): IResolvers {
  const resolvers: Record<string, Record<string, unknown>> = {
    Query: queryResolvers(model),
    Node: { __resolveType: (row: { __typename: string }) => row.__typename },
  };
  for (const record of model.values()) {
    const fields: Record<string, Resolver> = { id: (row) => encodeNodeId(record.name, row.id) };
    for (const field of record.fields.values()) {
      const resolver = fieldResolver(field, model);
      if (resolver) fields[field.name] = resolver;
    }
    resolvers[record.name] = fields;
    resolvers[`${record.name}Connection`] = { totalCount: (page: Page) => page.countAll() };
  }
  for (const [payload, fields] of payloads) resolvers[payload] = payloadResolvers(fields, model);
  return resolvers as IResolvers;
}

/**
 * Records of a payload. The mutation's resolver gives local ids, and the records are read as in a query.
 * Anything else that it puts there, such as the row that it has just written, is dropped.
 */
function payloadResolvers(fields: ReadonlyMap<string, string>, model: Model): Record<string, Resolver> {
  const entries = [...fields].map(([name, type]): [string, Resolver] => {
    const record = getRecord(model, type);
    return [
      name,
      (parent, _, { reads }, info) => {
        const held: unknown = parent[name];
        const load = (key: unknown) => (typeof key === 'string' ? reads.byId(record, info).load(key) : null);
        return Array.isArray(held) ? held.map(load) : load(held);
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** The list's filter or order is silently refused: the list answers as if nothing matched. */
function isSilentlyRefused({ access }: Context, { fieldNodes }: GraphQLResolveInfo): boolean {
  if (!access) throw new Error('The document has not been checked.');
  const { silentlyRefused } = access;
  return silentlyRefused.size > 0 && fieldNodes.some((node) => silentlyRefused.has(node));
}

function queryResolvers(model: Model): Record<string, unknown> {
  const query: Record<string, unknown> = {
    node: (_: unknown, { id }: { id: string }, context: Context, info: GraphQLResolveInfo) =>
      findNode(model, id, context, info),
    nodes: (_: unknown, { ids }: { ids: readonly string[] }, context: Context, info: GraphQLResolveInfo) => {
      if (ids.length > maxPageSize) throw pageTooLarge(maxPageSize);
      return ids.map((id) => findNode(model, id, context, info));
    },
  };
  for (const record of model.values()) {
    if (record.one)
      query[record.one] = (
        _: unknown,
        { id }: { id: string },
        { reads, grants }: Context,
        info: GraphQLResolveInfo,
      ) => reads.one(record, id, info, grants);
    if (record.many)
      query[record.many] = (_: unknown, args: PageArguments, context: Context, info: GraphQLResolveInfo) =>
        context.reads.page(record, args, info, isSilentlyRefused(context, info));
  }
  return query;
}

/** Any record by its global id. The loader of the place sends one statement for each type. */
async function findNode(model: Model, id: string, { reads, grants }: Context, info: GraphQLResolveInfo) {
  const { type } = parseNodeId(id);
  const record = model.get(type);
  if (!record) throw badId();
  const row = await reads.one(record, id, info, grants);
  return row && { ...row, __typename: record.name };
}

function fieldResolver(field: RecordField, model: Model): Resolver | undefined {
  switch (field.kind) {
    case 'link': {
      const target = getRecord(model, field.type);
      const key = `${field.name}.key`;
      if (field.list) return listResolver(field, target, key);
      return (row, _, { reads }, info) => {
        const id = row[key] as string | null | undefined;
        if (id == null) return null;
        reads.objects.add(1, info.path);
        return reads.byId(target, info).load(id);
      };
    }
    case 'many':
      return manyResolver(field);
    case 'embed':
      return embedResolver(field);
    case 'computed':
      return field.hasArguments
        ? (row, _, __, info) => row[computedProperty(info.fieldNodes[0]!)]
        : undefined;
    default:
      return undefined;
  }
}

/** The records of a list of ids, each at its id's place; null for one that is not there for the viewer. */
function listResolver(
  { rule, atMost }: RecordField & { kind: 'link' },
  target: RecordModel,
  key: string,
): Resolver {
  return (row, _, { reads }, info) => {
    const ids = row[key] as readonly (string | null)[] | null | undefined;
    if (ids == null) return null;
    if (ids.length > atMost) throw listTooLong(rule.coordinate, atMost);
    reads.objects.add(ids.length, info.path);
    const loader = reads.byId(target, info);
    return ids.map((id) => (id === null ? null : loader.load(id)));
  };
}

function manyResolver(field: RecordField & { kind: 'many' }): Resolver {
  const ownKey = `${field.name}.key`;
  return (row, args: PageArguments, context, info) => {
    const { reads } = context;
    // This key tells the statement where a viewer may not follow the relation, or may do so in own rows only.
    const key = ownKey in row ? (row[ownKey] as string | null) : row.id;
    if (key === null) return null;
    if (field.paged) {
      reads.objects.add(1, info.path);
      return reads.children(field, args, info, isSilentlyRefused(context, info)).load(key);
    }
    return reads
      .childLists(field, info)
      .load(key)
      .then((rows) => {
        reads.objects.add(rows.length, info.path);
        return rows;
      });
  };
}

/** A value object made of the columns that came; null when none of them holds anything. */
function embedResolver({ name, parts }: RecordField & { kind: 'embed' }): Resolver {
  const sources = parts.map((part) => [part.name, `${name}.${part.name}`] as const);
  return (row, _, { reads }, info) => {
    const value: Record<string, unknown> = {};
    let any = false;
    for (const [part, property] of sources) {
      const found = row[property];
      if (found == null) continue;
      value[part] = found;
      any = true;
    }
    if (!any) return null;
    reads.objects.add(1, info.path);
    return value;
  };
}
