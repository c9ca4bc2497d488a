import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface HealthOptions {
  /** Each part that answers requests, and whether it answers within a second. */
  readonly parts: () => Promise<Readonly<Record<string, boolean>>>;
  /** Parts without which hardly anything can be answered. */
  readonly needed: ReadonlySet<string>;
  /** The server is stopping and takes no new work. */
  readonly draining: () => boolean;
  /** Whether a request has a valid token. */
  readonly isSignedIn: (request: FastifyRequest) => Promise<boolean>;
}

/**
 * `GET /livez`: the process answers. `GET /readyz`: it also takes work. `degraded` names an optional part
 * that does not answer; a needed one makes it 503. Names of parts are told to requests from this machine and
 * to signed-in ones only.
 */
export function registerHealth(app: FastifyInstance, options: HealthOptions): void {
  const { parts, needed, draining, isSignedIn } = options;
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (request, reply) => {
    if (draining()) return reply.code(503).send({ status: 'draining' });
    const stores = await parts();
    const degraded = Object.keys(stores).filter((name) => !stores[name]);
    const isReady = !degraded.some((name) => needed.has(name));
    const status = degraded.length === 0 ? 'ok' : isReady ? 'degraded' : 'stores unavailable';
    const isTold = isFromHere(request) || (await isSignedIn(request));
    return reply.code(isReady ? 200 : 503).send(isTold ? { status, degraded, stores } : { status });
  });
}

/** The headers with which a proxy on this machine forwards somebody else's request. */
const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

function isFromHere({ headers, socket }: FastifyRequest): boolean {
  const address = socket.remoteAddress ?? '';
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address);
  return isLoopback && forwarded.every((name) => headers[name] === undefined);
}
