import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { createRunner } from '../../src/store/statements.ts';
import { inTransaction } from '../../src/store/transaction.ts';
import { wireTypes } from '../../src/store/wire-types.ts';
import { createTestDatabase } from '../support/database.ts';
import { endlessAfterRows } from '../support/endless.ts';
import { type Gate, openGate, portOf, throughGate } from '../support/gate.ts';

// The promise: whatever happened on a connection before, a statement gets all its rows, its own and no others, or an
// error.

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
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let gate: Gate;
let gateUrl: string;
let admin: Sql;
let sql: Sql | undefined;
let pools: Pools | undefined;

beforeAll(async () => {
  database = await createTestDatabase('nothing');
  gate = await openGate(portOf(database.url));
  gateUrl = throughGate(database.url, gate);
  admin = connectTo(database.url, { max: 1, onnotice: () => {} });
});
afterEach(async () => {
  await sql?.end({ timeout: 1 });
  await pools?.close();
  sql = pools = undefined;
});
afterAll(async () => {
  gate?.close();
  await admin?.end({ timeout: 1 });
  await database?.drop();
});

interface Failure {
  readonly name: string;
  readonly statement: string;
  readonly params?: readonly number[];
  /** What is done while the statement runs. */
  readonly meanwhile?: () => Promise<unknown>;
  /** Connections of others are lost with it: their statements may fail for themselves. */
  readonly takesOthersAlong?: boolean;
}

const unreadable = (limit: string) =>
  `select (case when g < ${limit} then g else 9007199254740993 end)::bigint as n from generate_series(1, 8) g`;

/** Ways to fail once rows have begun. */
const failures: readonly Failure[] = [
  { name: 'a division by zero', statement: 'select 10 / (5 - g) as n from generate_series(1, 10) g' },
  { name: 'a statement timeout', statement: endlessAfterRows },
  {
    name: 'a cancel from outside',
    statement: endlessAfterRows,
    meanwhile: () => signal('pg_cancel_backend'),
  },
  {
    name: 'the end of its backend',
    statement: endlessAfterRows,
    meanwhile: () => signal('pg_terminate_backend'),
  },
  {
    name: 'a cut of its socket',
    statement: endlessAfterRows,
    meanwhile: async () => {
      await running();
      gate.cut();
    },
    takesOthersAlong: true,
  },
  { name: 'a value that the driver cannot read', statement: unreadable('4') },
  { name: 'such a value, in a statement with a parameter', statement: unreadable('$1'), params: [4] },
];

/** Until the statement with the sleep runs. */
async function running(): Promise<void> {
  for (;;) {
    const rows = await admin`
      select pid from pg_stat_activity
      where datname = current_database() and wait_event = 'PgSleep' and pid <> pg_backend_pid()`;
    if (rows.length > 0) return;
  }
}

async function signal(how: 'pg_cancel_backend' | 'pg_terminate_backend'): Promise<void> {
  await running();
  await admin.unsafe(`select ${how}(pid) from pg_stat_activity
    where datname = current_database() and wait_event = 'PgSleep'`);
}

/** `ok` where the rows are those of the statement, else what it got; an error is its name. */
async function rowsOf(answer: PromiseLike<ArrayLike<unknown>>, n: number): Promise<string> {
  try {
    const rows = await answer;
    const expected = [{ n }, { n: n + 1 }];
    const same =
      rows.length === 2 && expected.every((row, i) => (rows[i] as { n: number } | undefined)?.n === row.n);
    return same ? 'ok' : `WRONG ${JSON.stringify(Array.from(rows))}`;
  } catch (error) {
    return (error as Error).name;
  }
}
const twoRows = (n: number) => `select g as n from generate_series(${n}, ${n + 1}) g`;

it('the sources make no client of the driver but this one', () => {
  const root = join(import.meta.dirname, '../..');
  const makers = ['src', 'seeds', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/node_modules|generated/.test(name))
      .filter((name) =>
        readFileSync(join(root, folder, name), 'utf8')
          .split('\n')
          // A type makes nothing.
          .some(
            (line) => /\bfrom 'postgres'|import\(?\s*'postgres'/.test(line) && !/^import type /.test(line),
          ),
      )
      .map((name) => `${folder}/${name}`),
  );
  expect(makers).toEqual(['src/store/client.ts']);
});

