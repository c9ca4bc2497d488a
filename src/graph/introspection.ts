import {
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { getOrMake } from '../common/get-or-make.ts';
import { reachable } from './check/operation.ts';
import { checkIntrospectionSize } from './limits/introspection-size.ts';
import type { RequestReading } from './request-reading.ts';

/** A document with the one operation that runs. */
type Part = Pick<RequestReading, 'document' | 'operation'>;

/** A document that asks for the schema, taken apart: what asks for it, and what asks for data. */
interface Parts {
  readonly introspection: Part;
  /** Null when nothing else is asked for. */
  readonly data: Part | null;
  /** Response names of the root fields in the order of the document. */
  readonly order: readonly string[];
}

const cache = new WeakMap<OperationDefinitionNode, Parts | { readonly none: true }>();
const isIntrospection = (name: string): boolean => name === '__schema' || name === '__type';

/**
 * The introspection of a document, apart from the data it asks for; null when it asks for none. The document is
 * valid, so `__schema` and `__type` stand on the query's own level only, fragments included.
 */
export function introspectionOf(reading: RequestReading): Parts | null {
  const known = getOrMake(cache, reading.operation, () => takeApart(reading) ?? { none: true });
  return 'none' in known ? null : known;
}

/**
 * Answers both parts: the schema from the viewer's own, with the executor of graphql-js, and the data as any
 * other document.
 */
export async function executeWithIntrospection(
  { introspection, data, order }: Parts,
  viewerSchema: GraphQLSchema,
  variables: RequestReading['variables'],
  run: (data: RequestReading) => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const read = { ...introspection, variables };
  checkIntrospectionSize(viewerSchema, read);
  // What introspection takes is text and truth values, which coercing again leaves as they are.
  const schema = await execute({
    schema: viewerSchema,
    document: introspection.document,
    variableValues: variables,
  });
  if (!data || !schema.data) return schema;
  const rest = await run({ ...data, variables });
  const errors = [...(schema.errors ?? []), ...(rest.errors ?? [])];
  return {
    ...rest,
    ...(errors.length > 0 ? { errors } : {}),
    data: rest.data && merged(order, schema.data, rest.data),
  };
}

function merged(order: readonly string[], ...parts: readonly Record<string, unknown>[]) {
  const out: Record<string, unknown> = Object.create(null);
  for (const name of order) for (const part of parts) if (Object.hasOwn(part, name)) out[name] = part[name];
  return out;
}

function takeApart({ document, operation }: RequestReading): Parts | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const used of reachable(document, operation))
    if (used.kind === Kind.FRAGMENT_DEFINITION) fragments.set(used.name.value, used);
  const roots = [...rootFields(operation.selectionSet, fragments)];
  if (!roots.some((field) => isIntrospection(field.name.value))) return null;
  const hasData = roots.some((field) => !isIntrospection(field.name.value));
  return {
    introspection: only(operation, fragments, isIntrospection),
    data: hasData ? only(operation, fragments, (name) => !isIntrospection(name)) : null,
    order: [...new Set(roots.map((field) => field.alias?.value ?? field.name.value))],
  };
}

function* rootFields(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Generator<SelectionNode & { kind: Kind.FIELD }> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) yield selection;
    else {
      const below = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (below) yield* rootFields(below.selectionSet, fragments);
    }
  }
}

/** The operation with those of its root fields that are wanted, and the fragments and variables they use. */
function only(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  wanted: (name: string) => boolean,
): Part {
  // Fragments on the query's own level are written out: one may hold both parts.
  const selectionSet = rootLevel(operation.selectionSet, fragments, wanted);
  const used = new Set<string>();
  const variables = new Set<string>();
  const note = (node: OperationDefinitionNode | FragmentDefinitionNode) =>
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.add(name.value);
        note(fragment);
      },
    });
  note({ ...operation, selectionSet });
  const variableDefinitions = operation.variableDefinitions?.filter((d) =>
    variables.has(d.variable.name.value),
  );
  const definitions = [...used].flatMap((name) => fragments.get(name) ?? []);
  const part: OperationDefinitionNode = {
    ...operation,
    selectionSet,
    ...(variableDefinitions && { variableDefinitions }),
  };
  return { operation: part, document: { kind: Kind.DOCUMENT, definitions: [part, ...definitions] } };
}

function rootLevel(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  wanted: (name: string) => boolean,
): SelectionSetNode {
  const selections = set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return wanted(selection.name.value) ? [selection] : [];
    const below = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (!below) return [];
    const selectionSet = rootLevel(below.selectionSet, fragments, wanted);
    if (selectionSet.selections.length === 0) return [];
    const { directives } = selection;
    return [{ kind: Kind.INLINE_FRAGMENT, typeCondition: below.typeCondition, directives, selectionSet }];
  });
  return { ...set, selections };
}
