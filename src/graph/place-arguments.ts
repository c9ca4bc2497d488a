import { type FieldNode, GraphQLError, type GraphQLField, getArgumentValues } from 'graphql';

/**
 * The arguments of a field as they run. None where they cannot be: a null stands where none may, which was refused
 * wherever the field runs (null-places.ts), so that it is left out by @skip or @include, and uses nothing.
 */
export function argumentsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  try {
    return getArgumentValues(definition, node, variables as Record<string, unknown>);
  } catch (error) {
    if (error instanceof GraphQLError) return {};
    throw error;
  }
}
