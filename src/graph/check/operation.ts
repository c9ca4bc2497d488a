import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  visit,
} from 'graphql';

/**
 * The operation that runs, as graphql-js chooses it: the only one where none is named, else the one of that name. An
 * empty name names none.
 */
export function findOperation(
  document: DocumentNode,
  name: string | null | undefined,
): OperationDefinitionNode | undefined {
  return getOperationAST(document, name) ?? undefined;
}

/** The operation and the fragments it reaches, each once. */
export function reachable(
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
): ReadonlySet<OperationDefinitionNode | FragmentDefinitionNode> {
  const fragments = new Map(
    document.definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
    ),
  );
  const used = new Set<OperationDefinitionNode | FragmentDefinitionNode>();
  const add = (definition: OperationDefinitionNode | FragmentDefinitionNode | undefined) => {
    if (!definition || used.has(definition)) return;
    used.add(definition);
    visit(definition, { FragmentSpread: (spread) => add(fragments.get(spread.name.value)) });
  };
  add(operation);
  return used;
}

export function hasVariable(value: ValueNode): boolean {
  let found = false;
  visit(value, {
    Variable: () => {
      found = true;
    },
  });
  return found;
}
