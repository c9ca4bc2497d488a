import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Purposes } from '../contract/tables/purposes.ts';
import { viewers } from '../identity/viewers.ts';
import { readConsoleExamples } from './console-examples.ts';

/**
 * What the page may load. Everything comes from this server; `unsafe-inline` is for styles only, because the editor
 * positions its lines with style attributes, and the editor's icon font and cursors are data: URLs.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const missingBuildPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>来沪 Laihu</title>
<p>The console has not been built. Run <code>npm run build --workspace console</code>, then start the server again.
The API itself answers at <code>/graphql</code>.</p></html>`;

/** Folders of the console: the built page (`vite build`) and the example queries (`*.graphql`). */
export interface ConsoleOptions {
  distDir: string;
  examplesDir: string;
  /** For which purposes each viewer may read persons. */
  purposes: Purposes;
}

/**
 * Serves the console at `/`, its example queries at `GET /console/examples` and the purposes to read persons for at
 * `GET /console/purposes`.
 * Without a build `/` answers 503 with the command that makes one; the rest of the server is not affected.
 *
 * @throws Error when an example file is malformed, naming the file and the line to write.
 */
export async function registerConsole(app: FastifyInstance, options: ConsoleOptions): Promise<void> {
  const examples = await readConsoleExamples(options.examplesDir);
  app.get('/console/examples', (_request, reply) => reply.header('cache-control', 'no-cache').send(examples));
  const purposes = purposesOfViewers(options.purposes);
  app.get('/console/purposes', (_request, reply) => reply.header('cache-control', 'no-cache').send(purposes));

  if (!existsSync(join(options.distDir, 'index.html'))) {
    app.get('/', (_request, reply) => {
      setPageHeaders(reply);
      return reply.code(503).header('cache-control', 'no-store').type('text/html').send(missingBuildPage);
    });
    return;
  }

  await app.register(fastifyStatic, {
    root: options.distDir,
    // One route a file instead of `/*`: a path that is no file of the console stays with the server's own 404.
    wildcard: false,
    globIgnore: ['**/*.br', '**/*.gz'],
    preCompressed: true,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      setPageHeaders(reply);
      // Names under assets/ carry a hash of their content; every other name can change its content.
      const hashed = path.startsWith(join(options.distDir, 'assets'));
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/** As `GET /console/purposes` sends them: part of the data dictionary, no secret. */
function purposesOfViewers(purposes: Purposes) {
  return viewers.map(({ code, name }) => ({
    code,
    viewer: name,
    usual: purposes.usualOf(name),
    open: purposes.openTo(name).map((purpose) => {
      const { title, titleZh } = purposes.rows.get(purpose) ?? {};
      return { purpose, title, titleZh };
    }),
  }));
}

function setPageHeaders(reply: FastifyReply): void {
  reply
    .header('content-security-policy', contentSecurityPolicy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer');
}
