import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isIntrospectionType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { isIncluded } from '../conditions.ts';
import { pageTooLarge } from '../read-errors.ts';
import { defaultPageSize, maxPageSize } from '../reads/page.ts';
import type { RequestReading } from '../request-reading.ts';
import { type Fragments, fragmentsOf } from './fragments.ts';
import type { ListSizes } from './list-sizes.ts';
import { refuse } from './refuse.ts';
import { maxObjects, tooCostly } from './too-costly.ts';

/** What a request may read, predicted before it runs. */
export interface Cost {
  /** Objects at every level of the answer, page sizes multiplied. */
  readonly objects: number;
  /** Response names of the most expensive place, from the root on. */
  readonly path: readonly string[];
}

/** The arguments that say how many records are asked for. */
type Asked = { readonly first?: number | null; readonly last?: number | null; readonly ids?: unknown };

/** The fields of a connection that hold its records. */
const rows: ReadonlySet<string> = new Set(['nodes', 'edges']);

const nothing: Cost = { objects: 0, path: [] };

/**
 * Refuses a request that may read more than 20,000 objects.
 * @throws GraphQLError QUERY_TOO_COSTLY
 */
export function checkCost(cost: Cost): void {
  if (cost.objects > maxObjects) throw tooCostly(cost, maxObjects);
}

/**
 * Predicts the objects that a request may read. Each object counts one. A list counts the most that it may
 * hold; a page counts its size, 20 when none is named. Everything below an item is multiplied by the list.
 * Sizes are the coerced ones that will run, and what @skip and @include leave out costs nothing. For the
 * schema itself see introspection-size.ts.
 * @throws GraphQLError PAGE_TOO_LARGE
 */
export function predictCost(schema: GraphQLSchema, reading: RequestReading, sizes: ListSizes): Cost {
  const root = schema.getRootType(reading.operation.operation);
  if (!root) return nothing;
  return new CostCounter(schema, reading, sizes).set(reading.operation.selectionSet, root, 1);
}

class CostCounter {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;
  readonly #variables: Record<string, unknown>;
  readonly #sizes: ListSizes;
  /** Fragments by type and page: what is below one costs the same wherever it is spread. */
  readonly #known = new Map<string, Cost>();

  constructor(schema: GraphQLSchema, { document, variables }: RequestReading, sizes: ListSizes) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    this.#variables = variables as Record<string, unknown>;
    this.#sizes = sizes;
  }

  /** @param page the records of the connection whose fields these are */
  set({ selections }: SelectionSetNode, type: GraphQLNamedType, page: number): Cost {
    let objects = 0;
    let dearest = nothing;
    for (const selection of selections) {
      if (!isIncluded(selection, this.#variables)) continue;
      let cost: Cost;
      if (selection.kind === Kind.FIELD) cost = this.#field(selection, type, page);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value;
        cost = this.set(selection.selectionSet, (name && this.#schema.getType(name)) || type, page);
      } else cost = this.#fragment(selection.name.value, type, page);
      objects += cost.objects;
      if (cost.objects > dearest.objects) dearest = cost;
    }
    return { objects, path: dearest.path };
  }

  #field(node: FieldNode, type: GraphQLNamedType, page: number): Cost {
    const definition = node.selectionSet && definitionOf(type, node.name.value);
    if (!definition || !node.selectionSet) return nothing;
    const below = getNamedType(definition.type);
    if (isLeafType(below) || isIntrospectionType(below)) return nothing;
    const args = getArgumentValues(definition, node, this.#variables) as Asked;
    const asked = sizeAsked(definition, args);
    const isList = isListType(getNullableType(definition.type));
    const items = isList ? this.#items(node, type, asked, page) : 1;
    const inside = this.set(node.selectionSet, below, isList ? 1 : (asked ?? 1));
    // The rows of a page are read whether they are shown or only counted.
    const unseen = !isList && asked !== undefined && !this.#showsRows(node.selectionSet) ? asked : 0;
    const beside = this.#sizes.beside(`${type.name}.${node.name.value}`);
    return {
      objects: items * (1 + inside.objects) + unseen + beside,
      path: [(node.alias ?? node.name).value, ...inside.path],
    };
  }

  #items(node: FieldNode, type: GraphQLNamedType, asked: number | undefined, page: number): number {
    const name = node.name.value;
    const isRows = rows.has(name) && definitionOf(type, 'pageInfo') !== undefined;
    if (isRows) return page;
    return asked ?? this.#sizes.items(`${type.name}.${name}`) ?? defaultPageSize;
  }

  #showsRows({ selections }: SelectionSetNode, seen = new Set<string>()): boolean {
    return selections.some((selection) => {
      if (!isIncluded(selection, this.#variables)) return false;
      if (selection.kind === Kind.FIELD) return rows.has(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return this.#showsRows(selection.selectionSet, seen);
      const { value } = selection.name;
      const fragment = seen.has(value) ? undefined : this.#fragments.get(value);
      seen.add(value);
      return fragment !== undefined && this.#showsRows(fragment.selectionSet, seen);
    });
  }

  #fragment(name: string, type: GraphQLNamedType, page: number): Cost {
    const key = `${name} ${page}`;
    const known = this.#known.get(key);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    // Other code refuses circles; here they must end.
    this.#known.set(key, nothing);
    const on = fragment && this.#schema.getType(fragment.typeCondition.name.value);
    const cost = fragment ? this.set(fragment.selectionSet, on ?? type, page) : nothing;
    this.#known.set(key, cost);
    return cost;
  }
}

/** How many records a field asks for; undefined where its arguments do not say. */
function sizeAsked(
  { args }: GraphQLField<unknown, unknown>,
  { first, last, ids }: Asked,
): number | undefined {
  if (Array.isArray(ids)) return sized(ids.length);
  const isPaged = args.some(({ name }) => name === 'first');
  return isPaged ? sized(first ?? last ?? defaultPageSize) : undefined;
}

function sized(size: number): number {
  if (size > maxPageSize) throw refuse('PAGE_TOO_LARGE', pageTooLarge(maxPageSize).message, maxPageSize);
  return Math.max(size, 0);
}

const definitionOf = (type: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
