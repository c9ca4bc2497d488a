import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  Kind,
  type SelectionNode,
} from 'graphql';
import { isIncluded } from '../conditions.ts';

/** What fields are collected from: the fragments of the document, and the coerced variables of the request. */
export interface Collected {
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The fields of an object by response name, in the order of the answer (GraphQL September 2025, 6.3.2 CollectFields):
 * nodes of one name are merged, what @skip and @include leave out is not there.
 */
export function collectFields(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  { fragments, variables }: Collected,
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  const appliesTo = (condition: string | undefined) =>
    condition === undefined ||
    condition === type.name ||
    type.getInterfaces().some(({ name }) => name === condition);
  const collect = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        const known = fields.get(name);
        if (known) known.push(selection);
        else fields.set(name, [selection]);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (visited.has(selection.name.value)) continue;
        visited.add(selection.name.value);
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      if (fragment && appliesTo(fragment.typeCondition?.name.value))
        collect(fragment.selectionSet.selections);
    }
  };
  for (const { selectionSet } of nodes) if (selectionSet) collect(selectionSet.selections);
  return fields;
}
