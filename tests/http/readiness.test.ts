import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewerLogin } from '../../src/database/wall/login.ts';
import { createAuthenticate } from '../../src/identity/authenticate.ts';
import { createServer, type Server } from '../../src/server.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { createRunner } from '../../src/store/statements.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { productGraph, testDay } from '../support/graph.ts';
import { sendTo, startTestServer, type TestServer } from './test-server.ts';

const parts = ['stores', 'degraded'];
const told = (json: object) => parts.filter((part) => part in json);

describe('a department that is down', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ down: 'housing' });
  });
  afterAll(() => server?.close());

  it('leaves the server ready, and degraded by that store', async () => {
    const { status, json } = await server.send('/readyz');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 'degraded',
      degraded: ['housing'],
      stores: { housing: false, labour: true, public_security: true, organisation: true },
    });
  });

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])(
    'is not named to who comes through a proxy (%s), except with a valid token',
    async (header) => {
      const headers = { [header]: '203.0.113.9' };
      const stranger = await server.send('/readyz', { headers });
      expect(stranger.json).toEqual({ status: 'degraded' });
      const forged = await server.send('/readyz', { headers, token: 'a.b.c' });
      expect([forged.status, told(forged.json)]).toEqual([200, []]);
      const known = await server.send('/readyz', { headers, token: await server.tokenOf('HLR') });
      expect(told(known.json)).toEqual(parts);
    },
  );
});

it.each(['public_security', 'organisation'])('a server without %s is not ready', async (down) => {
  const server = await startTestServer({ down });
  try {
    const { status, json } = await server.send('/readyz');
    expect([status, json.degraded]).toEqual([503, [down]]);
  } finally {
    await server.close();
  }
});

describe('connections that are used up', () => {
  let server: Server;
  let pools: Pools;
  let address: string;
  beforeAll(async () => {
    pools = createPools({
      urls: () => sharedDatabaseUrl(),
      statementTimeoutMs: 5000,
      connectionsPerPool: 1,
      maxConnections: 2,
      login: viewerLogin,
    });
    server = await createServer({
      graph: productGraph(),
      pools,
      runner: createRunner(pools, { deadlineMs: 6000 }),
      authenticate: createAuthenticate({ verifiers: new Map() }),
      cursorSecret: 'a secret of the test run',
      today: () => testDay,
      logLevel: 'silent',
    });
    address = await server.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await server?.drain();
    await pools?.close();
  });

  const identity = (unit: string) => ({
    viewer: 'HOUSING',
    unit,
    subdistrict: '',
    station: '',
    holder: '',
    person: '',
    posts: '',
    today: testDay,
  });

  it('show, as a reader who needs one would find, and are there again afterwards', async () => {
    const holders = await Promise.all(['a', 'b'].map((unit) => pools.acquire('housing', identity(unit))));
    const { status, json } = await sendTo(address, '/readyz');
    expect([status, json.stores.housing]).toEqual([503, false]);
    for (const pool of holders) pools.release(pool);
    await expect.poll(async () => (await sendTo(address, '/readyz')).status, { timeout: 10_000 }).toBe(200);
  });

  it('are not used up by being asked about', async () => {
    await Promise.all(Array.from({ length: 50 }, () => sendTo(address, '/readyz')));
    expect((await sendTo(address, '/readyz')).status).toBe(200);
  });
});

describe('from another machine', () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((at) => at?.family === 'IPv4' && !at.internal)?.address;

  it.skipIf(!outside)('no store is named (needs an address that is not loopback)', async () => {
    const pools = createPools({
      urls: () => sharedDatabaseUrl(),
      statementTimeoutMs: 2000,
      login: viewerLogin,
    });
    const server = await createServer({
      graph: productGraph(),
      pools,
      runner: createRunner(pools),
      authenticate: createAuthenticate({ verifiers: new Map() }),
      cursorSecret: 'a secret of the test run',
      today: () => testDay,
      logLevel: 'silent',
    });
    await server.app.listen({ host: outside!, port: 0 });
    const port = (server.app.server.address() as { port: number }).port;
    try {
      expect((await sendTo(`http://${outside}:${port}`, '/readyz')).json).toEqual({ status: 'ok' });
    } finally {
      await server.drain();
      await pools.close();
    }
  });
});
