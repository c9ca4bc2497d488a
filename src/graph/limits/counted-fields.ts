import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { Model } from '../../contract/model/record.ts';
import type { Context } from '../context.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;

/** Links, relations and value objects count by themselves, where it costs least (`resolvers.ts`). */
const counting: ReadonlySet<string> = new Set(['link', 'many', 'embed']);

/**
 * Lets every field of a schema that answers objects count them, in place: rows of pages, lists that are stored in a
 * column, statistics, provenance, what the contract says of itself. A new kind of field is counted without a thought.
 */
export function countFields(schema: GraphQLSchema, model: Model): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isCompositeType(getNamedType(field.type))) continue;
      if (counting.has(model.get(type.name)?.fields.get(field.name)?.kind ?? '')) continue;
      field.resolve = counted(field.resolve ?? defaultFieldResolver);
    }
  }
}

function counted(resolve: Resolver): Resolver {
  return (parent, args, context, info) => {
    const count = (found: unknown): unknown => {
      if (found != null && !(found instanceof Error))
        context.reads.objects.add(Array.isArray(found) ? found.length : 1, info.path);
      return found;
    };
    const found: unknown = resolve(parent, args, context, info);
    return found instanceof Promise ? found.then(count) : count(found);
  };
}
