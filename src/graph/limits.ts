import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** Static limits of a document; one that passes them costs little to check further. */
export const maxTokens = 2000;
/** Tools ask for the schema in a document that is fifteen deep; nothing else needs more than twelve. */
const limits = { depth: 12, introspectionDepth: 15, aliases: 30, directives: 30, rootFields: 20 } as const;
/** Objects that a document may read at the most, page sizes multiplied. */
export const maxObjects = 20_000;
const defaultPage = 20;
const largestPage = 100;
/** The fields of a connection that hold its records. */
const rows: ReadonlySet<string> = new Set(['nodes', 'edges']);

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const refuse = (code: string, message: string, limit: number) =>
  new GraphQLError(message, { extensions: { code, limit, http: { status: 400 } } });

/** What one selection set holds, fragments included; each fragment is measured once. */
interface Measure {
  /** Levels below this set, those below `__schema` and `__type` apart. */
  readonly depth: number;
  readonly introspectionDepth: number;
  /** Fields of this very level, those of its fragments too. */
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
}

/**
 * Limits that need no variables, as a validation rule: depth, aliases, directives, root fields. Every alias and
 * every directive counts, `__typename` too; a fragment counts each time it is spread.
 */
export function staticLimits(context: ValidationContext): ASTVisitor {
  return {
    Document: {
      enter(document) {
        const error = exceeded(document);
        if (!error) return undefined;
        context.reportError(error);
        // Nothing is left to look at: one error, and no time for the rules that are dear on such a document.
        return { ...document, definitions: [] };
      },
    },
  };
}

function exceeded(document: DocumentNode): GraphQLError | undefined {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, Measure>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, introspectionDepth, fields, aliases, directives } = measure(
      definition.selectionSet,
      fragments,
      measured,
      new Set(),
    );
    const total = directives + (definition.directives?.length ?? 0);
    const deepest = depth > limits.depth ? limits.depth : limits.introspectionDepth;
    if (depth > limits.depth || introspectionDepth > limits.introspectionDepth)
      return refuse(
        'QUERY_TOO_DEEP',
        `The document is nested more than ${deepest} levels deep. Ask in several documents.`,
        deepest,
      );
    if (aliases > limits.aliases)
      return refuse(
        'TOO_MANY_ALIASES',
        `The document has more than ${limits.aliases} aliases. Use lists, filters, or several documents.`,
        limits.aliases,
      );
    if (total > limits.directives)
      return refuse(
        'TOO_MANY_DIRECTIVES',
        `The document has more than ${limits.directives} directives. Leave fields out instead.`,
        limits.directives,
      );
    if (fields > limits.rootFields)
      return refuse(
        'TOO_MANY_ROOT_FIELDS',
        `The document has more than ${limits.rootFields} root fields. Ask in several documents.`,
        limits.rootFields,
      );
  }
  return undefined;
}

function measure(
  set: SelectionSetNode,
  fragments: Fragments,
  measured: Map<string, Measure>,
  open: Set<string>,
): Measure {
  let [depth, introspectionDepth, fields, aliases, directives] = [0, 0, 0, 0, 0];
  for (const selection of set.selections) {
    directives += selection.directives?.length ?? 0;
    let below = empty;
    if (selection.kind === Kind.FIELD) {
      if (selection.alias) aliases += 1;
      if (selection.selectionSet) below = measure(selection.selectionSet, fragments, measured, open);
      below = isIntrospection(selection)
        ? { ...below, depth: 1, introspectionDepth: below.depth + 1, fields: 1 }
        : { ...below, depth: below.depth + 1, fields: 1 };
    } else if (selection.kind === Kind.INLINE_FRAGMENT)
      below = measure(selection.selectionSet, fragments, measured, open);
    else below = measureFragment(selection.name.value, fragments, measured, open);
    depth = Math.max(depth, below.depth);
    introspectionDepth = Math.max(introspectionDepth, below.introspectionDepth);
    fields += below.fields;
    aliases += below.aliases;
    directives += below.directives;
  }
  return { depth, introspectionDepth, fields, aliases, directives };
}

const empty: Measure = { depth: 0, introspectionDepth: 0, fields: 0, aliases: 0, directives: 0 };

const isIntrospection = ({ name }: FieldNode): boolean =>
  name.value === '__schema' || name.value === '__type';

function measureFragment(
  name: string,
  fragments: Fragments,
  measured: Map<string, Measure>,
  open: Set<string>,
): Measure {
  const known = measured.get(name);
  const fragment = fragments.get(name);
  // A cycle is refused by another rule; here it only must not go on for ever.
  if (known || !fragment || open.has(name)) return known ?? empty;
  open.add(name);
  const made = measure(fragment.selectionSet, fragments, measured, open);
  open.delete(name);
  measured.set(name, made);
  return made;
}

const staticCosts = new WeakMap<DocumentNode, Map<string, number>>();

/**
 * Refuses an operation that may read more than 20,000 objects: each object field counts one, a connection
 * multiplies what is below it by its page size (20 when it names none).
 * @throws GraphQLError QUERY_TOO_COSTLY, PAGE_TOO_LARGE
 */
export function checkCost(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): void {
  const known = staticCosts.get(document)?.get(operationName ?? '');
  if (known !== undefined) return;
  const operation = document.definitions.find(
    (d): d is OperationDefinitionNode =>
      d.kind === Kind.OPERATION_DEFINITION && (!operationName || d.name?.value === operationName),
  );
  if (!operation) return;
  const counter = new CostCounter(fragmentsOf(document), operation, variables);
  const cost = counter.cost(operation.selectionSet);
  if (cost > maxObjects)
    throw refuse(
      'QUERY_TOO_COSTLY',
      `The document may read more than ${maxObjects} objects. Use smaller pages or fewer levels.`,
      maxObjects,
    );
  if (counter.usesVariables) return;
  const costs = staticCosts.get(document) ?? new Map<string, number>();
  costs.set(operationName ?? '', cost);
  staticCosts.set(document, costs);
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

function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
    ),
  );
}
