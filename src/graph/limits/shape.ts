import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { type Fragments, fragmentsOf } from './fragments.ts';
import { refuse } from './refuse.ts';

/** Static limits of a document; one that passes them costs little to check further. */
export const maxTokens = 2000;
/** Tools ask for the schema in a document that is fifteen deep; nothing else needs more than twelve. */
const limits = { depth: 12, introspectionDepth: 15, aliases: 30, directives: 30, rootFields: 20 } as const;

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
