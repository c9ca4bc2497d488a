import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedDatabaseUrl } from '../support/database.ts';
import { connectToFolder, createDataFolder, type DataFolder, rowCounts } from './data-folders.ts';
import { answering, type Laihu, postgresOf, run } from './laihu-process.ts';

/** No server listens there. */
const nowhere = 'postgres://127.0.0.1:1/none';

describe('the program refuses to start', { timeout: 60_000 }, () => {
  let folder: DataFolder;
  beforeAll(() => {
    folder = createDataFolder();
  });
  afterAll(() => folder.remove());

  const start = (args: readonly string[], env: Record<string, string> = {}) =>
    run('src/main.ts', { args, env: { LAIHU_DATA: folder.path, ...env } });

  it('with --demo in production, for anybody could sign in as anybody', async () => {
    const { code, stderr } = await start(['--demo'], { NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(stderr).toContain('--demo: anybody could sign in as anybody');
  });

  it('without the demonstration and without keys, naming the variables to set', async () => {
    const { code, stderr } = await start([]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/LAIHU_JWKS_URL or LAIHU_JWT_KEY: set one/);
  });

  it('with a faulty environment, and names every fault at once', async () => {
    const { code, stderr } = await start(['--demo'], {
      PORT: '70000',
      DATABASE_URL: 'mysql://localhost/x',
      HOUSING_DATABASE_URL: 'nowhere',
      LAIHU_LOG_LEVEL: 'loud',
      LAIHU_STATEMENT_TIMEOUT_MS: '1',
      LAIHU_JWKS_URL: 'not a url',
      LAIHU_TODAY: 'yesterday',
    });
    expect(code).toBe(1);
    for (const name of [
      'PORT',
      'DATABASE_URL',
      'HOUSING_DATABASE_URL',
      'LAIHU_LOG_LEVEL',
      'LAIHU_STATEMENT_TIMEOUT_MS',
      'LAIHU_JWKS_URL',
      'LAIHU_TODAY',
    ])
      expect(stderr).toMatch(new RegExp(`^${name}: .+`, 'm'));
    expect(stderr).not.toContain(' at ');
  });

  it('with the URL of a store that no department has, naming the variable', async () => {
    const { code, stderr } = await start(['--demo'], {
      HOUSNIG_DATABASE_URL: nowhere,
      DATABASE_URL: nowhere,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('HOUSNIG_DATABASE_URL');
  });

  it('with a key that is too short, or of another kind than its algorithms, before it looks for a database', async () => {
    const short = await start([], { LAIHU_JWT_KEY: 'short', DATABASE_URL: nowhere });
    expect([short.code, short.stderr]).toEqual([1, expect.stringContaining('LAIHU_JWT_KEY')]);
    const env = { LAIHU_JWT_KEY: 'k'.repeat(40), LAIHU_JWT_ALGORITHMS: 'RS256', DATABASE_URL: nowhere };
    const mixed = await start([], env);
    expect([mixed.code, mixed.stderr]).toEqual([1, expect.stringContaining('RS256')]);
  });

  it('with a size that is no number of persons', async () => {
    for (const size of ['many', '-1', '1000001', '1.5']) {
      const { code, stderr } = await start(['--demo', '--size', size]);
      expect(code).not.toBe(0);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stderr).toContain('whole number from 0 to 1000000');
    }
  });

  it('when its database does not answer, with one sentence and without the password', async () => {
    const url = 'postgres://nobody:secret@127.0.0.1:1/none';
    const { code, stderr } = await start(['--demo'], { DATABASE_URL: url });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('DATABASE_URL');
    expect(stderr).not.toContain('secret');
  });

  it('when its port is taken, with one sentence that names it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const { code, stderr } = await start(['--demo'], { PORT: port, DATABASE_URL: sharedDatabaseUrl() });
    other.close();
    expect(code).toBe(1);
    expect(withoutWarnings(stderr)).toHaveLength(1);
    expect(stderr).toContain(port);
  });

  it('and has started nothing by then', () => {
    expect(postgresOf(folder.path)).toEqual([]);
  });
});

describe('--empty, on a data folder below folders that are not there yet, with spaces and Chinese characters', {
  timeout: 120_000,
}, () => {
  let folder: DataFolder;
  let path: string;
  let laihu: Laihu;
  beforeAll(async () => {
    folder = createDataFolder();
    mkdirSync(join(folder.path, '数据 folder'));
    path = join(folder.path, '数据 folder', 'a', 'b');
    laihu = await answering({ args: ['--demo', '--empty'], env: { LAIHU_DATA: path } });
  }, 120_000);
  afterAll(async () => {
    await laihu?.kill();
    await folder.remove();
  });

  it('loads the organisation of the district and no person', async () => {
    const sql = connectToFolder(path);
    const counts = await rowCounts(sql);
    await sql.end();
    expect(counts['organisation.org_units']).toBe(89);
    const ofNobody = ['access.policy_digests', 'access.working_days'];
    const others = Object.entries(counts).filter(
      ([table, rows]) => rows > 0 && !table.startsWith('organisation.') && !ofNobody.includes(table),
    );
    expect(others).toEqual([]);
  });

  it('answers, and ends well', async () => {
    expect((await fetch(`${laihu.url}/readyz`)).status).toBe(200);
    expect((await laihu.stop()).code).toBe(0);
  });
});

/** The lines of standard error that are not Node's own warnings. */
function withoutWarnings(stderr: string): string[] {
  return stderr
    .trim()
    .split('\n')
    .filter((line) => !/^\(node:\d+\)|^\(Use `node/.test(line));
}
