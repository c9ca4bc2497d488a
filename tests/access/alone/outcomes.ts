import type { GraphQLFormattedError } from 'graphql';
import { createErrorFormatter } from '../../../src/graph/errors.ts';
import { StatementFailed } from '../../../src/store/statements.ts';
import type { Answer } from '../../support/graph.ts';
import { insufficientPrivilege } from './kept-connections.ts';

/** How the database answered one alias of a document. */
export interface Outcome {
  /** A statement was refused for want of a right. */
  readonly refused: boolean;
  readonly value: unknown;
}

/** The outcome of each alias of a document. @throws Error for an error that is no refusal by the database */
export function outcomesOf(answer: Answer): (alias: string) => Outcome {
  const refused = new Set<string>();
  for (const { originalError, path, message, extensions } of answer.errors) {
    if (extensions.code === 'OUT_OF_SCOPE') continue;
    if (!(originalError instanceof StatementFailed) || originalError.code !== insufficientPrivilege)
      throw new Error(`Not a refusal by the database, at ${path?.join('.')}: ${message}`);
    refused.add(String(path?.[0]));
  }
  return (alias) => ({ refused: refused.has(alias), value: answer.data[alias] });
}

interface Page {
  readonly totalCount?: number;
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
}

/** No row, and no count of rows. */
export const isEmptyPage = (value: unknown): boolean => {
  const { totalCount = 0, nodes } = value as Page;
  return totalCount === 0 && nodes.length === 0;
};

/** Rows, of which none shows anything at a relation. */
export const leadsNowhere = (value: unknown, field: string): boolean =>
  (value as Page).nodes.every((node) => {
    const shown = node[field];
    if (shown === null) return true;
    return Array.isArray(shown) ? shown.length === 0 : 'nodes' in Object(shown) && isEmptyPage(shown);
  });

/** The ids of the related records that rows show. */
export const relatedIds = (value: unknown, field: string): string[] =>
  (value as Page).nodes.flatMap((node) => {
    const shown = node[field];
    const related = Array.isArray(shown) ? shown : ((shown as Page | null)?.nodes ?? []);
    return related.map(({ id }) => String(id));
  });

const format = createErrorFormatter(() => {});

/**
 * The answer as a client gets it: what the database says of its tables stays here. Without the numbers of incidents:
 * they are drawn at random, and now and then hold the six digits of a wage.
 */
export const asSent = (answer: Answer): Answer => ({
  ...answer,
  errors: answer.errors.map((error) => withoutIncident(format(error.toJSON(), error))) as never,
});

function withoutIncident(error: GraphQLFormattedError): unknown {
  const { incident } = error.extensions ?? {};
  return incident ? JSON.parse(JSON.stringify(error).replaceAll(String(incident), 'drawn')) : error;
}
