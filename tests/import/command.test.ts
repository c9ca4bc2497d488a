import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded } from '../../src/store/embedded/index.ts';
import { connectToFolder, createDataFolder, type DataFolder, rowCounts } from '../program/data-folders.ts';
import { postgresOf, run, start } from '../program/laihu-process.ts';
import { until } from '../support/until.ts';
import { createFolder, rowOf, writeFile } from './files.ts';
import { generateFile } from './generate-file.ts';
import { createStores } from './support.ts';

const script = 'src/commands/import.ts';

describe('without a server', { timeout: 60_000 }, () => {
  let folder: DataFolder;
  beforeAll(() => {
    folder = createDataFolder();
  });
  afterAll(() => folder.remove());
  const command = (...args: string[]) => run(script, { args, env: { LAIHU_DATA: folder.path } });

  it('a refused file is told in one sentence before a database is made', async () => {
    const leases = writeFile('housing', [rowOf('housing')]);
    const { code, stdout, stderr } = await command('labour', leases);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^\S+ is a file of housing .*\n$/);
    expect(existsSync(join(folder.path, 'postgres'))).toBe(false);
  });

  it('--json prints one object and nothing else, the refused rows can be listed and exported, and the server ends', async () => {
    const leases = writeFile('housing', [
      rowOf('housing'),
      rowOf('housing', { 合同备案号: 'HL200703000002', 月租金: '面议' }),
    ]);
    const imported = await command('housing', leases, '--json');
    expect([imported.code, imported.stderr]).toEqual([0, '']);
    // Ended before the program, and not told to end by a program that waited until its connections were idle.
    expect(postgresOf(folder.path)).toEqual([]);
    expect(imported.stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(imported.stdout)).toMatchObject({
      rows: 2,
      accepted: 1,
      rejected: { AMOUNT_INVALID: 1 },
      repeated_rows: 0,
      flags: {},
      unmatched: 1,
      distinct_people: 1,
    });
    const path = join(createFolder(), 'refused.csv');
    const listed = await command('housing', '--list-refused', '--export-refused', path);
    expect(listed.stdout).toMatch(/^line 3\tAMOUNT_INVALID\t月租金\tHL200703000002,/);
    expect(readFileSync(path, 'utf8')).toContain(',3,AMOUNT_INVALID,月租金\r\n');
  });

  it('a server that runs on the data folder is joined', async () => {
    const server = await startEmbedded({ dataDir: folder.path, log: () => {} });
    try {
      const second = writeFile('housing', [rowOf('housing', { 合同备案号: 'HL200703000007' })]);
      const { code, stdout } = await command('housing', second, '--json');
      expect([code, JSON.parse(stdout).accepted]).toEqual([0, 1]);
      const sql = connectToFolder(folder.path);
      const [found] = await sql`select count(*)::int as leases from housing.leases`;
      await sql.end();
      expect(found).toEqual({ leases: 2 });
    } finally {
      await server.stop();
    }
  });
});

describe('on a database', { timeout: 90_000 }, () => {
  let stores: Awaited<ReturnType<typeof createStores>>;
  beforeAll(async () => {
    stores = await createStores();
  });
  afterAll(() => stores.close());

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'an import that %s ends in the middle leaves nothing',
    async (signal) => {
      const path = join(createFolder(), 'registrations-2007-03.csv');
      // So large that indexes are taken away meanwhile: they must be there again, too.
      generateFile(path, 'public-security', { rows: 140_000, month: '2007-03' });
      const server = stores.pools.ownerOf('housing');
      const indexes = () =>
        server`select indexdef from pg_indexes where schemaname = 'public_security' order by 1`;
      const before = [await rowCounts(server), await indexes()];
      const running = start(script, { args: ['public-security', path], env: { DATABASE_URL: stores.url } });
      const clients = (condition: string) =>
        server.unsafe(`select pid from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and ${condition}`);
      const inserting = `query ~ '^\\s*insert into public_security.residence_registrations'`;
      await until(async () => (await clients(inserting)).length > 0);
      running.process.kill(signal);
      expect(await running.ended).not.toMatchObject({ code: 0 });
      await until(async () => (await clients(`xact_start is not null`)).length === 0);
      expect([await rowCounts(server), await indexes()]).toEqual(before);
    },
  );
});
