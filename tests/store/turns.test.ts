import type postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { type ConnectionIdentity, createPools, type Pools } from '../../src/store/pools.ts';
import { createRunner, type Runner } from '../../src/store/statements.ts';
import { beginsTurn, takeTurn } from '../../src/store/turn.ts';
import { createTestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

// Identities of one viewer share connections by turns. Nobody may get another's answer, nor speak for another.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let admin: postgres.Sql;
let pools: Pools;

beforeAll(async () => {
  database = await createTestDatabase('nothing');
  admin = connectTo(database.url, { max: 1, onnotice: () => {} });
});
afterEach(() => pools?.close());
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const nobody = { unit: '', subdistrict: '', station: '', holder: '', person: '', posts: '' };
const identity = (viewer: string, rest: Partial<ConnectionIdentity> = {}): ConnectionIdentity => ({
  viewer,
  ...nobody,
  today: '2007-03-01',
  ...rest,
});
const coordinator = (person: string | number) =>
  identity('COORDINATOR', {
    unit: 'PT-SVB-015',
    subdistrict: '310107015',
    holder: `h-${person}`,
    person: `p-${person}`,
  });

const parts = ['viewer', 'unit', 'subdistrict', 'station', 'holder', 'person', 'posts', 'today'];
const whoAmI = `select ${parts.map((p) => `coalesce(current_setting('laihu.${p}', true), '') as ${p}`).join(', ')}`;
const andPid = `${whoAmI}, pg_backend_pid() as pid`;
const options = { prepare: true };

function open(more: { turnsFirst?: number; maxConnections?: number; deadlineMs?: number } = {}): Runner {
  const { deadlineMs = 5000, ...rest } = more;
  pools = createPools({ urls: () => database.url, statementTimeoutMs: deadlineMs, ...rest });
  return createRunner(pools, { deadlineMs: deadlineMs + 500 });
}

/** A shared connection, as the next newcomer gets it. */
async function shared(of: ConnectionIdentity) {
  const pool = await pools.share('housing', of);
  if (!pool) throw new Error('The identity has connections of its own.');
  pools.release(pool);
  return pool.sql;
}

const statement = (text: string, params: readonly unknown[] = []) => ({
  text,
  params,
  options: { prepare: params.length > 0, simple: params.length === 0 },
  onSent: () => {},
});

describe('a shared connection', () => {
  it('speaks in each turn for the one who asks, whole, and for nobody in between', async () => {
    const runner = open();
    const station = identity('STN', {
      unit: 'PT-STN-07',
      subdistrict: '310107007',
      station: '310107-07',
      holder: 'PT-STN-07',
      person: 'p-1',
      posts: 'r-1,r-2',
    });
    // What the first has and the second lacks is not the second's.
    expect(await runner.run('housing', station, whoAmI, [], options)).toEqual([station]);
    const other = identity('STN', { unit: 'PT-STN-08' });
    expect(await runner.run('housing', other, whoAmI, [], options)).toEqual([other]);
    const sql = await shared(other);
    expect(await sql.unsafe(whoAmI)).toEqual([{ ...nobody, viewer: '', today: '' }]);
    expect(await sql.unsafe(`select now() = statement_timestamp() as "isOwnTransaction"`)).toEqual([
      { isOwnTransaction: true },
    ]);
  });

  it('gives everybody the own answer, however many ask at once, over few connections', async () => {
    const runner = open({ turnsFirst: 1000 });
    const people = Array.from({ length: 40 }, (_, i) => coordinator(i));
    const seen = new Map<unknown, Set<string>>();
    await Promise.all(
      Array.from({ length: 1200 }, async (_, i) => {
        const asked = people[i % people.length]!;
        const text = i % 3 ? andPid : `${andPid}, $1::int as n`;
        const [row] = await runner.run('housing', asked, text, i % 3 ? [] : [i], options);
        expect(row).toMatchObject({ ...asked, ...(i % 3 ? {} : { n: i }) });
        seen.set(row?.pid, (seen.get(row?.pid) ?? new Set()).add(asked.person));
      }),
    );
    expect(seen.size).toBeLessThanOrEqual(4);
    expect(Math.max(...[...seen.values()].map((persons) => persons.size))).toBeGreaterThan(1);
  });

  it('takes no second identity in a turn, and none where it has one for life', async () => {
    open({ turnsFirst: 1 });
    const sql = await shared(coordinator('a'));
    const begin = (person: string, turn: string) =>
      sql.unsafe(beginsTurn, ['COORDINATOR', '', '', '', person, '', person, '2007-03-01', turn]);
    const [, first, second, who] = await Promise.all([
      sql.unsafe('begin'),
      begin('p-a', 'one'),
      begin('p-b', 'two'),
      sql.unsafe(whoAmI),
      sql.unsafe('commit'),
    ]);
    expect(first).toMatchObject([{ turn: 'one' }]);
    expect(second).toEqual([]);
    expect(who).toMatchObject([{ person: 'p-a' }]);

    const own = await pools.acquire('housing', coordinator('c'));
    await expect(takeTurn(own.sql, coordinator('d'), statement(whoAmI))).rejects.toThrow(/not whole/);
    pools.release(own);
    await expect(own.sql.unsafe('select 1')).rejects.toThrow();
  });

  it('gives no answer of a statement that was not inside its turn', async () => {
    const runner = open();
    const sql = await shared(coordinator('a'));
    // As if the driver had sent it after the turn's end.
    await expect(takeTurn(sql, coordinator('a'), statement(`commit; ${whoAmI}`))).rejects.toThrow(
      /not whole/,
    );
    await expect(sql.unsafe('select 1')).rejects.toThrow();
    expect(await runner.run('housing', coordinator('b'), whoAmI, [], options)).toEqual([coordinator('b')]);
  });

  it('leaves nothing behind by a statement that fails or is late', async () => {
    const runner = open({ deadlineMs: 300 });
    const wrong = runner.run('housing', coordinator('a'), 'select 1 / $1::int', [0], options);
    await expect(wrong).rejects.toMatchObject({ name: 'StatementFailed', code: '22012' });
    expect(await runner.run('housing', coordinator('b'), whoAmI, [], options)).toEqual([coordinator('b')]);
    const lock = 9;
    await admin`select pg_advisory_lock(${lock})`;
    const waits = `select pg_advisory_xact_lock_shared(${lock})`;
    const late = runner.run('housing', coordinator('c'), waits, [], options);
    await expect(late).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'deadline' });
    await admin`select pg_advisory_unlock(${lock})`;
    expect(await runner.run('housing', coordinator('d'), whoAmI, [], options)).toEqual([coordinator('d')]);
  });

  it('is one of another viewer for none', async () => {
    const runner = open();
    const pid = async (viewer: string) =>
      (await runner.run('housing', identity(viewer), andPid, [], options))[0]?.pid;
    const first = await pid('HLR');
    expect(await pid('HLR')).toBe(first);
    expect(await pid('PSB')).not.toBe(first);
  });

  it('is waited for by no other store, and by no newcomer for long, while its statement waits for a lock', async () => {
    const runner = open({ deadlineMs: 60_000 });
    const lock = 8;
    const holder = connectTo(database.url, { max: 1, onnotice: () => {} });
    await holder`select pg_advisory_lock(${lock})`;
    const waits = `select pg_advisory_xact_lock_shared(${lock})`;
    const slow = Array.from({ length: 12 }, (_, i) =>
      runner.run('housing', coordinator(`slow-${i}`), waits, [], options),
    );
    expect(await runner.run('labour', coordinator('x'), whoAmI, [], options)).toEqual([coordinator('x')]);
    let [asked, answered] = [0, 0];
    await until(() => {
      void runner.run('housing', coordinator(`new-${asked++}`), whoAmI, [], options).then(() => {
        answered += 1;
      });
      return answered > 0;
    });
    await holder`select pg_advisory_unlock(${lock})`;
    await holder.end();
    expect(await Promise.all(slow)).toHaveLength(12);
  });
});

