import { existsSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Embedded, startEmbedded } from '../../src/store/embedded/index.ts';
import { createTestDatabase } from '../support/database.ts';
import { createDataFolder, type DataFolder } from './data-folders.ts';
import { answering, ask, type Laihu, postgresOf } from './laihu-process.ts';

describe('where the stores are', { timeout: 180_000 }, () => {
  let folder: DataFolder;
  let laihu: Laihu | undefined;
  beforeEach(() => {
    folder = createDataFolder();
    laihu = undefined;
  });
  afterEach(async () => {
    await laihu?.kill();
    await folder.remove();
  });

  it('with DATABASE_URL all of them are there, and no server of its own is started', async () => {
    const database = await createTestDatabase('district');
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
    }
  });

  it('a store on a server of its own is joined in answers; while it is down its fields are null and the rest is answered', async () => {
    const housing = createDataFolder();
    const quiet = { dataDir: housing.path, log: () => {} };
    let server: Embedded | undefined = await startEmbedded(quiet);
    const gate = await openGate(portOf(server.url));
    const url = new URL(server.url);
    url.port = String(gate.port);
    try {
      laihu = await answering({
        args: ['--demo', '--size', '400'],
        env: { LAIHU_DATA: folder.path, HOUSING_DATABASE_URL: url.href },
      });
      const base = laihu.url;
      const persons = `{
        migrants(first: 100, filter: { leases: { some: { status: { eq: IN_FORCE } } } }) {
          totalCount
          nodes { name leases(first: 1) { nodes { contractNo dwelling { floorArea } } } permits(first: 1) { nodes { validTo } } }
        }
      }`;
      const plain = '{ migrants(first: 100) { nodes { name leases(first: 1) { nodes { contractNo } } } } }';

      const across = await ask(base, 'PSB', persons);
      expect(across.json.errors).toBeUndefined();
      const { nodes, totalCount } = across.json.data.migrants;
      expect(totalCount).toBeGreaterThan(0);
      expect(nodes.every((n: Person) => n.leases?.nodes[0]?.contractNo)).toBe(true);

      await server.stop();
      server = undefined;
      const down = await ask(base, 'PSB', plain);
      expect(down.status).toBe(200);
      expect(down.json.data.migrants.nodes.length).toBeGreaterThan(10);
      expect(down.json.data.migrants.nodes.every((n: Person) => n.name !== null && n.leases === null)).toBe(
        true,
      );
      expect(down.json.errors).toHaveLength(1);
      expect(down.json.errors[0].extensions).toEqual({ code: 'STORE_UNAVAILABLE', store: 'housing' });
      const ready = await fetch(`${base}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ stores: { housing: false, public_security: true } });
      expect((await fetch(`${base}/livez`)).status).toBe(200);

      server = await startEmbedded(quiet);
      gate.leadTo(portOf(server.url));
      const begun = Date.now();
      while ((await ask(base, 'PSB', persons)).json.errors) {
        expect(Date.now() - begun).toBeLessThan(20_000);
        await sleep(200);
      }
      expect((await ask(base, 'PSB', persons)).json).toEqual(across.json);
      expect((await fetch(`${base}/readyz`)).status).toBe(200);

      // Who a department's own persons are is the same wherever its store is.
      const own = '{ leases(first: 100) { nodes { contractNo tenantMigrant { name } } } }';
      const leases = (await ask(base, 'HLR', own)).json.data.leases.nodes;
      expect(leases.some((lease: Lease) => lease.tenantMigrant?.name)).toBe(true);
    } finally {
      await laihu?.kill();
      gate.close();
      await server?.stop();
      await housing.remove();
    }
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
