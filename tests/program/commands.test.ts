import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataFolder, type DataFolder } from './data-folders.ts';
import { run } from './laihu-process.ts';

let folder: DataFolder;
beforeAll(() => {
  folder = createDataFolder();
});
afterAll(() => folder.remove());

const command = (script: string, ...args: string[]) =>
  run(script, { args, env: { LAIHU_DATA: folder.path } });

const main = 'src/main.ts';
const token = 'src/commands/token.ts';
const importFiles = 'src/commands/import.ts';
const schema = 'src/commands/schema.ts';
const policyDiff = 'src/commands/policy-diff.ts';
const migrations = 'src/commands/generate-migrations.ts';
const auditVerify = 'src/commands/audit-verify.ts';
const snapshot = 'src/commands/snapshot.ts';

describe('every command', { timeout: 60_000 }, () => {
  it.each([main, token, importFiles, schema, policyDiff, migrations, auditVerify, snapshot])(
    '%s tells what it is for and takes',
    async (script) => {
      const { code, stdout, stderr } = await command(script, '--help');
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Usage: \S+/);
      const [, description = ''] = stdout.split('\n\n');
      expect(description).toMatch(/^[A-Z][\s\S]{20,}\.$/);
    },
  );

  it.each<readonly [string, readonly string[], RegExp]>([
    [main, ['--no-such-option'], /no-such-option/],
    [token, [], /--as/],
    [token, ['--as', 'XXX'], /no viewer XXX.*HLR/],
    [token, ['--as', 'HLR', '--unit', 'PT-LSS'], /does not act for PT-LSS/],
    [importFiles, [], /\w/],
    [importFiles, ['/no/such/file.csv'], /\w/],
    [schema, ['--no-such-option'], /no-such-option/],
    [schema, ['--as', 'XXX'], /no viewer XXX.*HLR/],
    [policyDiff, [], /base/],
    [policyDiff, ['no-such-revision'], /no-such-revision.*name a commit/],
    [policyDiff, ['--output=x'], /output/],
    [auditVerify, ['--no-such-option'], /no-such-option/],
    [snapshot, [], /--month/],
    [snapshot, ['--month', '2007-13'], /YYYY-MM/],
    [migrations, [], /--name/],
    [migrations, ['--name', 'x', '--store', 'nowhere'], /no store nowhere.*housing/],
  ])('%s %j fails with one sentence', async (script, args, sentence) => {
    const { code, stdout, stderr } = await command(script, ...args);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(sentence);
  });

  it('token prints a token and nothing else', async () => {
    const { code, stdout, stderr } = await command(token, '--as', 'SUB', '--unit', 'PT-SUB-101');
    expect([code, stderr]).toEqual([0, '']);
    const [, claims = ''] = stdout.trim().split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      department: 'SUB',
      unit: 'PT-SUB-101',
    });
  });

  it('schema prints a schema that another program can read', async () => {
    const { code, stdout } = await command(schema);
    expect(code).toBe(0);
    expect(buildSchema(stdout).getType('Lease')).toBeDefined();
  });

  it.each(['HOUSING', 'HLR'])('schema --as %s prints what that viewer may know', async (viewer) => {
    const { code, stdout } = await command(schema, '--as', viewer);
    expect(code).toBe(0);
    const printed = buildSchema(stdout);
    expect(printed.getType('Lease')).toBeDefined();
    expect(printed.getType('PoliceCase')).toBeUndefined();
  });
});
