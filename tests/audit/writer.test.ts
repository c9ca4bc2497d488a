import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AuditLog } from '../../src/audit/log.ts';
import { connectTo } from '../../src/store/connect.ts';
import { roleUrl } from '../../src/store/roles.ts';
import { until } from '../support/until.ts';
import { createLogDatabase, eventOf, type LogDatabase } from './log-on-a-database.ts';

let database: LogDatabase;
let log: AuditLog | undefined;

beforeEach(async () => {
  database = await createLogDatabase();
});
afterEach(async () => {
  await log?.close();
  log = undefined;
  await database.drop();
});

const count = async () => {
  const [row] = await database.sql<{ count: number }[]>`select count(*)::int as count from audit.entries`;
  return row?.count;
};
const commits = async () => {
  const [row] = await database.sql<{ count: number }[]>`
    select count(distinct xmin::text)::int as count from audit.entries where seq > 0`;
  return row?.count ?? 0;
};
const endBackends = () =>
  database.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'laihu audit' and datname = current_database()`;
const verified = async () => (await database.verify()).fault;

describe('requests at once', () => {
  it('share commits, and each entry stands when its request goes on', async () => {
    const open = await database.open();
    log = open;
    await Promise.all(
      Array.from({ length: 64 }, async (_, i) => {
        const person = `person-${i}`;
        await open.record(eventOf(open, { person }));
        expect(await database.sql`select 1 from audit.entries where person = ${person}`).toHaveLength(1);
      }),
    );
    expect(await commits()).toBeLessThan(16);
    await open.close();
    log = undefined;
    expect(await verified()).toBeNull();
  });

  it('of two programs make two chains in one line', async () => {
    const both = await Promise.all([
      database.open(),
      database.open({ sealsFile: `${database.sealsFile}.2` }),
    ]);
    await Promise.all(both.flatMap((one) => Array.from({ length: 20 }, () => one.record(eventOf(one)))));
    await Promise.all(both.map((one) => one.close()));
    expect(await database.verify([database.sealsFile, `${database.sealsFile}.2`])).toMatchObject({
      chains: 2,
      entries: 42,
      fault: null,
    });
    expect((await database.verify()).fault).toMatchObject({ kind: 'INSERTED' });
  });
});

describe('when its connection is ended', () => {
  it('entries are recorded all the same, each once or twice, in a chain without a gap', {
    timeout: 60_000,
  }, async () => {
    // Time is not what is tried here: each ended backend costs a new connection, on a busy machine a slow one.
    const open = await database.open({ timeoutMs: 30_000 });
    log = open;
    let recorded = 0;
    const work = Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 40; i++) {
        await open.record(eventOf(open));
        recorded += 1;
      }
    });
    let ended = 0;
    const ending = (async () => {
      for (let i = 0; i < 10; i++) {
        // Some entries after each.
        await until(() => recorded >= i * 25);
        await until(async () => {
          const { length } = await endBackends();
          ended += length;
          return length > 0 || recorded === 320;
        });
      }
    })();
    await Promise.all([...work, ending]);
    expect(ended).toBeGreaterThan(4);
    expect(recorded).toBe(320);
    expect(await count()).toBeGreaterThanOrEqual(321);
    expect(open.working).toBe(true);
    await open.close();
    log = undefined;
    expect(await verified()).toBeNull();
    expect(database.faults.every((fault) => fault === 'audit entries cannot be committed')).toBe(true);
  });
});

describe('when the table cannot be written', () => {
  it('requests are refused in time, and recorded again as soon as it can', async () => {
    const open = await database.open({ timeoutMs: 300 });
    log = open;
    await database.sql.unsafe('revoke insert on audit.entries from laihu_audit');
    await expect(open.record(eventOf(open))).rejects.toMatchObject({
      name: 'AuditUnavailable',
      reason: 'late',
    });
    expect(open.working).toBe(false);
    await database.sql.unsafe('grant insert on audit.entries to laihu_audit');
    await open.record(eventOf(open));
    expect(open.working).toBe(true);
    expect(await count()).toBe(2);
  });

  it('no more requests wait than may, and the rest are refused at once', async () => {
    const open = await database.open({ timeoutMs: 300, maxWaiting: 3 });
    log = open;
    await database.sql.unsafe('revoke insert on audit.entries from laihu_audit');
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => open.record(eventOf(open))));
    expect(
      results.map((r) => (r.status === 'rejected' ? (r.reason as { reason: string }).reason : 'recorded')),
    ).toEqual(['late', 'late', 'late', 'full', 'full']);
  });

  it('a lock on the table does not hold a request up for longer', async () => {
    const open = await database.open({ timeoutMs: 300 });
    log = open;
    const other = connectTo(database.url, { max: 1, onnotice: () => {} });
    await other.begin(async (tx) => {
      await tx`lock table audit.entries in access exclusive mode`;
      await expect(open.record(eventOf(open))).rejects.toMatchObject({ reason: 'late' });
    });
    await other.end();
    await open.record(eventOf(open));
    await open.close();
    log = undefined;
    expect(await verified()).toBeNull();
  });
});

describe('an entry that the database does not take', () => {
  // As a request would bring it that got past everything before.
  const bad = { person: 'a\0b' };

  it.each([1, 2, 7, 64])('costs its own request and nobody else, among %i', async (others) => {
    const open = await database.open();
    log = open;
    for (const at of [0, Math.floor(others / 2), others]) {
      const people = Array.from({ length: others + 1 }, (_, i) =>
        i === at ? bad.person : `person-${at}-${i}`,
      );
      const results = await Promise.allSettled(
        people.map((person) => open.record(eventOf(open, { person }))),
      );
      const refused = results.flatMap((result, i) =>
        result.status === 'rejected' ? [[i, result.reason.reason]] : [],
      );
      expect(refused).toEqual([[at, 'refused']]);
    }
    expect(open.working).toBe(true);
    expect(database.faults).toEqual(Array(3).fill('an audit entry is refused for its data'));
    expect(await count()).toBe(1 + 3 * others);
    await open.close();
    log = undefined;
    expect(await database.verify()).toMatchObject({ fault: null, unsealed: 0, chains: 1 });
    expect(readFileSync(database.sealsFile, 'utf8').trimEnd()).toMatch(/"closed":true[^\n]*$/);
  });

  it('is one of many kinds: each is refused alone', async () => {
    const open = await database.open();
    log = open;
    const events = [
      { client: '\0' },
      { purpose: 'x\0' },
      { posts: ['\0'] },
      { coordinates: ['Query.a', '\0'] },
      { verdict: 'PERHAPS' as never },
      { operation: 'CHAIN_STARTED' as const },
      // Wider than a page of an index.
      { unit: randomBytes(6000).toString('hex') },
    ];
    const results = await Promise.allSettled(
      [...events, {}].map((change) => open.record(eventOf(open, change))),
    );
    expect(
      results.map((result) => (result.status === 'rejected' ? result.reason.reason : 'recorded')),
    ).toEqual([...events.map(() => 'refused'), 'recorded']);
    expect(await count()).toBe(2);
  });
});

it('a chain that somebody else wrote to is left, and a new one begun', async () => {
  const open = await database.open();
  log = open;
  await open.record(eventOf(open));
  await database.sql`insert into audit.entries select hash, chain, 2, gen_random_uuid(), occurred_at, operation, person,
    viewer, acting_unit_id, posts, purpose, client, coordinates, field_groups, denied_groups, subjects, verdict, is_masked,
    row_count, prior_chain, prior_seq, sha256(hash) from audit.entries where seq = 1`;
  await open.record(eventOf(open));
  expect(database.faults).toContain(
    'the chain of audit entries is not as this process left it; a new chain begins',
  );
  const chains = await database.sql`select distinct chain from audit.entries`;
  expect(chains).toHaveLength(2);
  expect(await verified()).toMatchObject({ kind: 'ALTERED', seq: 2 });
});

describe('the table', () => {
  const asProgram = async (statement: string) => {
    const sql = connectTo(roleUrl(database.url, 'laihu_audit'), { max: 1, onnotice: () => {} });
    try {
      await sql.unsafe(statement);
      return 'done';
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await sql.end();
    }
  };

  it.each([
    ["update audit.entries set person = 'x'"],
    ['delete from audit.entries'],
    ['truncate audit.entries'],
    ['alter table audit.entries disable trigger all'],
    ['drop table audit.entries'],
    ['create table audit.other (i int)'],
    ['create table public.other (i int)'],
    ['set role postgres'],
  ])("refuses the program's role: %s", async (statement) => {
    await database.write(1);
    expect(await asProgram('select count(*) from audit.entries')).toBe('done');
    expect(await asProgram(statement)).toMatch(/^(42501|22023)$/);
  });

  it.each([
    ["update audit.entries set person = 'x'"],
    ['delete from audit.entries'],
    ['truncate audit.entries'],
    ['set session_replication_role = replica; delete from audit.entries'],
  ])('refuses even its owner: %s', async (statement) => {
    await database.write(1);
    await expect(database.sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' });
    expect(await count()).toBe(2);
  });

  it('refuses a second entry after the same one', async () => {
    await database.write(2);
    await expect(
      database.sql`insert into audit.entries select prev, chain, 77, gen_random_uuid(), occurred_at, operation, person,
        viewer, acting_unit_id, posts, purpose, client, coordinates, field_groups, denied_groups, subjects, verdict,
        is_masked, row_count, prior_chain, prior_seq, hash from audit.entries where seq = 2`,
    ).rejects.toMatchObject({ code: '23505' });
  });
});

describe('seals', () => {
  it('are written when something was, at most so often, and at the end', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const open = await database.open({ sealEveryMs: 200 });
    log = open;
    const lines = () =>
      readFileSync(database.sealsFile, 'utf8')
        .trimEnd()
        .split('\n')
        .map((l) => JSON.parse(l));
    for (let i = 0; i < 20; i++) await open.record(eventOf(open));
    vi.advanceTimersByTime(199);
    expect(lines()).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(lines()).toHaveLength(2);
    expect(lines().at(-1)).toMatchObject({ seq: 20, count: 21, closed: false });
    vi.advanceTimersByTime(2000);
    expect(lines()).toHaveLength(2);
    await open.close();
    log = undefined;
    expect(lines()).toHaveLength(3);
    expect(lines().at(-1)).toMatchObject({ seq: 20, closed: true });
  });
});
