import { hash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { faultsOfDocument } from '../../graph/limits/check-document.ts';

/** The documents that a client may send: SHA-256 of the text in lower-case hexadecimal → the text. */
export type Manifest = ReadonlyMap<string, string>;

/** The id of a document as GraphQL over HTTP's persisted documents have it, without its prefix `sha256:`. */
export const documentHash = (text: string): string => hash('sha256', text, 'hex');

/**
 * Reads a manifest `{ "<sha256>": "<document>" }`, the form that GraphQL code generators write.
 * @returns the documents, and what is wrong: no such JSON, a hash that is not its text's, a document that the
 *   schema or a limit refuses
 */
export function readManifest(
  text: string,
  schema: GraphQLSchema,
): { readonly documents: Manifest; readonly faults: readonly string[] } {
  const documents = new Map<string, string>();
  let entries: [string, unknown][];
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new Error('no object');
    entries = Object.entries(read);
  } catch {
    return { documents, faults: ['it is not a JSON object { "<sha256>": "<document>" }'] };
  }
  const faults: string[] = [];
  for (const [key, document] of entries) {
    const at = `document ${key.slice(0, 12)}…`;
    // Tools write the hash with or without the prefix that requests have.
    const given = key.replace(/^sha256:/, '');
    if (typeof document !== 'string') faults.push(`${at}: it is not a text`);
    else if (documentHash(document) !== given) faults.push(`${at}: its hash is not that of its text`);
    else {
      faults.push(
        ...faultsOfDocument(schema, document).map((fault) => `${at} (${nameOf(document)}): ${fault}`),
      );
      documents.set(given, document);
    }
  }
  return { documents, faults };
}

/** The first operation's name, by which a person finds the document again. */
const nameOf = (document: string): string =>
  /\b(?:query|mutation|subscription)\s+(\w+)/.exec(document)?.[1] ?? 'without a name';
