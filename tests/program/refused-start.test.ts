import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';
import { createDataFolder, type DataFolder } from './data-folders.ts';
import { postgresOf, run } from './laihu-process.ts';

/** One line of words: no stack, no name of a call of the system. */
const sentences = (stderr: string) => stderr.trim().split('\n');
const raw = /EADDRINUSE|errno|syscall|at .*\(|node:internal|listen /;

describe('a start that is refused changes nothing', { timeout: 120_000 }, () => {
  let folder: DataFolder;
  let empty: Awaited<ReturnType<typeof createTestDatabase>>;
  let altered: Awaited<ReturnType<typeof createTestDatabase>>;
  let taken: Server;
  let port: string;

  beforeAll(async () => {
    folder = createDataFolder();
    empty = await createTestDatabase('nothing');
    altered = await createTestDatabase('district');
    await onDatabase(altered.url, (sql) => sql.unsafe('grant select on housing.leases to public'));
    taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    port = String((taken.address() as AddressInfo).port);
  });
  afterAll(async () => {
    taken?.close();
    await empty?.drop();
    await altered?.drop();
    await folder?.remove();
  });

  async function onDatabase<T>(
    url: string,
    work: (sql: ReturnType<typeof connectTo>) => Promise<T>,
  ): Promise<T> {
    const sql = connectTo(url, { max: 1, onnotice: () => {} });
    try {
      return await work(sql);
    } finally {
      await sql.end();
    }
  }
  const schemasOf = (url: string) =>
    onDatabase(url, async (sql) => {
      const rows = await sql`
        select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`;
      return rows.map(({ name }) => name);
    });
  const start = (env: Record<string, string>, args = ['--demo']) =>
    run('src/main.ts', { args, env: { PORT: '0', LAIHU_DATA: folder.path, ...env } });

  it.each<[string, () => Record<string, string>, RegExp]>([
    [
      'for the policy of one of its databases',
      () => ({ DATABASE_URL: empty.url, HOUSING_DATABASE_URL: altered.url }),
      /policy:apply/,
    ],
    [
      'for a database that does not answer, beside one that does',
      () => ({ DATABASE_URL: empty.url, HOUSING_DATABASE_URL: 'postgres://127.0.0.1:1/none' }),
      /HOUSING_DATABASE_URL/,
    ],
    ['for its port', () => ({ DATABASE_URL: empty.url, PORT: port }), /^Port \d+ is in use.*PORT/],
    ['for an address of another machine', () => ({ DATABASE_URL: empty.url, HOST: '203.0.113.9' }), /HOST/],
    [
      'for the key of its log',
      () => ({ DATABASE_URL: empty.url, LAIHU_AUDIT_KEY: '/nowhere/key.pem' }),
      /LAIHU_AUDIT_KEY/,
    ],
    [
      'for the seals of its log',
      () => ({ DATABASE_URL: empty.url, LAIHU_AUDIT_SEALS: '/proc' }),
      /LAIHU_AUDIT_SEALS/,
    ],
    [
      'for a key of tokens that is none',
      () => ({ DATABASE_URL: empty.url, LAIHU_JWT_KEY: '-----BEGIN PUBLIC KEY-----\nnothing at all\n' }),
      /LAIHU_JWT_KEY|key/i,
    ],
  ])('%s', async (_, env, says) => {
    const { code, stderr } = await start(env());
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(raw);
    expect(code).toBe(1);
    expect(await schemasOf(empty.url)).toEqual(['public']);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('for documents of clients that fit no more, with a database of its own', async () => {
    const clients = join(folder.path, 'clients');
    mkdirSync(clients);
    writeFileSync(join(clients, 'desk.json'), JSON.stringify({ ['a'.repeat(64)]: '{ nothing }' }));
    const data = join(folder.path, 'not', 'there');
    const { code, stderr } = await start({ LAIHU_DATA: data, LAIHU_CLIENTS: clients });
    expect([code, existsSync(join(folder.path, 'not'))]).toEqual([1, false]);
    expect(stderr).toContain('desk.json');
    expect(postgresOf(folder.path)).toEqual([]);
  });

  it.each([
    ['a file is where its folder should be', 'file'],
    ['a file is on the way to its folder', 'file/below/it'],
  ])('when %s, in a sentence', async (_, below) => {
    writeFileSync(join(folder.path, 'file'), '');
    const { code, stderr } = await start({ LAIHU_DATA: join(folder.path, below) });
    expect(code).toBe(1);
    expect(sentences(stderr)).toHaveLength(1);
    expect(stderr).toMatch(/LAIHU_DATA/);
    expect(stderr).not.toMatch(raw);
  });
});
