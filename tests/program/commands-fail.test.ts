import { copyFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAuditKey } from '../../src/audit/key.ts';
import { createDataFolder, type DataFolder } from './data-folders.ts';
import { type Ended, postgresOf, root, run } from './laihu-process.ts';

// A command that fails ends: with another status than 0, one sentence, and no database left running.

let folder: DataFolder;
let silent: Server;
let file: string;
beforeAll(async () => {
  folder = createDataFolder();
  readAuditKey(join(folder.path, 'audit-key.pem'), true);
  file = join(folder.path, 'registrations-2007-03.csv');
  copyFileSync(join(root, 'tests/import/fixtures/public-security-registrations-2007-03.csv'), file);
  // Takes connections and closes them.
  silent = createServer((socket) => socket.end());
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  silent.close();
  await folder.remove();
});

const commands: Readonly<Record<string, () => readonly string[]>> = {
  'src/main.ts': () => ['--demo', '--empty'],
  'src/commands/policy-apply.ts': () => [],
  'src/commands/snapshot.ts': () => ['--month', '2007-02'],
  'src/commands/import.ts': () => ['public-security', file],
  'src/commands/audit-verify.ts': () => [],
};

const fails = ({ code, signal, stderr }: Ended, says: RegExp) => {
  expect([code, signal]).toEqual([1, null]);
  expect(stderr.trim().split('\n').at(-1)).toMatch(says);
  expect(stderr).not.toMatch(/ {4}at |node:internal/);
  expect(postgresOf(folder.path)).toEqual([]);
};

describe.each(Object.keys(commands))('%s', { timeout: 60_000 }, (script) => {
  const end = (env: Record<string, string>) =>
    run(script, { args: commands[script]?.(), env: { LAIHU_DATA: folder.path, PORT: '0', ...env } });

  it('ends with 1 when nobody takes connections', async () => {
    fails(
      await end({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }),
      /ECONNREFUSED|takes no connections/,
    );
  });

  it('ends with 1 when what takes connections closes them', async () => {
    const { port } = silent.address() as AddressInfo;
    fails(
      await end({ DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/nothing` }),
      /ECONNRESET|closes connections|connection to the database was lost/,
    );
  });

  it('ends with 1 when its data folder is a file', async () => {
    const path = join(folder.path, 'file');
    writeFileSync(path, '');
    fails(await end({ LAIHU_DATA: path }), /\w/);
  });
});

it('src/commands/documents.ts ends with 1 for a file that is not there, and writes nothing', async () => {
  const { code, stdout, stderr } = await run('src/commands/documents.ts', {
    args: ['desk', join(folder.path, 'none.graphql')],
    env: { LAIHU_CLIENTS: join(folder.path, 'clients') },
  });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/none\.graphql/);
});

it('src/commands/generate-migrations.ts ends with 1 where its tool is not found', async () => {
  const { code, stderr } = await run('src/commands/generate-migrations.ts', {
    args: ['--name', 'x', '--store', 'housing'],
    env: { PATH: '/nowhere' },
  });
  expect([code, stderr]).toEqual([1, 'drizzle-kit is not there; use npm run migrations:generate.\n']);
});
