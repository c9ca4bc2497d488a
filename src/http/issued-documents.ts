import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { purposeHeader } from '../graph/check/purpose-check.ts';
import { fetchIssued } from '../graph/doing/issued-documents.ts';
import type { ObjectBudget, Reservation } from '../graph/limits/budget.ts';
import { AuthenticationError } from '../identity/authentication-error.ts';
import type { Viewer } from '../identity/viewer.ts';
import { StoreUnavailable } from '../store/statements.ts';
import { type ReadingParts, readingContext } from './reading-context.ts';

export interface IssuedDocumentsOptions extends ReadingParts {
  /** Who asks. @throws AuthenticationError, which answers 401 or 503. */
  readonly authenticate: (request: FastifyRequest) => Promise<Viewer>;
  /** Null: no budget. */
  readonly budget: ObjectBudget | null;
}

/** What a document may read: the record, what is linked to it, and its materials and events. */
const objectsOfDocument = 300;

/**
 * `GET /documents/<id>.pdf`: the bytes of a document that was printed, for whoever may print it, as a read with a purpose and an
 * entry in the log. Everybody else learns nothing, not even that there is one.
 */
export function registerIssuedDocuments(app: FastifyInstance, options: IssuedDocumentsOptions): void {
  app.get('/documents/*', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const viewer = await identify(options, request, reply);
    if (!viewer) return reply;
    const { doing, executor } = options.graph;
    const [, id] = /^([\w-]{1,300})\.pdf$/.exec((request.params as { '*': string })['*']) ?? [];
    if (!doing || !id) return absent(reply);
    const context = readingContext(options, viewer, request.headers[purposeHeader]);
    let reservation: Reservation | undefined;
    try {
      reservation = options.budget?.take(`${viewer.unit} ${viewer.person}`, objectsOfDocument);
      const found = await fetchIssued(doing, id, context, (asked) => executor.askFor(asked, context));
      if (!found) return absent(reply);
      if (found.state === 'CHANGED')
        return reply.code(410).send({ message: 'What it says has changed since. Issue the document anew.' });
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${found.number}.pdf"`)
        .send(found.bytes);
    } catch (error) {
      return refuse(error, reply);
    } finally {
      reservation?.settle(context.reads.objects.objects);
    }
  });
}

const absent = (reply: FastifyReply) => reply.code(404).send({ message: 'There is no such document.' });

/** @returns undefined where the answer says that nobody asks */
async function identify(
  { authenticate }: IssuedDocumentsOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Viewer | undefined> {
  try {
    return await authenticate(request);
  } catch (error) {
    if (!(error instanceof AuthenticationError)) throw error;
    if (error.status === 401) reply.header('www-authenticate', error.challenge);
    if (error.retryAfter !== null) reply.header('retry-after', String(error.retryAfter));
    await reply.code(error.status).send({ message: error.message });
    return undefined;
  }
}

/** A read that cannot be made now is refused as in an answer of GraphQL. */
function refuse(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof StoreUnavailable)
    return reply.code(503).send({ message: 'A department cannot answer at the moment.' });
  const code = error instanceof GraphQLError ? String(error.extensions.code) : '';
  const status = statusOf[code];
  if (status === undefined) throw error;
  const { message, extensions } = error as GraphQLError;
  if (extensions.retryAfter !== undefined) reply.header('retry-after', String(extensions.retryAfter));
  return reply.code(status).send({ message, code });
}

const statusOf: Readonly<Record<string, number>> = {
  PURPOSE_REQUIRED: 403,
  PURPOSE_UNKNOWN: 403,
  PURPOSE_DENIED: 403,
  BUDGET_EXHAUSTED: 429,
  STORE_UNAVAILABLE: 503,
  AUDIT_UNAVAILABLE: 503,
};
