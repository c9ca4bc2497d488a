import type { FastifyInstance } from 'fastify';
import type { BundleSigner } from '../identity/bundle-signer.ts';

/** `GET /.well-known/laihu-bundle.jwks`: the public key by which a device knows a bundle for what it is. */
export function registerBundleKeys(app: FastifyInstance, { keys }: BundleSigner): void {
  app.get('/.well-known/laihu-bundle.jwks', async (_request, reply) =>
    reply.type('application/jwk-set+json').header('cache-control', 'public, max-age=3600').send(keys),
  );
}
