import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { graphqlJson } from './graphql-json.ts';
import { answerHeaders } from './headers.ts';
import type { InFlight } from './in-flight.ts';

const body = JSON.stringify({
  errors: [
    {
      message: 'Too many requests are being answered; ask again in a second.',
      extensions: { code: 'OVERLOADED' },
    },
  ],
});
const head = [
  ...Object.entries(answerHeaders).flat(),
  'content-type',
  graphqlJson,
  'content-length',
  String(Buffer.byteLength(body)),
  'retry-after',
  '1',
];
const closing = [...head, 'connection', 'close'];

/**
 * A body up to this length is read and thrown away to keep its connection; a longer one costs more than a new
 * connection.
 */
const readToKeep = 64 * 1024;

/**
 * The answer to one request too many. Its connection stays open where that is cheap. Node takes one new
 * connection a turn of its event loop, so hundreds of clients that were cut off and come again would keep
 * everybody else waiting.
 * @param keeps false where the server takes no more requests
 */
export function refuseOverload(request: IncomingMessage, response: ServerResponse, keeps: boolean): void {
  const { headers } = request;
  const isShort =
    headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= readToKeep;
  response.writeHead(503, keeps && isShort ? head : closing).end(body);
}

/** Makes the server under Fastify. It refuses a request that cannot begin before Fastify hears of it. */
export const sheddingServer =
  (inFlight: InFlight, options: ServerOptions & { readonly keepAliveTimeout: number }) =>
  (handler: (request: IncomingMessage, response: ServerResponse) => void): Server => {
    const server = createServer(options, (request, response) => {
      if (!inFlight.isFull || request.method !== 'POST' || !isGraphql(request.url)) {
        handler(request, response);
        return;
      }
      inFlight.refused();
      refuseOverload(request, response, server.listening);
    });
    return server;
  };

/** The same route in another spelling is refused later, when its body is there. */
const isGraphql = (url = '') => url === '/graphql' || url.startsWith('/graphql?');
