import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDataFolder, rowCounts } from '../program/data-folders.ts';
import { run, start } from '../program/laihu-process.ts';
import { until } from '../support/until.ts';
import { createFolder, rowOf, writeFile } from './files.ts';
import { generateFile } from './generate-file.ts';
import { createStores } from './support.ts';

// Whatever goes wrong on the way is told in one sentence of plain words, ends with 1, and leaves nothing half-done.

const script = 'src/commands/import.ts';
/** What drivers and systems say of themselves. */
const technical =
  /postgres|sqlstate|errno|syscall|socket|stack|\bat \S+:\d+|CONNECTION_|E(ISDIR|NOENT|NOSPC|NOTDIR)\b: /i;
const sentence = (stderr: string) => {
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/\.\n$/);
  expect(stderr).not.toMatch(technical);
};

let stores: Awaited<ReturnType<typeof createStores>>;
beforeAll(async () => {
  stores = await createStores();
});
afterAll(() => stores.close());
const onDatabase = (...args: string[]) => run(script, { args, env: { DATABASE_URL: stores.url } });

it('a place that cannot take the export, and a FILE that is none, are told before a database is made', {
  timeout: 60_000,
}, async () => {
  const folder = createDataFolder();
  try {
    const leases = writeFile('housing', [rowOf('housing')]);
    const there = createFolder();
    const attempts = [
      [leases, '--export-refused', there],
      [leases, '--export-refused', join(there, 'no/refused.csv')],
      [there, '--period', '2007-03'],
      [join(leases, 'x-2007-03.csv')],
      [join(there, `${'x'.repeat(300)}-2007-03.csv`)],
    ];
    for (const args of attempts) {
      const { code, stdout, stderr } = await run(script, {
        args: ['housing', ...args],
        env: { LAIHU_DATA: folder.path },
      });
      expect([code, stdout, args]).toEqual([1, '', args]);
      sentence(stderr);
    }
    expect(existsSync(join(folder.path, 'postgres'))).toBe(false);
    expect(readdirSync(there)).toEqual([]);
  } finally {
    await folder.remove();
  }
});

it('an export on a full disk is told, and one that replaces another is whole and private', {
  timeout: 60_000,
}, async () => {
  const path = writeFile('housing', [rowOf('housing', { 月租金: '面议' })]);
  await onDatabase('housing', path, '--json');
  const full = await onDatabase('housing', '--export-refused', '/dev/full');
  expect(full.code).toBe(1);
  sentence(full.stderr);
  expect(full.stderr).toMatch(/full/);
  const folder = createFolder();
  const target = join(folder, 'refused.csv');
  writeFileSync(target, 'before', { mode: 0o644 });
  expect((await onDatabase('housing', '--export-refused', target)).code).toBe(0);
  expect(readFileSync(target, 'utf8')).toContain('AMOUNT_INVALID');
  expect(statSync(target).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['refused.csv']);
});

it('a database that ends the connection during an import', { timeout: 60_000 }, async () => {
  const path = join(createFolder(), 'registrations-2007-03.csv');
  generateFile(path, 'public-security', { rows: 60_000, month: '2007-03' });
  const server = stores.pools.ownerOf('housing');
  const before = await rowCounts(server);
  const running = start(script, {
    args: ['public-security', path, '--json'],
    env: { DATABASE_URL: stores.url },
  });
  const cut = () =>
    server`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and query ~ '^\\s*insert into public_security'`;
  await until(async () => (await cut()).length > 0);
  const { code, stdout, stderr } = await running.ended;
  expect([code, stdout]).toEqual([1, '']);
  sentence(stderr);
  expect(await rowCounts(server)).toEqual(before);
});
