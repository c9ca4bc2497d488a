import type { FastifyInstance } from 'fastify';

export interface HealthOptions {
  /** Whether every store answers. */
  readonly storesAnswer: () => Promise<Readonly<Record<string, boolean>>>;
  /** The server is going down and takes no new work. */
  readonly draining: () => boolean;
}

/** `GET /livez`: the process answers. `GET /readyz`: it also takes work and every store answers. */
export function registerHealth(app: FastifyInstance, { storesAnswer, draining }: HealthOptions): void {
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    if (draining()) return reply.code(503).send({ status: 'draining' });
    const stores = await storesAnswer();
    const ready = Object.values(stores).every(Boolean);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'stores unavailable', stores });
  });
}
