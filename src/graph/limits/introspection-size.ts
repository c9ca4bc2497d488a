import {
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import { isIncluded } from '../conditions.ts';
import type { RequestReading } from '../request-reading.ts';
import { type Fragments, fragmentsOf } from './fragments.ts';
import { refuse } from './refuse.ts';

/** Objects of the schema that one answer may hold; the whole schema as tools ask for it has a fifth of them. */
export const maxSchemaObjects = 60_000;

/**
 * Refuses introspection whose answer would be too large: lists below lists multiply. The objects are counted on the
 * schema itself, each selection of each of its parts once, so that counting is cheap whatever the answer is.
 * @throws GraphQLError TOO_MUCH_INTROSPECTION
 */
export function checkIntrospectionSize(schema: GraphQLSchema, reading: RequestReading): void {
  const size = introspectionSize(schema, reading);
  if (size > maxSchemaObjects)
    throw refuse(
      'TOO_MUCH_INTROSPECTION',
      `The document asks for ${Math.min(size, Number.MAX_SAFE_INTEGER)} objects of the schema; the limit is ${maxSchemaObjects}. Ask for fewer levels.`,
      maxSchemaObjects,
    );
}

/** The objects that introspection answers. */
export function introspectionSize(schema: GraphQLSchema, reading: RequestReading): number {
  const root = schema.getQueryType();
  return root ? new Counter(schema, reading).set(reading.operation.selectionSet, root, {}) : 0;
}

class Counter {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;
  readonly #variables: Record<string, unknown>;
  readonly #known = new Map<SelectionSetNode, Map<object, number>>();

  constructor(schema: GraphQLSchema, { document, variables }: RequestReading) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    this.#variables = variables as Record<string, unknown>;
  }

  set(set: SelectionSetNode, type: GraphQLObjectType, source: object): number {
    const known = getOrMake(this.#known, set, () => new Map<object, number>());
    return getOrMake(known, source, () => this.#count(set, type, source));
  }

  #count({ selections }: SelectionSetNode, type: GraphQLObjectType, source: object): number {
    let sum = 0;
    for (const selection of selections) {
      if (!isIncluded(selection, this.#variables)) continue;
      if (selection.kind !== Kind.FIELD) {
        const below =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
        if (below) sum += this.set(below.selectionSet, type, source);
        continue;
      }
      const field =
        [SchemaMetaFieldDef, TypeMetaFieldDef].find(({ name }) => name === selection.name.value) ??
        type.getFields()[selection.name.value];
      const below = field && getNamedType(field.type);
      if (!field?.resolve || !selection.selectionSet || isLeafType(below) || !isObjectType(below)) continue;
      const args = getArgumentValues(field, selection, this.#variables);
      const info = { schema: this.#schema } as GraphQLResolveInfo;
      const found: unknown = field.resolve(source, args, undefined, info);
      for (const item of Array.isArray(found) ? found : [found])
        if (typeof item === 'object' && item !== null)
          sum += 1 + this.set(selection.selectionSet, below, item);
    }
    return sum;
  }
}
