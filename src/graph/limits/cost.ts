import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Fragments, fragmentsOf } from './fragments.ts';
import { refuse } from './refuse.ts';

/** Objects that a document may read at the most, page sizes multiplied. */
export const maxObjects = 20_000;
const defaultPage = 20;
const largestPage = 100;
/** The fields of a connection that hold its records. */
const rows: ReadonlySet<string> = new Set(['nodes', 'edges']);

const staticCosts = new WeakMap<DocumentNode, Map<string, number>>();

/**
 * Predicts the objects that an operation may read: each object field counts one, a connection multiplies what is
 * below it by its page size (20 when it names none). More than 20,000 are refused.
 * @throws GraphQLError QUERY_TOO_COSTLY, PAGE_TOO_LARGE
 */
export function checkCost(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): number {
  const known = staticCosts.get(document)?.get(operationName ?? '');
  if (known !== undefined) return known;
  const operation = getOperationAST(document, operationName);
  if (!operation)
    throw new GraphQLError('The document has no such operation; name one of it in operationName.', {
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
    });
  const counter = new CostCounter(fragmentsOf(document), operation, variables);
  const cost = counter.cost(operation.selectionSet);
  if (cost > maxObjects)
    throw refuse(
      'QUERY_TOO_COSTLY',
      `The document may read more than ${maxObjects} objects. Use smaller pages or fewer levels.`,
      maxObjects,
    );
  if (counter.usesVariables) return cost;
  const costs = staticCosts.get(document) ?? new Map<string, number>();
  costs.set(operationName ?? '', cost);
  staticCosts.set(document, costs);
  return cost;
}

class CostCounter {
  usesVariables = false;
  readonly #fragments: Fragments;
  readonly #operation: OperationDefinitionNode;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #known = new Map<string, number>();

  constructor(
    fragments: Fragments,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#fragments = fragments;
    this.#operation = operation;
    this.#variables = variables;
  }

  cost(set: SelectionSetNode): number {
    let sum = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.selectionSet) sum += this.#fieldCost(selection, selection.selectionSet);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) sum += this.cost(selection.selectionSet);
      else sum += this.#fragmentCost(selection.name.value);
      if (sum > maxObjects) return sum;
    }
    return sum;
  }

  #fieldCost(node: FieldNode, set: SelectionSetNode): number {
    const size = this.#argument(node, 'first') ?? this.#argument(node, 'last');
    if (size !== undefined && size > largestPage)
      throw refuse(
        'PAGE_TOO_LARGE',
        `A page holds at most ${largestPage} records. Ask for fewer and follow the cursors.`,
        largestPage,
      );
    const ids = this.#listLength(node, 'ids');
    const times = ids ?? size ?? (this.#selectsRows(set, new Set()) ? defaultPage : 1);
    return 1 + Math.max(times, 0) * this.cost(set);
  }

  /** True for a selection on a connection: fragments are looked into, each once. */
  #selectsRows(set: SelectionSetNode, seen: Set<string>): boolean {
    return set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return rows.has(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return this.#selectsRows(selection.selectionSet, seen);
      const { value } = selection.name;
      const fragment = seen.has(value) ? undefined : this.#fragments.get(value);
      seen.add(value);
      return fragment !== undefined && this.#selectsRows(fragment.selectionSet, seen);
    });
  }

  #fragmentCost(name: string): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    this.#known.set(name, 0);
    const cost = fragment ? this.cost(fragment.selectionSet) : 0;
    this.#known.set(name, cost);
    return cost;
  }

  #argument(node: FieldNode, name: string): number | undefined {
    const value = node.arguments?.find((a) => a.name.value === name)?.value;
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind !== Kind.VARIABLE) return undefined;
    this.usesVariables = true;
    const given = this.#variables[value.name.value];
    if (typeof given === 'number') return given;
    const fallback = this.#operation.variableDefinitions?.find(
      (d) => d.variable.name.value === value.name.value,
    )?.defaultValue;
    return fallback?.kind === Kind.INT ? Number(fallback.value) : undefined;
  }

  #listLength(node: FieldNode, name: string): number | undefined {
    const value = node.arguments?.find((a) => a.name.value === name)?.value;
    if (value?.kind === Kind.LIST) return value.values.length;
    if (value?.kind !== Kind.VARIABLE) return undefined;
    this.usesVariables = true;
    const given = this.#variables[value.name.value];
    return Array.isArray(given) ? given.length : undefined;
  }
}
