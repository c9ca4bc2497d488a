import { type ASTVisitor, type DocumentNode, GraphQLError, Kind, type ValidationContext } from 'graphql';
import { fragmentsOf } from './fragments.ts';
import { type Measure, Measuring } from './measure.ts';
import { countOverlaps } from './overlap.ts';
import { refuse } from './refuse.ts';

/** Static limits of a document. Checking a document within them further costs little. */
export const maxTokens = 2000;
/** Tools ask for the schema in a document of fifteen levels. Nothing else needs more than twelve. */
const limits = {
  operations: 20,
  fragments: 50,
  depth: 12,
  introspectionDepth: 15,
  introspectionLists: 12,
  aliases: 30,
  directives: 30,
  rootFields: 20,
  selections: 1000,
  overlaps: 5000,
} as const;

/**
 * Limits that need no variables, as a validation rule. Every alias and every directive counts, also those of
 * `__typename`; a fragment counts each time it is spread.
 */
export function staticLimits(context: ValidationContext): ASTVisitor {
  return {
    Document: {
      enter(document) {
        const error = exceeded(document);
        if (!error) return undefined;
        context.reportError(error);
        // One error, then nothing is left to check: the slow rules take no time on such a document.
        return { ...document, definitions: [] };
      },
    },
    StringValue: (node) => {
      // No database stores this character. The check of bodies does not see it here: in a document it is an
      // escape.
      if (node.value.includes('\0'))
        context.reportError(
          new GraphQLError('A text in the document holds the zero character. Leave it out.', {
            nodes: node,
            extensions: { code: 'BAD_VALUE', http: { status: 400 } },
          }),
        );
    },
  };
}

function exceeded(document: DocumentNode): GraphQLError | undefined {
  const fragments = fragmentsOf(document);
  const count = (kind: Kind) => document.definitions.filter((definition) => definition.kind === kind).length;
  const several = 'Ask in several documents.';
  if (count(Kind.OPERATION_DEFINITION) > limits.operations)
    return tooMany('TOO_MANY_OPERATIONS', limits.operations, 'operations', several);
  if (count(Kind.FRAGMENT_DEFINITION) > limits.fragments)
    return tooMany('TOO_MANY_FRAGMENTS', limits.fragments, 'fragments', several);
  const measuring = new Measuring(fragments);
  for (const definition of document.definitions) {
    // A fragment that no operation uses is validated too.
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION)
      continue;
    const error =
      definition.kind === Kind.OPERATION_DEFINITION
        ? beyond(measuring.operation(definition))
        : tooLarge(measuring.fragment(definition));
    if (error) return error;
    if (measuring.circular)
      return new GraphQLError('Fragments of the document spread themselves, through others or at once.', {
        extensions: { code: 'FRAGMENT_CIRCLE', http: { status: 400 } },
      });
    if (countOverlaps(definition.selectionSet, fragments, limits.overlaps) > limits.overlaps)
      return refuse(
        'TOO_MANY_OVERLAPS',
        'The document asks for the same fields again and again. Ask for each once.',
        limits.overlaps,
      );
  }
  return undefined;
}

function beyond(measure: Measure): GraphQLError | undefined {
  const { depth, introspectionDepth, fields, aliases, directives } = measure;
  const deepest = depth > limits.depth ? limits.depth : limits.introspectionDepth;
  if (depth > limits.depth || introspectionDepth > limits.introspectionDepth)
    return refuse(
      'QUERY_TOO_DEEP',
      `The document is nested more than ${deepest} levels deep. Ask in several documents.`,
      deepest,
    );
  if (measure.introspectionLists > limits.introspectionLists)
    return tooMany(
      'TOO_MUCH_INTROSPECTION',
      limits.introspectionLists,
      'lists of the schema',
      'Read it once.',
    );
  if (aliases > limits.aliases)
    return tooMany(
      'TOO_MANY_ALIASES',
      limits.aliases,
      'aliases',
      'Use lists, filters, or several documents.',
    );
  if (directives > limits.directives)
    return tooMany('TOO_MANY_DIRECTIVES', limits.directives, 'directives', 'Leave fields out instead.');
  if (fields > limits.rootFields)
    return tooMany('TOO_MANY_ROOT_FIELDS', limits.rootFields, 'root fields', 'Ask in several documents.');
  return tooLarge(measure);
}

const tooLarge = ({ selections }: Measure) =>
  selections > limits.selections
    ? tooMany('TOO_MANY_FIELDS', limits.selections, 'fields', 'Ask in several documents.')
    : undefined;

const tooMany = (code: string, limit: number, what: string, todo: string) =>
  refuse(code, `The document has more than ${limit} ${what}. ${todo}`, limit);
