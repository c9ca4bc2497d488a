import type { FastifyInstance } from 'fastify';
import type { DemoIssuer } from './demo-issuer.ts';
import { personas } from './personas.ts';

/** `GET /demo/personas` lists the personas; `POST /demo/token {code, unit, colleague}` signs in as one. */
export function registerDemoRoutes(app: FastifyInstance, issuer: DemoIssuer): void {
  app.get('/demo/personas', async () => personas);
  app.post('/demo/token', async (request, reply) => {
    const { code, unit, colleague } = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    const isUnderstood =
      typeof code === 'string' &&
      (unit === undefined || typeof unit === 'string') &&
      (colleague === undefined || typeof colleague === 'boolean');
    if (!isUnderstood)
      return reply.code(400).send({
        message:
          'Send { "code": "HLR", "unit": "PT-HLR", "colleague": false }; unit and colleague may be left out.',
      });
    try {
      return await issuer.issue({ code, unit, colleague });
    } catch {
      return reply.code(400).send({
        message:
          'Use a code, one of its units, and a colleague where there is one, as GET /demo/personas lists them.',
      });
    }
  });
}
