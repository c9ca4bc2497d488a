import { GraphQLError } from 'graphql';
import type { Viewer } from '../../identity/viewer.ts';
import type { Clients } from './clients.ts';
import { documentHash } from './manifest.ts';

const refused = (status: number, code: string, message: string) =>
  new GraphQLError(message, { extensions: { code, http: { status } } });

/**
 * Admits a document, or refuses it. A registered client, named in the token, sends `documentId: "sha256:…"`
 * of its manifest and nothing else, whoever signs in through it. Everybody else sends free text, if the token
 * allows to explore: by the claim `explore` or the post ANALYST.
 *
 * Puts the text of a trusted document into the body's `query`, where all later steps expect it.
 * @returns the registered client, null for free text
 * @throws GraphQLError DOCUMENT_UNKNOWN, DOCUMENT_NOT_TRUSTED, BAD_REQUEST
 */
export function admitDocument(body: unknown, viewer: Viewer, clients: Clients): string | null {
  // A body that is no object is refused where its other parts are read.
  if (typeof body !== 'object' || body === null) return null;
  const request = body as { query?: unknown; documentId?: unknown };
  const documents = viewer.client === null ? undefined : clients.get(viewer.client);
  const { documentId } = request;
  if (documentId !== undefined && documentId !== null) {
    if (typeof documentId !== 'string' || (request.query !== undefined && request.query !== null))
      throw refused(400, 'BAD_REQUEST', 'Send either a `query` or a `documentId`, as a string.');
    const text = documentId.startsWith('sha256:') ? documents?.get(documentId.slice(7)) : undefined;
    if (text === undefined)
      throw refused(
        400,
        'DOCUMENT_UNKNOWN',
        'The client of the token has no document of this id; register it (docs/operations.md).',
      );
    delete request.documentId;
    request.query = text;
    return viewer.client;
  }
  if (documents)
    throw refused(
      403,
      'DOCUMENT_NOT_TRUSTED',
      'This client sends registered documents only: send `documentId`, or register the document (docs/operations.md).',
    );
  if (!viewer.explores)
    throw refused(
      403,
      'DOCUMENT_NOT_TRUSTED',
      'The token allows no documents of your own: use a registered client, or ask for the post ANALYST.',
    );
  return null;
}

/**
 * Whether a document may be taken out as a file: by the same rule, a registered one of the token's client, else any where
 * the token allows to explore.
 */
export function admitsText(text: string, { client, explores }: Viewer, clients: Clients): boolean {
  const documents = client === null ? undefined : clients.get(client);
  return documents ? documents.get(documentHash(text)) === text : explores;
}
