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

/** The longest legal document is far smaller. */
const bodyLimit = 256 * 1024;

export interface TransportOptions {
  /** A request that has not come whole within this time is cut, in milliseconds. */
  readonly requestTimeoutMs?: number;
}

/** The settings of Fastify and Node against strange, large and slow requests. */
export function transportOptions(inFlight: InFlight, { requestTimeoutMs = 15_000 }: TransportOptions = {}) {
  return {
    bodyLimit,
    serverFactory: sheddingServer(inFlight, {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      // How often Node looks for slow requests; its default is 30 s.
      connectionsCheckingInterval: Math.min(1000, requestTimeoutMs),
      // Longer than proxies keep theirs, as in Fastify.
      keepAliveTimeout: 72_000,
      maxHeaderSize: 16 * 1024,
      insecureHTTPParser: false,
    }),
    // An unreadable path may hold anything: it is not repeated.
    frameworkErrors: (_error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      setAnswerHeaders(reply);
      answer(request, reply, { status: 400, code: 'BAD_REQUEST', message: 'The path cannot be read.' });
    },
  } satisfies FastifyHttpOptions<Server>;
}

/**
 * Refuses everything but a clean JSON request before anything looks at it. Every answer has the same headers.
 */
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

/** On the route of GraphQL a refusal has the form of a GraphQL answer; elsewhere it is one sentence. */
export function answer(request: FastifyRequest, reply: FastifyReply, { status, code, message }: Refusal) {
  const graphql = request.routeOptions.url === '/graphql';
  return reply.code(status).send(graphql ? { errors: [{ message, extensions: { code } }] } : { message });
}

const codes: Readonly<Record<number, string>> = {
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  500: 'INTERNAL',
};

/** Some of Fastify's own messages name what was sent. */
function sentenceOf(error: FastifyError, status: number): string {
  if (error instanceof BodyRefused) return error.message;
  if (status === 413) return `The body has more than ${bodyLimit / 1024} KiB.`;
  if (status === 415) return 'Send JSON: content-type application/json.';
  if (status >= 500) return 'Something went wrong here; tell the operator when.';
  if (error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'The body is empty.';
  return 'The body is not JSON, or holds a name that objects reserve.';
}
