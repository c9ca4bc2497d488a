import { createHash } from 'node:crypto';
import { type DocumentNode, type ExecutionResult, GraphQLError, parse } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { Paper } from '../../contract/doing/department-doing.ts';
import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import { renderPaper } from '../../papers/render-paper.ts';
import { encodeNodeId } from '../node-id.ts';
import type { SentRequest } from '../request-reading.ts';

/** A printed document. */
export interface Printed {
  readonly number: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

/** Asks the graph in the viewer's own name. */
export type Ask = (request: SentRequest) => Promise<ExecutionResult>;

/** Parsed once each, so that the graph knows them when they are asked again. */
const documents = new WeakMap<Paper, DocumentNode>();

const documentOf = (type: string, paper: Paper): DocumentNode =>
  getOrMake(documents, paper, () =>
    parse(`query Paper($id: ID!) { node(id: $id) { ... on ${type} { recordVersion ${paper.reads} } } }`, {
      noLocation: true,
    }),
  );

/**
 * Prints a document of a record, read as by any query of the viewer's: nothing stands on it that the viewer may not read.
 * @returns null where the viewer does not see the record, or not all that must stand on the document
 * @throws GraphQLError where it cannot be read now, or not without a purpose
 */
export async function printPaper(
  { record }: DoneRecord,
  paper: Paper,
  id: string,
  ask: Ask,
): Promise<Printed | null> {
  const document = documentOf(record.name, paper);
  const read = nodeOf(await ask({ document, variables: { id: encodeNodeId(record.name, id) } }));
  const content = read && paper.write({ id, read });
  if (!content) return null;
  const bytes = await renderPaper(content);
  return { number: content.number, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
}

/** The record of an answer; null where it does not exist for the viewer. @throws GraphQLError for a fault */
export function nodeOf({ data, errors = [] }: ExecutionResult): Readonly<Record<string, unknown>> | null {
  const fault = errors.find(({ extensions }) => !withheld.has(String(extensions?.code)));
  if (fault) throw new GraphQLError(fault.message, { extensions: { ...fault.extensions } });
  return (data?.node as Record<string, unknown> | null | undefined) ?? null;
}

/** Codes of what is not for this viewer: it is left out. */
const withheld = new Set(['FORBIDDEN', 'NOT_YOURS', 'OUT_OF_SCOPE']);

/** What the event of a print says of it. */
export const printNote = ({ number, sha256 }: Printed): string => `${number} sha256:${sha256}`;

/** The same read back. */
export function readPrintNote(reason: string | null): Pick<Printed, 'number' | 'sha256'> | null {
  const [, number, sha256] = /^(\S+) sha256:([0-9a-f]{64})(?: |$)/.exec(reason ?? '') ?? [];
  return number && sha256 ? { number, sha256 } : null;
}
