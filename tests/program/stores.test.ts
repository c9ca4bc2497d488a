import { existsSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Embedded, startEmbedded } from '../../src/store/embedded/index.ts';
import { createTestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { createDataFolder, type DataFolder } from './data-folders.ts';
import { answering, ask, type Laihu, postgresOf } from './laihu-process.ts';

describe('with DATABASE_URL', { timeout: 180_000 }, () => {
  it('all stores are there, and no server of its own is started', async () => {
    const folder = createDataFolder();
    const database = await createTestDatabase('district');
    let laihu: Laihu | undefined;
    try {
      laihu = await answering({ env: { LAIHU_DATA: folder.path, DATABASE_URL: database.url } });
      expect(laihu.stdout()).not.toMatch(/Making a database|Loaded/);
      expect(postgresOf(folder.path)).toEqual([]);
      expect(existsSync(join(folder.path, 'embedded.json'))).toBe(false);
      const { json } = await ask(laihu.url, 'HLR', '{ leases(first: 1) { totalCount } }');
      expect(json.data.leases.totalCount).toBeGreaterThan(100);
      expect((await laihu.stop()).code).toBe(0);
    } finally {
      await laihu?.kill();
      await database.drop();
      await folder.remove();
    }
  });
});

describe('with the leases on a server of their own', { timeout: 180_000 }, () => {
  let folder: DataFolder;
  let housing: DataFolder;
  let server: Embedded | undefined;
  let gate: Awaited<ReturnType<typeof openGate>>;
  let laihu: Laihu;

  const startHousing = () => startEmbedded({ dataDir: housing.path, log: () => {} });

  beforeAll(async () => {
    folder = createDataFolder();
    housing = createDataFolder();
    server = await startHousing();
    gate = await openGate(portOf(server.url));
    const url = new URL(server.url);
    url.port = String(gate.port);
    laihu = await answering({
      args: ['--demo', '--size', '400'],
      env: { LAIHU_DATA: folder.path, HOUSING_DATABASE_URL: url.href },
    });
  });
  afterAll(async () => {
    await laihu?.kill();
    gate?.close();
    await server?.stop();
    await folder?.remove();
    await housing?.remove();
  });

  const tenants = `{
    migrants(first: 100, filter: { leases: { some: { status: { eq: IN_FORCE } } } }) {
      totalCount
      nodes {
        name
        leases(first: 1) { nodes { contractNo } }
        permits(first: 1) { nodes { validTo } }
      }
    }
  }`;

  it('a filter and a relation over both servers are answered', async () => {
    const { json } = await ask(laihu.url, 'PSB', tenants);
    expect(json.errors).toBeUndefined();
    expect(json.data.migrants.totalCount).toBeGreaterThan(0);
    expect(json.data.migrants.nodes.every((n: Person) => n.leases?.nodes[0]?.contractNo)).toBe(true);
  });

  it('a department still knows the persons of its own records by name', async () => {
    const leases = '{ leases(first: 100) { nodes { contractNo tenantMigrant { name } } } }';
    const { nodes } = (await ask(laihu.url, 'HLR', leases)).json.data.leases;
    expect(nodes.length).toBeGreaterThan(0);
    expect(nodes.some((lease: Lease) => lease.tenantMigrant?.name)).toBe(true);
  });

  it('while it is down its fields are null with the reason, the rest is answered, and it comes back', async () => {
    const before = await ask(laihu.url, 'PSB', tenants);
    await server?.stop();
    server = undefined;
    const persons = '{ migrants(first: 100) { nodes { name leases(first: 1) { nodes { contractNo } } } } }';
    const { status, json } = await ask(laihu.url, 'PSB', persons);
    expect(status).toBe(200);
    expect(json.data.migrants.nodes.length).toBeGreaterThan(10);
    expect(json.data.migrants.nodes.every((n: Person) => n.name && n.leases === null)).toBe(true);
    // Each place that is null for it says so.
    expect(json.errors).toHaveLength(json.data.migrants.nodes.length);
    for (const { path, extensions } of json.errors) {
      expect(path.at(-1)).toBe('leases');
      expect(extensions).toEqual({
        code: 'STORE_UNAVAILABLE',
        store: 'housing',
        reason: expect.stringMatching(/^(connection|breaker)$/),
        retryAfter: 1,
      });
    }
    for (let i = 0; i < 6; i++) await ask(laihu.url, 'PSB', persons);
    const ready = await fetch(`${laihu.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'degraded',
      degraded: ['housing'],
      stores: { housing: false, public_security: true },
    });
    expect((await fetch(`${laihu.url}/livez`)).status).toBe(200);

    server = await startHousing();
    gate.leadTo(portOf(server.url));
    await until(async () => !(await ask(laihu.url, 'PSB', tenants)).json.errors);
    expect((await ask(laihu.url, 'PSB', tenants)).json).toEqual(before.json);
    expect(await (await fetch(`${laihu.url}/readyz`)).json()).toMatchObject({ status: 'ok' });
    // Its life, as the log tells it.
    const said = [...laihu.stdout().matchAll(/"store":"housing","change":"([a-z ]+)"/g)].map(
      ([, change]) => change,
    );
    expect(said[0]).toBe('stopped answering');
    expect(said).toContain('breaker opened');
    expect(said.slice(-2)).toEqual(['breaker closed', 'answers again']);
  });
});

interface Person {
  readonly name: string | null;
  readonly leases: { readonly nodes: readonly { readonly contractNo: string | null }[] } | null;
}

interface Lease {
  readonly tenantMigrant: { readonly name: string | null } | null;
}

const portOf = (url: string) => Number(new URL(url).port);

/** An address that stays while the server behind it comes back on another port. */
async function openGate(first: number) {
  let target = first;
  const sockets = new Set<Socket>();
  const gate = createServer((client) => {
    const behind = connect(target, '127.0.0.1');
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          client.destroy();
          behind.destroy();
          sockets.delete(socket);
        });
    }
    client.pipe(behind).pipe(client);
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  return {
    port: (gate.address() as AddressInfo).port,
    leadTo(port: number) {
      target = port;
    },
    close() {
      gate.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
