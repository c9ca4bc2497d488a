import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Refusal } from './transport/headers.ts';
import { answer } from './transport/index.ts';

/**
 * Answers only requests under a name on which this server listens (localhost, a loopback address, or its
 * `HOST`), with its port, and only pages of that same origin. The demonstration signs anybody in. A foreign
 * page whose name was pointed at this machine (DNS rebinding) would else read everything as any persona: to
 * the browser the page is the server's own.
 * @param host the address to listen on, where it is known
 */
export function answerOwnHostsOnly(app: FastifyInstance, host: string | undefined): void {
  app.addHook('onRequest', async (request, reply) => {
    const refusal = hostFault(request, host);
    if (refusal) return answer(request, reply.header('connection', 'close'), refusal);
    return undefined;
  });
}

function hostFault(request: FastifyRequest, host: string | undefined): Refusal | undefined {
  const { headers, socket } = request.raw;
  const asked = headers.host === undefined ? undefined : placeOf(`http://${headers.host}`);
  const port = String(socket.localPort ?? '');
  if (!asked || asked.port !== port || !isOwn(asked.hostname, host, socket.localAddress))
    return {
      status: 421,
      code: 'FOREIGN_HOST',
      message: `The demonstration answers at http://localhost:${port}, a loopback address and its HOST only, not under other names.`,
    };
  const { origin } = headers;
  // A preflight asks for nothing, and is refused to everybody.
  if (origin !== undefined && request.method !== 'OPTIONS' && placeOf(origin)?.host !== asked.host)
    return { status: 403, code: 'CROSS_ORIGIN', message: 'Only pages of this server may ask it.' };
  return undefined;
}

/** The origin of a URL, in one spelling; undefined when the text is no URL, or says more than an origin. */
function placeOf(text: string): { hostname: string; port: string; host: string } | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port, pathname, search, username } = new URL(text);
  if (!/^https?:$/.test(protocol) || pathname !== '/' || search !== '' || username !== '') return undefined;
  const given = port || (protocol === 'https:' ? '443' : '80');
  return { hostname, port: given, host: `${hostname}:${given}` };
}

/** Nobody can point the address of a connection elsewhere, as a name could be. */
function isOwn(name: string, host: string | undefined, cameTo: string | undefined): boolean {
  if (name === 'localhost' || name === '[::1]' || /^127(\.\d+){3}$/.test(name)) return true;
  const address = (text: string) => (text.includes(':') ? `[${text}]` : text);
  const listensEverywhere = host === '0.0.0.0' || host === '::';
  const own = listensEverywhere ? cameTo?.replace(/^::ffff:(?=\d+\.)/, '') : host;
  return own !== undefined && placeOf(`http://${address(own)}`)?.hostname === name;
}