it('gives connections of its own, for life, to an identity that asks often', async () => {
  const runner = open({ turnsFirst: 3 });
  const often = coordinator('often');
  const pids = new Set<unknown>();
  for (let i = 0; i < 3; i++) pids.add((await runner.run('housing', often, andPid, [], options))[0]?.pid);
  const [own] = await runner.run('housing', often, andPid, [], options);
  expect(pids.size).toBe(1);
  expect(pids).not.toContain(own?.pid);
  const pool = await pools.acquire('housing', often);
  expect(await pool.sql.unsafe(whoAmI)).toEqual([often]);
  pools.release(pool);
  // Others go on by turns.
  expect((await runner.run('housing', coordinator('new'), andPid, [], options))[0]?.pid).toBe([...pids][0]);
});

it('opens a bounded number of connections for persons who each ask once', async () => {
  const runner = open({ maxConnections: 20 });
  const asked = Array.from({ length: 300 }, (_, i) => coordinator(`once-${i}`));
  const rows = await Promise.all(asked.map((who) => runner.run('housing', who, andPid, [], options)));
  expect(rows.map(([row]) => row?.person)).toEqual(asked.map(({ person }) => person));
  const [count] = await admin`select count(*)::int as open from pg_stat_activity
    where datname = current_database() and application_name = 'laihu COORDINATOR'`;
  expect(count?.open).toBeLessThanOrEqual(4);
});
