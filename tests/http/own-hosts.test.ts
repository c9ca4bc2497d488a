import { networkInterfaces } from 'node:os';
import Fastify from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerOwnHostsOnly } from '../../src/http/own-hosts.ts';
import { createAuthenticate } from '../../src/identity/authenticate.ts';
import { exchange, rawRequest } from './raw-socket.ts';
import { startTestServer, type TestServer } from './test-server.ts';

// A browser sends the name under which a page asks, whatever address that name was pointed at.

let server: TestServer;
let production: TestServer;
let port: string;
beforeAll(async () => {
  server = await startTestServer();
  production = await startTestServer({ authenticate: createAuthenticate({ verifiers: new Map() }) });
  ({ port } = new URL(server.url));
});
afterAll(async () => {
  await server?.close();
  await production?.close();
});

const token = JSON.stringify({ code: 'PSB' });
const query = JSON.stringify({ query: '{ __typename }' });
type Route = readonly [line: string, body?: string];
const routes: readonly Route[] = [
  ['POST /demo/token', token],
  ['GET /demo/personas'],
  ['POST /graphql', query],
  ['GET /graphql'],
  ['GET /'],
  ['GET /favicon.svg'],
  ['GET /console/examples'],
  ['GET /console/purposes'],
  ['GET /livez'],
  ['GET /readyz'],
  ['GET /nothing'],
  ['OPTIONS /demo/token'],
];

const asRoute = ([line = '', body]: readonly (string | undefined)[]): Route => (body ? [line, body] : [line]);

async function ask([line, body = '']: Route, headers: Readonly<Record<string, string>>, url = server.url) {
  const lines = Object.entries({ connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const type = body ? ['content-type: application/json'] : [];
  return exchange(url, rawRequest([`${line} HTTP/1.1`, ...lines, ...type], body, { length: body !== '' }));
}

const foreign = (own: string) => [
  `evil.example:${own}`,
  `localhost.evil.example:${own}`,
  `127.0.0.1.evil.example:${own}`,
  `evil-localhost:${own}`,
  `10.1.2.3:${own}`,
  `0.0.0.0:${own}`,
  `169.254.169.254:${own}`,
  `[fe80::1]:${own}`,
  'localhost',
  '127.0.0.1',
  `localhost:${Number(own) + 1}`,
  'evil.example',
];

describe('the demonstration', () => {
  it.each(routes)('answers %s under its own names', async (...route) => {
    for (const host of [
      `localhost:${port}`,
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
      `LocalHost:${port}`,
      `127.9.9.9:${port}`,
    ])
      for (const origin of [undefined, `http://${host}`]) {
        const { status } = await ask(asRoute(route), origin === undefined ? { host } : { host, origin });
        expect([200, 401, 404, 405], host).toContain(status);
      }
  });

  it.each(routes)('does not answer %s under another name, with a sentence', async (...route) => {
    for (const host of foreign(port)) {
      const { status, body } = await ask(asRoute(route), { host, origin: `http://${host}` });
      expect(status, host).toBe(421);
      const said = JSON.parse(body);
      expect(said.message ?? said.errors[0].message).toContain(`answers at http://localhost:${port}`);
      expect(body).not.toContain('evil');
    }
  });

  it.each(routes.filter(([line]) => !line.startsWith('OPTIONS')))(
    'does not answer %s to a page of another origin',
    async (...route) => {
      const host = `localhost:${port}`;
      const origins = [
        'http://evil.example',
        `http://evil.example:${port}`,
        'null',
        'http://localhost',
        `http://localhost:${Number(port) + 1}`,
        `http://127.0.0.1:${port}`,
        `http://user@localhost:${port}`,
        `ftp://localhost:${port}`,
        'x',
      ];
      for (const origin of origins)
        expect((await ask(asRoute(route), { host, origin })).status, origin).toBe(403);
    },
  );

  it('gives a page that was pointed at this machine no token', async () => {
    const host = `attacker.example:${port}`;
    const { body } = await ask(['POST /demo/token', token], {
      host,
      origin: `http://${host}`,
      'sec-fetch-site': 'same-origin',
    });
    expect(body).not.toContain('token');
  });
});

it('a server without the demonstration answers under the name that its operator gave it', async () => {
  const { status } = await ask(['POST /graphql', query], { host: 'laihu.example' }, production.url);
  expect(status).toBe(401);
});

describe('a server that listens', () => {
  let app: ReturnType<typeof Fastify>;
  afterEach(() => app.close());

  async function listening(host: string | undefined, listen: string): Promise<number> {
    app = Fastify();
    answerOwnHostsOnly(app, host);
    app.get('/', () => 'answered');
    await app.listen({ host: listen, port: 0 });
    return app.addresses()[0]!.port;
  }
  const statusAt = async (address: string, at: number, name: string) =>
    (await ask(['GET /'], { host: `${name}:${at}` }, `http://${address}:${at}`)).status;

  it('on a name answers under it', async () => {
    const at = await listening('Laihu.Example', '127.0.0.1');
    expect(await statusAt('127.0.0.1', at, 'laihu.example')).toBe(200);
    expect(await statusAt('127.0.0.1', at, 'evil.example')).toBe(421);
  });

  it('everywhere answers under the address that was asked, and no name', async () => {
    const own = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
    const at = await listening('0.0.0.0', '0.0.0.0');
    expect(await statusAt('127.0.0.1', at, '127.0.0.1')).toBe(200);
    for (const name of ['evil.example', '10.254.253.252', '0.0.0.0'])
      expect(await statusAt('127.0.0.1', at, name)).toBe(421);
    if (own) expect(await statusAt(own, at, own)).toBe(200);
  });
});
