import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Model } from '../../contract/model/record.ts';
import { reachable } from '../check/operation.ts';
import type { ReadSession } from '../reads/session.ts';
import type { RequestReading } from '../request-reading.ts';
import { collectFields } from './collect.ts';
import { NotFusible, ShapeReader } from './read-shape.ts';
import type { LinkPlace, ListPlace, Member, PagePlace, RootShape } from './shape.ts';

/** What is fused: the schema, the records behind it, and the fields that have resolvers of their own (`Type.field`). */
export interface FusibleGraph {
  readonly schema: GraphQLSchema;
  readonly model: Model;
  readonly written: ReadonlySet<string>;
}

/** A row place of any kind, with what it selects. */
export type Place = LinkPlace | ListPlace | PagePlace;

/** What of an operation one statement answers, and what it leaves. */
export interface FusionPlan {
  readonly roots: readonly RootShape[];
  /** The response names of the operation in their order. */
  readonly names: readonly string[];
  /** The document with the root fields that no statement answers; undefined where there is none. */
  readonly rest: Pick<RequestReading, 'document' | 'operation'> | undefined;
  readonly pages: readonly PagePlace[];
  readonly places: readonly Place[];
  /** The stores that the statement reads, in one database. */
  readonly stores: readonly string[];
  /** Tells plans apart. */
  readonly id: number;
  /** How often filters, orders and sizes of a shape were asked for. */
  readonly seen: Map<string, number>;
}

let plans = 0;

/** Chooses the root fields that one statement can answer: it reads of one database. Null where there is none. */
export function planFusion(
  graph: FusibleGraph,
  { document, operation, variables }: RequestReading,
  { engine, viewer }: ReadSession,
): FusionPlan | null {
  const fragments = Object.fromEntries(
    [...reachable(document, operation)].flatMap((definition) =>
      definition.kind === 'FragmentDefinition' ? [[definition.name.value, definition]] : [],
    ),
  );
  const from = { fragments, variables };
  const fields = collectFields(graph.schema.getQueryType()!, [operation as unknown as FieldNode], from);
  const reader = new ShapeReader(graph, from);
  const roots: RootShape[] = [];
  const rest: FieldNode[] = [];
  let store: string | undefined;
  const places: Place[] = [];
  for (const [name, nodes] of fields) {
    const root = readRoot(reader, name, nodes);
    const read = root ? placesOf(root) : [];
    store ??= read[0]?.record.store;
    const isReadable =
      root !== undefined &&
      read.every(({ record }) => engine.sameServer(store!, record.store)) &&
      (root.kind === 'page' || root.place.record.access[viewer.department].rows !== 'NONE');
    if (!isReadable) {
      rest.push(...nodes);
      continue;
    }
    roots.push(root);
    places.push(...read);
  }
  if (roots.length === 0) return null;
  plans += 1;
  return {
    roots,
    names: [...fields.keys()],
    rest: rest.length === 0 ? undefined : withFields(document, operation, rest),
    places,
    pages: places.filter((place): place is PagePlace => 'definition' in place),
    stores: [...new Set(places.map(({ record }) => record.store))],
    id: plans,
    seen: new Map(),
  };
}

/** A document with one operation of these fields. */
function withFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  selections: readonly FieldNode[],
): FusionPlan['rest'] {
  const rest = { ...operation, selectionSet: { ...operation.selectionSet, selections } };
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return { document: { ...document, definitions: [...fragments, rest] }, operation: rest };
}

function readRoot(reader: ShapeReader, name: string, nodes: readonly FieldNode[]): RootShape | undefined {
  try {
    return reader.root(name, nodes);
  } catch (error) {
    if (error instanceof NotFusible) return undefined;
    throw error;
  }
}

function placesOf(root: RootShape): Place[] {
  const places: Place[] = [];
  const below = (members: readonly Member[]): void => {
    for (const { value } of members) {
      if (value.kind === 'embed') below(value.members);
      else if (value.kind === 'page') page(value.place);
      else if (value.kind === 'link' || value.kind === 'list') {
        places.push(value.place);
        below(value.place.members);
      }
    }
  };
  const page = (place: PagePlace): void => {
    places.push(place);
    for (const { value } of place.members) {
      if (value.kind === 'nodes') below(value.members);
      if (value.kind === 'edges')
        for (const edge of value.members) if (edge.value.kind === 'node') below(edge.value.members);
    }
  };
  if (root.kind === 'page') page(root.place);
  else {
    places.push(root.place);
    below(root.place.members);
  }
  return places;
}
