import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type VariableNode,
  visit,
} from 'graphql';

/** A text in an input that is no value of its scalar: a person can mend it, so it is told with its path. */
export class Misread {
  readonly #text: string;
  /** Completes "This is not …". */
  readonly expected: string;
  readonly expectedZh: string;

  constructor(text: string, expected: string, expectedZh: string) {
    this.#text = text;
    this.expected = expected;
    this.expectedZh = expectedZh;
  }

  /** For the hash of a call's body; nothing else repeats what was given. */
  toJSON(): string {
    return this.#text;
  }
}

// Coercion is one synchronous call, so that no other request comes between.
let isLenient = false;

/** Coerces values without an end at the first bad text: it stands there as a `Misread`. */
export function leniently<T>(coerce: () => T): T {
  isLenient = true;
  try {
    return coerce();
  } finally {
    isLenient = false;
  }
}

/** What a scalar makes of a bad text; undefined where it is to throw. */
export const misreadOf = (text: unknown, expected: string, expectedZh: string): Misread | undefined =>
  isLenient && typeof text === 'string' ? new Misread(text, expected, expectedZh) : undefined;

function hasMisread(value: unknown): boolean {
  if (value instanceof Misread) return true;
  if (Array.isArray(value)) return value.some(hasMisread);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasMisread);
}

/**
 * Whether bad texts stand only where mutations of the do-matrix take them, which tell of them in `userErrors`. Everywhere
 * else the request is refused as a whole.
 */
export function areMisreadsTold(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  const bad = Object.keys(variables).filter((name) => hasMisread(variables[name]));
  const inside = new Set<VariableNode>();
  const fields = schema.getMutationType()?.getFields() ?? {};
  for (const selection of operation.selectionSet.selections) {
    if (selection.kind !== Kind.FIELD || !isDerived(fields[selection.name.value])) continue;
    for (const given of selection.arguments ?? [])
      visit(given.value, { Variable: (node) => void inside.add(node) });
  }
  let isTold = true;
  visit(document, {
    VariableDefinition: () => false,
    Variable(node) {
      if (bad.includes(node.name.value) && !inside.has(node)) isTold = false;
    },
  });
  return isTold;
}

/** Mutations that departments write by themselves say as what they act. */
const isDerived = (field: { readonly astNode?: unknown } | undefined): boolean => {
  const node = field?.astNode as {
    directives?: readonly { name: { value: string }; arguments?: readonly unknown[] }[];
  };
  return (
    node?.directives?.some(({ name, arguments: given }) => name.value === 'does' && !given?.length) ?? false
  );
};
