import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase('nothing');
});
afterAll(() => database.drop());

/** The same database by its address, where the server of the tests is reached through a socket. */
function byAddress(): string {
  const url = new URL(database.url);
  url.searchParams.delete('host');
  return url.href;
}

const options = { max: 1, onnotice: () => {}, backoff: () => 0.05 };

describe('a connection by address', () => {
  it('answers, and is opened anew after the server has ended it', async () => {
    const [sql, admin] = [connectTo(byAddress(), options), connectTo(database.url, options)];
    try {
      const [first] = await sql`select pg_backend_pid() as pid, inet_server_addr() is not null as by_address`;
      expect(first?.by_address).toBe(true);
      await admin`select pg_terminate_backend(${first?.pid}, 5000)`;
      // The statement that finds it closed may fail, the next one may not.
      await sql`select 1`.catch(() => {});
      const [second] = await sql`select pg_backend_pid() as pid`;
      expect(second?.pid).not.toBe(first?.pid);
    } finally {
      await Promise.all([sql.end(), admin.end()]);
    }
  });

  it('that is closed without a word is refused, and not tried for ever', async () => {
    let taken = 0;
    const server = createServer((socket) => {
      taken += 1;
      socket.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const sql = connectTo(
      `postgres://nobody@127.0.0.1:${(server.address() as AddressInfo).port}/nothing`,
      options,
    );
    try {
      await expect(sql`select 1`).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect(taken).toBe(1);
    } finally {
      await sql.end();
      server.close();
    }
  });

  it('that nobody takes is refused each time that it is tried', async () => {
    const sql = connectTo('postgres://nobody@127.0.0.1:1/nothing', options);
    for (let tries = 0; tries < 3; tries++)
      await expect(sql`select 1`).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await sql.end();
  });
});
