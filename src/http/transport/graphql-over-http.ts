import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import Negotiator from 'negotiator';
import { compressed } from './compressed-answers.ts';
import { graphqlJson } from './graphql-json.ts';
import type { InFlight } from './in-flight.ts';
import { answer } from './index.ts';
import { refuseOverload } from './shedding.ts';

/** What clients older than the specification accept. */
const plainJson = 'application/json; charset=utf-8';
/** An answer that is not fetched for so long is thrown away, in milliseconds. */
const fetchWithinMs = 60_000;

/**
 * `POST /graphql` as GraphQL over HTTP (edition of September 2026) has it; every other method is answered 405. No
 * GET: what queries carry (names, numbers of identity cards) would stand in the logs of every proxy.
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
    // Before the body, which is of no interest.
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

/** A request is in flight when its body is there: who sends it slowly takes nobody's place. */
const boundedBy = (inFlight: InFlight, handler: RouteHandlerMethod): RouteHandlerMethod =>
  async function (this: FastifyInstance, request, reply) {
    const leave = inFlight.enter();
    if (!leave) {
      reply.hijack();
      refuseOverload(request.raw, reply.raw, this.server.listening);
      return;
    }
    // Also when who asked has gone: what runs cannot be stopped. And what is not fetched takes up memory.
    const sent = new Promise<void>((resolve) => reply.raw.once('close', resolve));
    try {
      await inFlight.start();
      // Nobody waits for it any more.
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
  // Who accepts anything, or does not say, gets the type of the specification.
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

/** A refusal says by its type that it comes from here and from nothing on the way (§5.1 Body). */
async function nameErrors(_request: FastifyRequest, reply: FastifyReply) {
  if (reply.statusCode >= 300) reply.type(graphqlJson);
}
