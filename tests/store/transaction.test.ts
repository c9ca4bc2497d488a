import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { copyStream } from '../../src/store/copy.ts';
import { createPools } from '../../src/store/pools.ts';
import { inTransaction } from '../../src/store/transaction.ts';
import { createTestDatabase } from '../support/database.ts';
import { endless } from '../support/endless.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let admin: postgres.Sql;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase('nothing');
  admin = connectTo(database.url, { max: 1, onnotice: () => {} });
  sql = connectTo(database.url, { max: 1, onnotice: () => {}, backoff: () => 0.05 });
});
afterAll(async () => {
  await sql?.end({ timeout: 1 });
  await admin?.end();
  await database?.drop();
});
beforeEach(() => admin.unsafe('drop table if exists notes; create table notes (by text)'));

const notes = async () => (await admin`select by from notes order by by`).map(({ by }) => by);

describe('a transaction', () => {
  it('keeps what its work did, and gives its result', async () => {
    const result = await inTransaction(sql, async (tx) => {
      await tx`insert into notes ${tx([{ by: 'a' }])}`;
      await tx.unsafe('insert into notes values ($1)', ['b']);
      await copyStream(tx, 'copy notes from stdin', ['c\n']);
      const read: string[] = [];
      for await (const rows of tx`select by from notes order by by`.cursor(1)) read.push(String(rows[0]?.by));
      return read;
    });
    expect(result).toEqual(['a', 'b', 'c']);
    expect(await notes()).toEqual(['a', 'b', 'c']);
  });

  it('takes no statement after an error, even when its work swallows it', async () => {
    const work = inTransaction(sql, async (tx) => {
      await tx`insert into notes values ('a')`;
      await tx`select nothing from nowhere`.catch(() => {});
      await tx`insert into notes values ('b')`;
    });
    await expect(work).rejects.toThrow();
    expect(await notes()).toEqual([]);
  });

  it('takes no statement after an error of a COPY', async () => {
    const after: unknown[] = [];
    const work = inTransaction(sql, async (tx) => {
      await copyStream(tx, 'copy notes from stdin', ['a\tb\tc\n']).catch(() => {});
      await tx`insert into notes values ('b')`.catch((error) => after.push(error));
    });
    await expect(work).rejects.toMatchObject({ name: 'TransactionOver' });
  });

  it('whose backend was ended puts nothing into the next one on its connection', async () => {
    let late: (() => Promise<unknown>) | undefined;
    const work = inTransaction(sql, async (tx) => {
      const [row] = await tx`select pg_backend_pid() as pid`;
      late = async () => tx`insert into notes values ('stray')`;
      await admin`select pg_terminate_backend(${row?.pid})`;
      await tx.unsafe(endless);
    });
    await expect(work).rejects.toThrow();
    await inTransaction(sql, async (tx) => {
      await tx`insert into notes values ('next')`;
      await expect(late?.()).rejects.toMatchObject({ name: 'TransactionOver' });
      // What was sent on this connection before has been answered by then.
      await tx`select`;
    });
    expect(await notes()).toEqual(['next']);
  });

  it('has a connection that nobody else has, with the types of its pool', async () => {
    const pools = createPools({ urls: () => database.url, statementTimeoutMs: 1000 });
    const owner = pools.ownerOf('housing');
    const question = `select pg_backend_pid() as pid, now()::date as day, 7::bigint as number, array['a'] as list,
      current_setting('application_name') as name`;
    const [outside] = await owner.unsafe(question);
    const [inside, beside] = await inTransaction(owner, async (tx) => [
      ...(await tx.unsafe(question)),
      ...(await owner.unsafe(question)),
    ]);
    await pools.close();
    expect(inside).toEqual({ ...outside, pid: inside?.pid });
    expect(beside?.pid).not.toBe(inside?.pid);
    expect(outside?.pid).not.toBe(inside?.pid);
  });

  it('that has ended, well or not, takes nothing more', async () => {
    for (const fails of [false, true]) {
      let late: (() => Promise<unknown>) | undefined;
      const work = inTransaction(sql, async (tx) => {
        late = async () => tx`insert into notes values ('stray')`;
        if (fails) throw new Error('enough');
      });
      await work.catch(() => {});
      await expect(late?.()).rejects.toMatchObject({ name: 'TransactionOver' });
    }
    expect(await notes()).toEqual([]);
  });
});

describe('the sources', () => {
  // A turn is one for one statement of a reader, on a client that is thrown away at its first error (turns.test.ts).
  it('begin transactions nowhere else but in a turn, nor by a statement', () => {
    const root = join(import.meta.dirname, '../..');
    const offenders = ['src', 'seeds'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter(
          (name) =>
            name.endsWith('.ts') &&
            !/^store\/(transaction|client|turn)\.ts$|^generated/.test(name) &&
            // Bodies of functions of the database, and a word in a sentence.
            !/^database\/(copies|doing)\/|^program\.ts$|^departments\/comprehensive-management\/doing\.ts$/.test(
              name,
            ),
        )
        .filter((name) =>
          /\.begin\(|\.reserve\(|\.savepoint\(|[`'"](begin|start transaction|savepoint|commit|rollback)\s*[;`'"]/i.test(
            readFileSync(join(root, folder, name), 'utf8'),
          ),
        )
        .map((name) => `${folder}/${name}`),
    );
    expect(offenders).toEqual([]);
  });
});
