import type { FastifyInstance } from 'fastify';
import type { DemoIssuer } from './demo-issuer.ts';
import { personas } from './personas.ts';

/** `GET /demo/personas` lists the personas; `POST /demo/token {code, unit}` signs in as one. */
export function registerDemoRoutes(app: FastifyInstance, issuer: DemoIssuer): void {
  app.get('/demo/personas', async () => personas);
  app.post('/demo/token', async (request, reply) => {
    const { code, unit } = (request.body ?? {}) as { code?: unknown; unit?: unknown };
    if (typeof code !== 'string' || (unit !== undefined && typeof unit !== 'string'))
      return reply
        .code(400)
        .send({ message: 'Send { "code": "HLR", "unit": "PT-HLR" }; unit may be left out.' });
    try {
      return await issuer.issue({ code, unit });
    } catch {
      return reply
        .code(400)
        .send({ message: 'Use a code and one of its units as GET /demo/personas lists them.' });
    }
  });
}
