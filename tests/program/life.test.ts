import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { connectToFolder, createDataFolder, type DataFolder } from './data-folders.ts';
import { answering, ask, type Laihu, postgresOf, run, startLaihu } from './laihu-process.ts';

const leases = '{ leases(first: 1) { totalCount nodes { contractNo monthlyRent } } }';

describe('the life of the program', { timeout: 120_000 }, () => {
  let folder: DataFolder;
  let env: Record<string, string>;
  let laihu: Laihu;
  let firstCount: number;

  beforeAll(async () => {
    folder = createDataFolder();
    env = { LAIHU_DATA: folder.path };
    laihu = await answering({ env });
  });
  afterAll(async () => {
    laihu?.process.kill('SIGKILL');
    await laihu?.ended;
    await folder?.remove();
  });

  it('a first start makes a database, loads the district and says where it answers', async () => {
    expect(laihu.stdout()).toMatch(/Loaded the synthetic district of 200 persons/);
    expect(laihu.stdout()).toContain(`Laihu answers at ${laihu.url}/ (GraphiQL) and ${laihu.url}/graphql`);
    expect(postgresOf(folder.path).length).toBeGreaterThan(0);
  });

  it('is alive, ready, and shows its console', async () => {
    expect((await fetch(`${laihu.url}/livez`)).status).toBe(200);
    expect((await fetch(`${laihu.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${laihu.url}/`)).headers.get('content-type')).toContain('text/html');
  });

  it('answers with a token that the token command prints', async () => {
    const { code, stdout } = await run('src/commands/token.ts', { args: ['--as', 'HLR'], env });
    expect(code).toBe(0);
    const answer = await fetch(`${laihu.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${stdout.trim()}`,
        'laihu-purpose': 'LEASE',
      },
      body: JSON.stringify({ query: leases }),
    });
    const { data } = (await answer.json()) as { data: { leases: { totalCount: number; nodes: object[] } } };
    expect(data.leases.nodes[0]).toMatchObject({ monthlyRent: expect.stringMatching(/^\d+\.\d\d$/) });
    firstCount = data.leases.totalCount;
  });

  it('refuses a second program on the same folder with one sentence that says what to do', async () => {
    const second = await startLaihu({ env });
    const { code, stderr } = await second.ended;
    expect(code).not.toBe(0);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('LAIHU_DATA');
    expect((await fetch(`${laihu.url}/readyz`)).status).toBe(200);
  });

  it('on SIGTERM answers the request under way, takes no other, ends with 0 and leaves no PostgreSQL', async () => {
    await laihu.stop();
    laihu = await answering({ env: { ...env, LAIHU_STATEMENT_TIMEOUT_MS: '60000' } });
    const sql = connectToFolder(folder.path);
    const blocker = await sql.reserve();
    await blocker`begin`;
    await blocker`lock table housing.leases in access exclusive mode`;
    const answer = ask(laihu.url, 'HLR', leases);
    await waiting(blocker);
    const ended = laihu.stop();
    await laihu.says('Stopping');
    expect(laihu.process.exitCode).toBeNull();
    await expect(fetch(`${laihu.url}/livez`)).rejects.toThrow();
    await blocker`rollback`;
    blocker.release();
    expect(await answer).toMatchObject({
      status: 200,
      json: { data: { leases: { totalCount: firstCount } } },
    });
    await sql.end();
    // A client that keeps its connection open does not keep the program up.
    expect((await ended).code).toBe(0);
    expect(postgresOf(folder.path)).toEqual([]);
  });

  it('finds its data at the next start', async () => {
    laihu = await answering({ env });
    expect((await ask(laihu.url, 'HLR', leases)).json.data.leases.totalCount).toBe(firstCount);
    expect(laihu.stdout()).not.toContain('Loaded');
  });

  it('starts again after kill -9, though its PostgreSQL still runs', async () => {
    await laihu.kill();
    expect(postgresOf(folder.path).length).toBeGreaterThan(0);
    laihu = await answering({ env });
    expect((await ask(laihu.url, 'HLR', leases)).json.data.leases.totalCount).toBe(firstCount);
  });

  it('starts again after kill -9 of it and of its PostgreSQL', async () => {
    await laihu.kill();
    for (const pid of postgresOf(folder.path)) process.kill(pid, 'SIGKILL');
    laihu = await answering({ env });
    expect((await ask(laihu.url, 'HLR', leases)).json.data.leases.totalCount).toBe(firstCount);
  });

  it('ends at once on a second signal', async () => {
    const sql = connectToFolder(folder.path);
    const blocker = await sql.reserve();
    await blocker`begin`;
    await blocker`lock table housing.leases in access exclusive mode`;
    const answer = ask(laihu.url, 'HLR', leases).catch(() => 'cut off');
    await waiting(blocker);
    const ended = laihu.stop();
    await laihu.says('Stopping');
    await laihu.stop();
    expect((await ended).code).not.toBe(0);
    await answer;
    await sql.end({ timeout: 0 }).catch(() => {});
    await until(() => postgresOf(folder.path).length === 0);
  });
});

/** Until somebody waits for a lock. */
async function waiting(sql: ReturnType<typeof connectToFolder>): Promise<void> {
  await until(async () => {
    const [row] = await sql`select count(*)::int as n from pg_locks where not granted`;
    return row?.n > 0;
  });
}
