import type { Server } from 'node:http';
import type {
  FastifyError,
  FastifyHttpOptions,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
} from 'fastify';
import { headFault, type Refusal, setAnswerHeaders } from './headers.ts';
import type { InFlight } from './in-flight.ts';
import { BodyRefused, checkJson, countNames, decodeBody } from './json-body.ts';
import { sheddingServer } from './shedding.ts';

/** A document of the longest legal kind is far below this. */
const bodyLimit = 256 * 1024;

export interface TransportOptions {
  /** A request that has not come whole after so long is cut, in milliseconds. */
  readonly requestTimeoutMs?: number;
}

/** What Fastify and Node themselves hold against strange, large and slow requests. */
export function transportOptions(inFlight: InFlight, { requestTimeoutMs = 15_000 }: TransportOptions = {}) {
  return {
    bodyLimit,
    serverFactory: sheddingServer(inFlight, {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      // Node looks for requests that are too slow only so often; its default is 30 s.
      connectionsCheckingInterval: Math.min(1000, requestTimeoutMs),
      // Longer than proxies keep theirs, as Fastify has it.
      keepAliveTimeout: 72_000,
      maxHeaderSize: 16 * 1024,
      insecureHTTPParser: false,
    }),
    // A path that cannot be read may hold anything: it is not repeated.
    frameworkErrors: (_error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      setAnswerHeaders(reply);
      answer(request, reply, { status: 400, code: 'BAD_REQUEST', message: 'The path cannot be read.' });
    },
  } satisfies FastifyHttpOptions<Server>;
}

/** Refuses what is no clean JSON request before anything looks at it, with the same headers on every answer. */
export function registerTransport(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    setAnswerHeaders(reply);
    const fault = headFault(request);
    // The rest of such a request is not worth reading.
    if (fault) return answer(request, reply.header('connection', 'close'), fault);
    return undefined;
  });
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      const text = decodeBody(bytes);
      const names = countNames(text);
      // It calls back at once.
      let parsed: { readonly fault: Error | null; readonly value?: unknown } = { fault: null };
      void parseJson(request, text, (fault, value) => {
        parsed = { fault, value };
      });
      if (!parsed.fault) checkJson(names, parsed.value);
      done(parsed.fault, parsed.value);
    } catch (error) {
      done(error as Error);
    }
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ fault: { name: error.name, code: error.code } }, 'fault');
    answer(request, reply, {
      status,
      code: codes[status] ?? 'BAD_REQUEST',
      message: sentenceOf(error, status),
    });
  });
}

/** Where GraphQL is spoken a refusal has the form of a GraphQL answer; elsewhere it is one sentence. */
export function answer(request: FastifyRequest, reply: FastifyReply, { status, code, message }: Refusal) {
  const graphql = request.routeOptions.url === '/graphql';
  return reply.code(status).send(graphql ? { errors: [{ message, extensions: { code } }] } : { message });
}

const codes: Readonly<Record<number, string>> = {
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  500: 'INTERNAL',
};

/** Fastify's own messages name what was sent here and there. */
function sentenceOf(error: FastifyError, status: number): string {
  if (error instanceof BodyRefused) return error.message;
  if (status === 413) return `The body has more than ${bodyLimit / 1024} KiB.`;
  if (status === 415) return 'Send JSON: content-type application/json.';
  if (status >= 500) return 'Something went wrong here; tell the operator when.';
  if (error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'The body is empty.';
  return 'The body is not JSON, or holds a name that objects reserve.';
}