describe.each(failures)(
  'after rows and $name',
  ({ statement, params = [], meanwhile, takesOthersAlong = false }) => {
    const fail = async (query: PromiseLike<unknown>) => {
      const failed = Promise.resolve(query).then(
        () => 'answered',
        () => 'failed',
      );
      await meanwhile?.();
      expect(await failed).toBe('failed');
    };

    it('a client of one connection answers the next statements whole', async () => {
      sql = connectTo(gateUrl, {
        max: 1,
        onnotice: () => {},
        types: wireTypes,
        backoff: () => 0.01,
        connection: { statement_timeout: 1000 },
      } as unknown as Parameters<typeof connectTo>[1]);
      for (let round = 0; round < 3; round++) {
        await fail(sql.unsafe(statement, [...params]));
        for (let n = 0; n < 3; n++) expect(await rowsOf(sql.unsafe(twoRows(n)), n)).toBe('ok');
        const [row] = await sql`select count(*)::int as n from generate_series(1, 3)`;
        expect(row).toEqual({ n: 3 });
      }
    });

    it('statements that were sent behind it get their own rows or an error', async () => {
      sql = connectTo(gateUrl, {
        max: 1,
        onnotice: () => {},
        types: wireTypes,
        backoff: () => 0.01,
        connection: { statement_timeout: 1000 },
      } as unknown as Parameters<typeof connectTo>[1]);
      const own = sql;
      await own`select 1`;
      const failed = fail(own.unsafe(statement, [...params]));
      const behind = Array.from({ length: 6 }, (_, n) => rowsOf(own.unsafe(twoRows(n)), n));
      await failed;
      const later = Array.from({ length: 6 }, (_, n) => rowsOf(own.unsafe(twoRows(n)), n));
      for (const outcome of await Promise.all(behind)) expect(outcome).not.toContain('WRONG');
      expect(await Promise.all(later)).toEqual(Array(6).fill('ok'));
    });

    it('the reads of a viewer, sent together and afterwards, are answered and whole', async () => {
      pools = createPools({ urls: () => gateUrl, statementTimeoutMs: 1000 });
      const runner = createRunner(pools, { deadlineMs: 5000 });
      const ask = (text: string, params: readonly unknown[] = []) =>
        runner.run('housing', viewer, text, params, { prepare: true });
      for (let n = 0; n < 4; n++) await rowsOf(ask(twoRows(n)), n);
      for (let round = 0; round < 3; round++) {
        const failed = fail(ask(statement, [...params]));
        const behind = Array.from({ length: 8 }, (_, n) => rowsOf(ask(twoRows(n)), n));
        await failed;
        const later = Array.from({ length: 8 }, (_, n) => rowsOf(ask(twoRows(n)), n));
        const own = takesOthersAlong ? /^(ok|StoreUnavailable)$/ : /^ok$/;
        for (const outcome of await Promise.all(behind)) expect(outcome).toMatch(own);
        expect(await Promise.all(later)).toEqual(Array(8).fill('ok'));
      }
    });

    it('a transaction takes nothing more, and the next one is whole', async () => {
      sql = connectTo(gateUrl, {
        max: 2,
        onnotice: () => {},
        types: wireTypes,
        backoff: () => 0.01,
        connection: { statement_timeout: 1000 },
      } as unknown as Parameters<typeof connectTo>[1]);
      const own = sql;
      const work = inTransaction(own, async (tx) => {
        await fail(tx.unsafe(statement, [...params]));
        return rowsOf(tx.unsafe(twoRows(1)), 1);
      }).catch((error: Error) => error.name);
      expect(await work).not.toMatch(/WRONG|ok/);
      await inTransaction(own, async (tx) => {
        expect(await rowsOf(tx.unsafe(twoRows(7)), 7)).toBe('ok');
      });
    });
  },
);

it('a cursor gives no batch with a hole', async () => {
  sql = connectTo(gateUrl, { max: 1, onnotice: () => {} });
  const own = sql;
  const readAll = async (statement: string) => {
    const seen: unknown[] = [];
    for await (const rows of own.unsafe(statement).cursor(3)) seen.push(...rows.map(({ n }) => n));
    return seen;
  };
  await expect(readAll('select 10 / (5 - g) as n from generate_series(1, 10) g')).rejects.toThrow();
  expect(await readAll('select g as n from generate_series(1, 7) g')).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

it('results of every kind of statement pass the check', async () => {
  sql = connectTo(gateUrl, { max: 1, onnotice: () => {} });
  const lengths: number[] = [];
  for (const statement of [
    'create temp table t (n int)',
    'insert into t select generate_series(1, 5)',
    'insert into t values (6), (7) returning n',
    'update t set n = n + 1',
    'delete from t where n > 6 returning n',
    'select from t',
    'select n from t where n > 100',
    'show server_version',
    'explain select 1',
    'values (1), (2)',
    'with x as (insert into t values (9)) select 1 as one',
    '',
    '-- nothing',
  ])
    lengths.push((await sql.unsafe(statement)).length);
  expect(lengths.map((n, i) => (i === 8 ? n > 0 : n))).toEqual([0, 0, 2, 0, 2, 5, 0, 1, true, 2, 1, 0, 0]);
  const several = await sql.unsafe(
    'select n from t order by n limit 2; update t set n = 0; select n from t where n > 0; select 1 as one',
  );
  expect(several.map((rows) => (rows as unknown as unknown[]).length)).toEqual([2, 0, 1]);
});
