import type postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { type ConnectionIdentity, createPools, type Pools } from '../../src/store/pools.ts';
import { createRunner } from '../../src/store/statements.ts';
import { createTestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

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

const identity = (viewer: string, rest: Partial<ConnectionIdentity> = {}): ConnectionIdentity => ({
  viewer,
  unit: '',
  subdistrict: '',
  station: '',
  holder: '',
  posts: '',
  today: '2007-03-01',
  person: '',
  ...rest,
});

const whoAmI = `select current_setting('laihu.viewer', true) as viewer, current_setting('laihu.unit', true) as unit,
  current_setting('laihu.subdistrict', true) as subdistrict,
  current_setting('laihu.station', true) as station, current_setting('laihu.today', true) as today,
  current_setting('laihu.holder', true) as holder, current_setting('laihu.person', true) as person,
  current_setting('laihu.posts', true) as posts,
  pg_backend_pid() as pid`;

const options = { prepare: true };

function open(maxConnections?: number) {
  pools = createPools({ urls: () => database.url, statementTimeoutMs: 1000, maxConnections });
  return createRunner(pools, { deadlineMs: 1500 });
}

describe('a connection', () => {
  it('speaks for one identity, which the database sees', async () => {
    const runner = open();
    const station = identity('STN', {
      unit: 'PT-STN-07',
      subdistrict: '310107007',
      station: '310107-07',
      holder: 'PT-STN-07',
      person: 'p-1',
      posts: 'r-1,r-2',
    });
    const [row] = await runner.run('housing', station, whoAmI, [], options);
    expect(row).toMatchObject(station);
  });

  it('sends nothing for what an identity lacks', async () => {
    const runner = open();
    const [row] = await runner.run('housing', identity('HLR'), whoAmI, [], options);
    expect(row).toMatchObject({
      viewer: 'HLR',
      unit: null,
      subdistrict: null,
      station: null,
      holder: null,
      person: null,
    });
  });

  it('is never shared by two identities, however many ask at once', async () => {
    const runner = open();
    const people = Array.from({ length: 8 }, (_, i) =>
      // The parts joined without their lengths would be the same text for all.
      identity('AAAAAAAA'.slice(i), { unit: 'AAAAAAAA'.slice(0, i) || 'B', station: `T${i % 2}` }),
    );
    const rows = await Promise.all(
      Array.from({ length: 400 }, async (_, i) => {
        const asked = people[i % people.length]!;
        const [row] = await runner.run('housing', asked, whoAmI, [], options);
        return { asked, row };
      }),
    );
    const seen = new Map<unknown, string>();
    for (const { asked, row } of rows) {
      expect(row).toMatchObject({ viewer: asked.viewer, unit: asked.unit, station: asked.station });
      const owner = seen.get(row?.pid) ?? JSON.stringify(asked);
      expect(owner).toBe(JSON.stringify(asked));
      seen.set(row?.pid, owner);
    }
  });

  it('of one store is not used for another, even in one database', async () => {
    const runner = open();
    const [a] = await runner.run('housing', identity('HLR'), whoAmI, [], options);
    const [b] = await runner.run('labour', identity('HLR'), whoAmI, [], options);
    expect(a?.pid).not.toBe(b?.pid);
  });

  it('cannot be given a second identity by a zero character in the first', async () => {
    const runner = open();
    const forged = identity('STN', { unit: 'x\0laihu.viewer\0PSB' });
    await expect(runner.run('housing', forged, whoAmI, [], options)).rejects.toThrow(/refused/);
  });
});

/** Statements that take it run for as long as the test holds it. */
const lock = 7;

describe('the connections of all pools together', () => {
  const count = async () => {
    const [row] = await admin`
      select count(*)::int as open from pg_stat_activity
      where datname = current_database() and application_name like 'laihu %'`;
    return Number(row?.open);
  };

  it('stay within the bound while more identities ask than it has room for, and all are answered', async () => {
    const runner = open(12);
    await admin`select pg_advisory_lock(${lock})`;
    const all = Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        runner.run(
          'housing',
          identity(`V${i % 15}`),
          `select current_setting('laihu.viewer') as v, pg_advisory_xact_lock_shared(${lock})`,
          [],
          options,
        ),
      ),
    );
    // All that there is room for, each with a statement that does not end before the lock is let go.
    await until(async () => (await count()) >= 12);
    let most = 0;
    let done = false;
    const watch = (async () => {
      while (!done) most = Math.max(most, await count());
    })();
    await admin`select pg_advisory_unlock(${lock})`;
    const rows = await all;
    done = true;
    await watch;
    expect(rows.map(([row]) => row?.v)).toEqual(Array.from({ length: 60 }, (_, i) => `V${i % 15}`));
    expect(most).toBeGreaterThan(3);
    expect(most).toBeLessThanOrEqual(12);
  });

  it('are taken from the pool that was idle longest, not from one in use', async () => {
    const runner = open(4);
    const pidOf = async (viewer: string) =>
      (await runner.run('housing', identity(viewer), whoAmI, [], options))[0]?.pid;
    const first = await pidOf('A');
    const second = await pidOf('B');
    expect(await pidOf('A')).toBe(first);
    await pidOf('C');
    expect(await pidOf('A')).toBe(first);
    expect(await pidOf('B')).not.toBe(second);
  });

  it('are refused to a newcomer, within time, when running statements hold them all', async () => {
    const runner = open(2);
    await admin`select pg_advisory_lock(${lock})`;
    const waits = `select pg_advisory_xact_lock_shared(${lock})`;
    const held = [1, 2].map(() => runner.run('housing', identity('A'), waits, [], options));
    await expect(runner.run('housing', identity('B'), 'select 1', [], options)).rejects.toMatchObject({
      name: 'StoreUnavailable',
      reason: 'busy',
    });
    await admin`select pg_advisory_unlock(${lock})`;
    // Whether they were in time is not what is tried.
    await Promise.allSettled(held);
    await expect(runner.run('housing', identity('B'), 'select 1 as one', [], options)).resolves.toEqual([
      { one: 1 },
    ]);
  });
});

it('knows which stores share a database', () => {
  pools = createPools({
    urls: (store) =>
      store === 'labour'
        ? 'postgres://u:p@db.example:5432/labour'
        : `postgres://${store}:p@db.example/district`,
    statementTimeoutMs: 1000,
  });
  expect(pools.serverOf('housing')).toBe(pools.serverOf('permits'));
  expect(pools.serverOf('housing')).not.toBe(pools.serverOf('labour'));
  expect(pools.serverOf('housing')).not.toContain(':p@');
});
