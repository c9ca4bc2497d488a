import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface HealthOptions {
  /** Each part that requests are answered from, and whether it answers; within a second. */
  readonly parts: () => Promise<Readonly<Record<string, boolean>>>;
  /** Parts without which hardly anything can be answered. */
  readonly needed: ReadonlySet<string>;
  /** The server is going down and takes no new work. */
  readonly draining: () => boolean;
  /** Whether a request has a valid token. */
  readonly isSignedIn: (request: FastifyRequest) => Promise<boolean>;
}

/**
 * `GET /livez`: the process answers. `GET /readyz`: it also takes work; `degraded` while a part that not everything
 * needs does not answer, 503 while one that is needed does not. Only who is on this machine or signed in is told which.
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

/** What a proxy on this machine puts in the name of somebody else. */
const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

function isFromHere({ headers, socket }: FastifyRequest): boolean {
  const address = socket.remoteAddress ?? '';
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address);
  return isLoopback && forwarded.every((name) => headers[name] === undefined);
}
