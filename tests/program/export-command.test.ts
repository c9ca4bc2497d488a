import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../http/test-server.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: TestServer;
let folder: string;
const root = join(import.meta.dirname, '../..');

beforeAll(async () => {
  database = await createTestDatabase('district');
  server = await startTestServer({ databaseUrl: database.url });
  folder = mkdtempSync(join(tmpdir(), 'laihu-export-'));
  writeFileSync(join(folder, 'token'), await server.tokenOf('HLR'));
});
afterAll(async () => {
  await server.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

/** `npm run export -- …`, without npm. */
function run(...args: readonly string[]): Promise<Ran> {
  const own = ['--token-file', join(folder, 'token'), '--purpose', 'LEASE', '--url', server.url];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', './src/supported-node.js', 'src/commands/export.ts', ...args, ...own],
      { cwd: root, encoding: 'utf8' },
      (error, out, said) => resolve({ code: Number(error?.code ?? 0), out, said }),
    );
  });
}

// Fewer than two hundred, so that nobody has to approve.
const few =
  '{ leases(filter: { dwelling: { address: { subdistrictCode: { eq: "310107015" } } }, status: { eq: IN_FORCE } }) { nodes { id contractNo landlord { name } } } }';
const idOf = (said: string): string => /^(\S+): \d+ records/m.exec(said)![1]!;

describe('the command', () => {
  test.each(['csv', 'ndjson'] as const)(
    'writes %s to standard output, and goes on with a file that was cut',
    async (format) => {
      const { code, out, said } = await run(few, '--format', format);
      expect(said).toContain('APPROVED');
      expect({ code, lines: out.trimEnd().split('\n').length > 3 }, said).toEqual({ code: 0, lines: true });
      const file = join(folder, `list.${format}`);
      writeFileSync(file, out);
      truncateSync(file, Math.floor(statSync(file).size / 2));
      const rest = await run('--format', format, '--request', idOf(said), '--out', file, '--resume');
      expect(rest.code, rest.said).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe(out);
    },
  );

  test('writes a workbook that only its owner can open', async () => {
    const file = join(folder, 'list.xlsx');
    expect((await run(few, '--format', 'xlsx', '--out', file)).code).toBe(0);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('says that a second person has to approve, and ends with 3', async () => {
    const { code, out, said } = await run('{ leases { nodes { id } } }');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(said).toMatch(/second person/);
  });

  test('says what is wrong with the document, and ends with 1', async () => {
    const { code, said } = await run('{ leases { nodes { rent } } }');
    expect(code).toBe(1);
    expect(said).toMatch(/Cannot query field "rent"/);
  });
});
