import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogDatabase, type LogDatabase, putAway, writtenBack } from './log-on-a-database.ts';

const root = join(import.meta.dirname, '../..');
let database: LogDatabase;

beforeAll(async () => {
  database = await createLogDatabase();
  await database.write(20);
});
afterAll(() => database.drop());

function run(args: readonly string[] = [], env: Record<string, string> = {}) {
  const folder = dirname(database.sealsFile);
  const done = spawnSync(process.execPath, ['src/commands/audit-verify.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LAIHU_DATA: folder, AUDIT_DATABASE_URL: database.url, ...env },
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

it('says that the log is as it was written, with numbers', () => {
  expect(run()).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(
      /^The access log is as it was written: 21 entries in 1 chains, 2 seals, 0 entries/,
    ),
  });
});

it('prints one JSON object', () => {
  const { code, out } = run(['--json']);
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    { ok: true, entries: 21, chains: 1, seals: 2, unsealed: 0, fault: null },
  ]);
});

it('names the first bad entry in one sentence, and ends with 1', async () => {
  await database.sql.unsafe(putAway('public.kept'));
  await database.tamper("update audit.entries set person = 'nobody' where seq in (7, 12)");
  const { code, out, err } = run();
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^Entry 7 of chain [0-9a-f-]{36} does not have the hash of what it says: .*\.\n$/);
  const json = run(['--json']);
  expect([json.code, JSON.parse(json.out)]).toMatchObject([
    1,
    { ok: false, fault: { kind: 'ALTERED', seq: 7 } },
  ]);
  await database.tamper(writtenBack('public.kept'));
  expect(run().code).toBe(0);
});

it.each([
  [['--key', '/nowhere/key.pem'], {}, /no key of the access log at \/nowhere\/key\.pem/],
  [['--seals', '/nowhere/seals'], {}, /The seals at \/nowhere\/seals cannot be read \(ENOENT\)/],
  [[], { AUDIT_DATABASE_URL: 'nothing' }, /AUDIT_DATABASE_URL: must be a URL/],
] as const)('says in one sentence what it lacks: %j %j', (args, env, says) => {
  const { code, err } = run(args, env);
  expect(code).toBe(1);
  expect(err).toMatch(says);
  expect(err).not.toMatch(/ {4}at /);
});

it('has help', () => {
  expect(run(['--help'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/--seals[\s\S]*--key[\s\S]*--json/),
  });
});
