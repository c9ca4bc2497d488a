import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { type Fragments, fragmentsOf } from '../limits/fragments.ts';

/** A column of a table of records: the way to its value, by response names. */
export type ColumnPath = readonly string[];

/** The columns that a document makes, or the first place that fits into none. */
export type Columns = { readonly columns: readonly ColumnPath[] } | { readonly notFlat: ColumnPath };

/**
 * The columns of a table of records: one for each value, values of linked records and of value objects by their way
 * (`tenant.name`). Lists of records fit into no cell.
 */
export function columnsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  nodes: FieldNode,
  typeName: string,
): Columns {
  const columns = new Map<string, ColumnPath>();
  const notFlat = new Walk(schema, fragmentsOf(document), columns).set(nodes.selectionSet, typeName, []);
  return notFlat ? { notFlat } : { columns: [...columns.values()] };
}

class Walk {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;
  readonly #columns: Map<string, ColumnPath>;

  constructor(schema: GraphQLSchema, fragments: Fragments, columns: Map<string, ColumnPath>) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#columns = columns;
  }

  /** @returns the first place that is a list of objects */
  set(set: SelectionSetNode | undefined, typeName: string, way: ColumnPath): ColumnPath | undefined {
    for (const part of set?.selections ?? []) {
      const found =
        part.kind === Kind.FIELD
          ? this.#field(part, typeName, way)
          : part.kind === Kind.INLINE_FRAGMENT
            ? this.set(part.selectionSet, typeName, way)
            : this.set(this.#fragments.get(part.name.value)?.selectionSet, typeName, way);
      if (found) return found;
    }
    return undefined;
  }

  #field(node: FieldNode, typeName: string, way: ColumnPath): ColumnPath | undefined {
    const path = [...way, (node.alias ?? node.name).value];
    const holder = this.#schema.getType(typeName);
    const definition = isObjectType(holder) ? holder.getFields()[node.name.value] : undefined;
    const type = definition && getNamedType(definition.type);
    // `__typename` has no definition of the type's own.
    if (!definition || !type || isLeafType(type)) {
      this.#columns.set(path.join('.'), path);
      return undefined;
    }
    const isMany = isListType(getNullableType(definition.type)) || type.name.endsWith('Connection');
    return isMany ? path : this.set(node.selectionSet, type.name, path);
  }
}

/** The value of a column in a record as it was answered; undefined where something on the way is null. */
export function valueAt(record: unknown, path: ColumnPath): unknown {
  let value = record;
  for (const step of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
