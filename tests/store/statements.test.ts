import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { type Embedded, startEmbedded } from '../../src/store/embedded/index.ts';
import { connectionsPerIdentity, createPools, type Pools } from '../../src/store/pools.ts';
import { createRunner, type Runner, type StatementTrace } from '../../src/store/statements.ts';
import { createTestDatabase } from '../support/database.ts';
import { endless } from '../support/endless.ts';
import { until } from '../support/until.ts';

const viewer = {
  viewer: 'HLR',
  unit: '',
  subdistrict: '',
  station: '',
  holder: '',
  posts: '',
  today: '2007-03-01',
  person: '',
};
const options = { prepare: true };
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pools: Pools;

beforeAll(async () => {
  database = await createTestDatabase('nothing');
});
afterEach(() => pools?.close());
afterAll(() => database.drop());

function open(
  urls: (store: string) => string,
  statementTimeoutMs: number,
  deadlineMs: number,
  nowMs?: () => number,
): Runner {
  pools = createPools({ urls, statementTimeoutMs, turnsFirst: 0 });
  return createRunner(pools, { deadlineMs, nowMs });
}

/** What became of a statement: its rows, or the name and reason of the failure. */
const outcome = (promise: Promise<unknown>) =>
  promise.catch((error: { name: string; reason?: string }) => `${error.name} ${error.reason ?? ''}`.trim());

describe('a slow statement', () => {
  it('ends as StoreUnavailable at the deadline, on the server too, and the pool goes on', async () => {
    const runner = open(() => database.url, 200, 600);
    expect(await outcome(runner.run('housing', viewer, endless, [], options))).toBe(
      'StoreUnavailable deadline',
    );
    const [row] = await runner.run(
      'housing',
      viewer,
      `select count(*)::int as running from pg_stat_activity where query = '${endless}' and state = 'active'`,
      [],
      options,
    );
    expect(row).toEqual({ running: 0 });
  });

  it('is answered in time even where the server does not keep its timeout', async () => {
    const runner = open(() => database.url, 2000, 200);
    expect(await outcome(runner.run('housing', viewer, endless, [], options))).toBe(
      'StoreUnavailable deadline',
    );
    expect(await runner.run('housing', viewer, 'select 1 as one', [], options)).toEqual([{ one: 1 }]);
  });

  it('never gets its late answer given to another statement', async () => {
    const runner = open(() => database.url, 5000, 1500);
    const [held, free] = [7, 8];
    const number = (n: number, lock = free) => {
      const text = 'select $1::int as n from pg_advisory_xact_lock_shared($2::int)';
      return outcome(runner.run('housing', viewer, text, [n, lock], options));
    };
    const each = <T>(make: (i: number) => T) =>
      Array.from({ length: connectionsPerIdentity }, (_, i) => make(i));
    const holder = connectTo(database.url, { max: 1 });
    const waiting = async () => {
      const [row] =
        await holder`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`;
      return row?.n === connectionsPerIdentity;
    };
    // Prepared on all connections: only then does one statement travel behind another.
    await holder`select pg_advisory_lock(${held})`;
    const first = each((i) => number(i, held));
    await until(waiting);
    await holder`select pg_advisory_unlock(${held})`;
    await Promise.all(first);
    // All connections wait past the deadline, as many statements behind them are late with them, further ones not.
    await holder`select pg_advisory_lock(${held})`;
    const late = [...each((i) => number(200 + i, held)), ...each((i) => number(100 + i))];
    expect(await Promise.all(late)).toEqual(
      Array(2 * connectionsPerIdentity).fill('StoreUnavailable deadline'),
    );
    const further = Array.from({ length: 8 }, (_, i) => number(i));
    await holder`select pg_advisory_unlock(${held})`;
    const inTime = await Promise.all(further);
    await holder.end();
    const answered = inTime.flatMap((rows, n) => (rows === 'StoreUnavailable deadline' ? [] : [{ n, rows }]));
    expect(answered).not.toEqual([]);
    for (const { n, rows } of answered) expect(rows).toEqual([{ n }]);
  });

  it('of one store does not hold up another', async () => {
    const runner = open(() => database.url, 25_000, 25_000);
    const lock = 7;
    const holder = connectTo(database.url, { max: 1 });
    await holder`select pg_advisory_lock(${lock})`;
    const slow = Array.from({ length: 8 }, () =>
      runner.run('housing', viewer, `select pg_advisory_xact_lock_shared(${lock})`, [], options),
    );
    // They can end only when the other store has answered.
    expect(await runner.run('labour', viewer, 'select 1 as one', [], options)).toEqual([{ one: 1 }]);
    await holder`select pg_advisory_unlock(${lock})`;
    await holder.end();
    expect(await Promise.all(slow)).toHaveLength(8);
  });
});

