import { type FieldNode, GraphQLError, type GraphQLField, getArgumentValues } from 'graphql';

/**
 * The arguments of a field as they run. None when a null stands where none may: null-places.ts refuses that
 * wherever the field runs, so here @skip or @include leaves the field out, and it uses nothing.
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
