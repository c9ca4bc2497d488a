import { type DocumentNode, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import { maxTokens, staticLimits } from './shape.ts';

/**
 * The faults that keep a document from being executed: syntax, validation, static limits. One sentence for
 * each, with its line; empty when there is none. The cost of an operation depends on variables and is not
 * looked at.
 */
export function faultsOfDocument(schema: GraphQLSchema, source: string): readonly string[] {
  let document: DocumentNode;
  try {
    document = parse(source, { maxTokens });
  } catch (error) {
    return [sentence(error as Located)];
  }
  const faults = validate(schema, document, [...specifiedRules, staticLimits], { maxErrors: 20 }).map(
    sentence,
  );
  const runs = document.definitions.some(({ kind }) => kind === 'OperationDefinition');
  return runs || faults.length > 0 ? faults : ['There is no operation in it.'];
}

interface Located extends Error {
  readonly locations?: readonly { readonly line: number }[] | undefined;
}

const sentence = ({ message, locations }: Located): string =>
  locations?.[0] ? `line ${locations[0].line}: ${message}` : message;