describe('a failure', () => {
  it('of the statement is told by its code, without the statement or a value of it', async () => {
    const runner = open(() => database.url, 1000, 1500);
    const error = await runner
      .run('housing', viewer, 'select $1::text::uuid', ['310107197001011234'], options)
      .catch((e: Error) => e);
    expect(error).toMatchObject({ name: 'StatementFailed', store: 'housing', code: '22P02' });
    expect(JSON.stringify([error, (error as Error).message, (error as Error).stack])).not.toMatch(
      /310107|::uuid/,
    );
    expect((error as Error).cause).toBeUndefined();
  });

  it('of the statement names a missing column, and does not open the breaker', async () => {
    const runner = open(() => database.url, 1000, 1500);
    for (let i = 0; i < 10; i++)
      await expect(runner.run('housing', viewer, 'select rent', [], options)).rejects.toThrow(
        /column "rent"/,
      );
    expect(await runner.run('housing', viewer, 'select 1 as one', [], options)).toEqual([{ one: 1 }]);
  });

  it('to connect is StoreUnavailable of that store alone', async () => {
    const closed = 'postgres://laihu:secret@127.0.0.1:5599/none';
    const runner = open((store) => (store === 'labour' ? closed : database.url), 1000, 1500);
    const error = await runner.run('labour', viewer, 'select 1', [], options).catch((e: Error) => e);
    expect(error).toMatchObject({ name: 'StoreUnavailable', store: 'labour', reason: 'connection' });
    expect(JSON.stringify([error, (error as Error).stack])).not.toContain('secret');
    expect(await runner.run('housing', viewer, 'select 1 as one', [], options)).toEqual([{ one: 1 }]);
  });
});

it('runs any number of distinct statements, though it prepares a bounded number a connection', async () => {
  const runner = open(() => database.url, 1000, 1500);
  for (let i = 0; i < 320; i++)
    await runner.run('housing', viewer, `select ${i} as n where $1::int = 1`, [1], options);
  const [row] = await runner.run(
    'housing',
    viewer,
    'select count(*)::int as n from pg_prepared_statements',
    [],
    {
      prepare: false,
    },
  );
  expect(row?.n).toBe(300);
});

it('traces statements with their parameters', async () => {
  const runner = open(() => database.url, 1000, 1500);
  const trace: StatementTrace = [];
  await runner.run('housing', viewer, 'select $1::int', [1], { prepare: true, trace });
  expect(trace).toEqual([{ store: 'housing', text: 'select $1::int', params: [1] }]);
});

it('fails alone: those of others, pipelined behind it, neither fail nor open the breaker', async () => {
  const runner = open(() => database.url, 1000, 1500);
  const ask = (n: number) => runner.run('housing', viewer, 'select $1::int as n', [n], options);
  await Promise.all(Array.from({ length: 4 }, (_, n) => ask(n)));
  for (let round = 0; round < 10; round++) {
    const bad = outcome(
      runner.run('housing', viewer, 'select 1 / (2 - g) from generate_series(1, 9) g', [], options),
    );
    const good = Array.from({ length: 20 }, (_, n) => outcome(ask(n)));
    expect(await bad).toBe('StatementFailed');
    expect(await Promise.all(good)).toEqual(Array.from({ length: 20 }, (_, n) => [{ n }]));
  }
  expect(runner.isRefusing('housing')).toBe(false);
});

describe('the breaker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'laihu-breaker-'));
  chmodSync(folder, 0o755);
  let embedded: Embedded;

  afterAll(async () => {
    await embedded?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('opens after failures in a row, refuses at once, and closes soon after the server is back', async () => {
    embedded = await startEmbedded({ dataDir: folder, log: () => {} });
    let url = embedded.url;
    const life: string[] = [];
    let nowMs = 0;
    pools = createPools({ urls: () => url, statementTimeoutMs: 1000 });
    const runner = createRunner(pools, {
      deadlineMs: 1500,
      nowMs: () => nowMs,
      onChange: ({ store, change, reason }) => life.push(`${store} ${change} ${reason ?? ''}`.trim()),
    });
    const ask = () => outcome(runner.run('housing', viewer, 'select 1 as one', [], options));
    expect(await ask()).toEqual([{ one: 1 }]);
    await embedded.stop();
    const failures: unknown[] = [];
    for (let i = 0; i < 6; i++) failures.push(await ask());
    expect(failures.slice(0, 5)).toEqual(Array(5).fill('StoreUnavailable connection'));
    expect(failures[5]).toBe('StoreUnavailable breaker');
    nowMs = 999;
    for (let i = 0; i < 100; i++) expect(await ask()).toBe('StoreUnavailable breaker');

    embedded = await startEmbedded({ dataDir: folder, log: () => {} });
    url = embedded.url;
    // Though it answers again, nobody tries before the time is over.
    expect(await ask()).toBe('StoreUnavailable breaker');
    nowMs = 1000;
    expect(await ask()).toEqual([{ one: 1 }]);
    expect(await Promise.all(Array.from({ length: 20 }, ask))).toEqual(Array(20).fill([{ one: 1 }]));
    expect(life).toEqual([
      'housing stopped answering connection',
      'housing breaker opened connection',
      'housing breaker closed',
      'housing answers again',
    ]);
  });

  it('lets one statement try while the store is still down', async () => {
    await embedded.stop();
    let nowMs = 0;
    const runner = open(
      () => embedded.url,
      1000,
      1500,
      () => nowMs,
    );
    const ask = () => outcome(runner.run('housing', viewer, 'select 1', [], options));
    for (let i = 0; i < 5; i++) await ask();
    nowMs = 1000;
    const outcomes = await Promise.all(Array.from({ length: 10 }, ask));
    expect(outcomes.filter((o) => o === 'StoreUnavailable connection')).toHaveLength(1);
    expect(outcomes.filter((o) => o === 'StoreUnavailable breaker')).toHaveLength(9);
  });
});
