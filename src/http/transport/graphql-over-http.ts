import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import Negotiator from 'negotiator';
import { compressed } from './compressed-answers.ts';
import { graphqlJson } from './graphql-json.ts';
import type { InFlight } from './in-flight.ts';
import { answer } from './index.ts';
import { refuseOverload } from './shedding.ts';

/** The media type that clients older than the specification accept. */
const plainJson = 'application/json; charset=utf-8';
/** An answer that is not fetched within this time is thrown away, in milliseconds. */
const fetchWithinMs = 60_000;

/**
 * `POST /graphql` as in GraphQL over HTTP (edition of September 2026); every other method is answered 405.
 * There is no GET: the names and identity numbers in queries would stand in the logs of every proxy.
 */
export function registerGraphqlRoute(
  app: FastifyInstance,
  handler: RouteHandlerMethod,
  inFlight: InFlight,
): void {
  app.post(
    '/graphql',
    { ...compressed, onRequest: negotiate, onSend: nameErrors },
    boundedBy(inFlight, handler),
  );
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    // Before the body, which does not matter here.
    onRequest: async (request, reply) =>
      answer(request, reply.header('allow', 'POST').header('connection', 'close'), {
        status: 405,
        code: 'METHOD_NOT_ALLOWED',
        message: 'Ask by POST with a JSON body.',
      }),
    onSend: nameErrors,
    handler: () => undefined,
  });
}

/** A request is in flight once its body is there. A slow sender takes nobody's place. */
const boundedBy = (inFlight: InFlight, handler: RouteHandlerMethod): RouteHandlerMethod =>
  async function (this: FastifyInstance, request, reply) {
    const leave = inFlight.enter();
    if (!leave) {
      reply.hijack();
      refuseOverload(request.raw, reply.raw, this.server.listening);
      return;
    }
    // It counts until here even when its client has gone: what runs cannot be stopped. An unfetched answer
    // takes up memory too.
    const sent = new Promise<void>((resolve) => reply.raw.once('close', resolve));
    try {
      await inFlight.start();
      // The client has gone: nobody waits for the answer.
      if (reply.raw.destroyed) return reply.hijack();
      return await handler.call(this, request, reply);
    } finally {
      const cut = setTimeout(() => reply.raw.destroy(), fetchWithinMs);
      cut.unref();
      void sent.then(() => {
        clearTimeout(cut);
        leave();
      });
    }
  };

/** Chooses the media type before anything is read: Apollo Server would execute first and then answer 406. */
async function negotiate(request: FastifyRequest, reply: FastifyReply) {
  // A client that accepts anything, or does not say, gets the type of the specification.
  const accept = request.headers.accept || '*/*';
  const type = new Negotiator({ headers: { accept } }).mediaType([graphqlJson, plainJson]);
  if (type === undefined)
    return answer(request, reply, {
      status: 406,
      code: 'NOT_ACCEPTABLE',
      message: 'Answers are application/graphql-response+json or application/json.',
    });
  request.headers.accept = type;
  return undefined;
}

/** The type of a refusal says that it comes from this server and not from a proxy on the way (§5.1 Body). */
async function nameErrors(_request: FastifyRequest, reply: FastifyReply) {
  if (reply.statusCode >= 300) reply.type(graphqlJson);
}
