import { boolean, integer, jsonb, pgSchema, text } from 'drizzle-orm/pg-core';
import type postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { copyInto } from '../../src/store/copy.ts';
import { createTestDatabase } from '../support/database.ts';

const things = pgSchema('copying').table('things', {
  id: integer('id').primaryKey(),
  name: text('name'),
  tags: text('tags').array(),
  isOpen: boolean('is_open'),
  detail: jsonb('detail'),
});

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase('nothing');
  sql = connectTo(database.url, { max: 3, onnotice: () => {} });
});

beforeEach(async () => {
  await sql.unsafe(`drop schema if exists copying cascade; create schema copying;
    create table copying.things (id int primary key, name text check (name <> 'bad'), tags text[], is_open bool, detail jsonb)`);
});

afterAll(async () => {
  await sql?.end({ timeout: 5 });
  await database?.drop();
});

/** Rows of which the one at `bad` breaks a check. */
function* rows(count: number, bad = -1) {
  for (let id = 0; id < count; id++) yield { id, name: id === bad ? 'bad' : 'good' };
}

const kept = async () => (await sql`select count(*)::int as n from copying.things`)[0]?.n;

describe('copying rows into a table', () => {
  test('keeps every character, list and object as it was; NUL is left out', async () => {
    const given = [
      {
        id: 1,
        name: 'a\tb\nc\rd\\e\\N 王',
        tags: ['x"y', 'p\\q', 'a,b', '{}', ''],
        isOpen: true,
        detail: ['a', 'b'],
      },
      { id: 2, name: null, tags: [], isOpen: false, detail: { a: 'q"\\n\n', b: [null] } },
      { id: 3, name: 'a\0b', tags: null, isOpen: null, detail: null },
    ];
    expect(await copyInto(sql, things, given)).toBe(3);
    const found =
      await sql`select id, name, tags, is_open as "isOpen", detail from copying.things order by id`;
    expect([...found]).toEqual([given[0], given[1], { ...given[2], name: 'ab' }]);
  });

  test('takes rows that come one by one from elsewhere, and tells how far it is', async () => {
    async function* slowly() {
      for (const row of rows(60_000)) {
        if (row.id % 20_000 === 0) await new Promise((resolve) => setImmediate(resolve));
        yield row;
      }
    }
    const told: number[] = [];
    expect(await copyInto(sql, things, slowly(), (n) => told.push(n))).toBe(60_000);
    expect(told.length).toBeGreaterThan(0);
    expect(await kept()).toBe(60_000);
  });

  // postgres.js alone waits for ever on the first two, and leaves the connection unusable on the third.
  test.each([
    ['in the last of few rows', 10, 9],
    ['in the first of many rows', 200_000, 0],
    ['in the midst of many rows', 200_000, 90_000],
  ])('reports the error of the server %s at once, and keeps no row', async (_, count, bad) => {
    await expect(copyInto(sql, things, rows(count, bad))).rejects.toMatchObject({ code: '23514' });
    expect(await kept()).toBe(0);
    expect(await copyInto(sql, things, rows(5))).toBe(5);
  });

  test('fails the whole transaction with the same error', async () => {
    const work = sql.begin(async (tx) => {
      await copyInto(tx as never, things, rows(5));
      await copyInto(tx as never, things, [{ id: 9, name: 'bad' }]);
    });
    await expect(work).rejects.toMatchObject({ code: '23514' });
    expect(await kept()).toBe(0);
  });

  test('keeps no row when the making of rows fails, and the connection can be used again', async () => {
    function* failing() {
      yield* rows(50_000);
      throw new Error('The file ends in the middle.');
    }
    await expect(copyInto(sql, things, failing())).rejects.toThrow('The file ends in the middle.');
    expect(await kept()).toBe(0);
    expect(await copyInto(sql, things, rows(5))).toBe(5);
  });

  test('does not wait for a server that is gone', async () => {
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where query like 'copy "copying"%' and datname = current_database()`;
    const killer = connectTo(database.url, { max: 1, onnotice: () => {} });
    async function* interrupted() {
      for (const row of rows(400_000)) {
        if (row.id === 100_000) await killer.unsafe(end);
        yield row;
      }
    }
    await expect(copyInto(sql, things, interrupted())).rejects.toThrow();
    await killer.end();
    expect(await kept()).toBe(0);
  });

  test('refuses a row with other properties than the first, whose values would be lost', async () => {
    const uneven = [
      { id: 1, name: 'a' },
      { id: 2, name: 'b', tags: ['c'] },
    ];
    await expect(copyInto(sql, things, uneven)).rejects.toThrow(/differ in their properties/);
    await expect(copyInto(sql, things, [{ id: 1, title: 'a' }])).rejects.toThrow(/no property title/);
  });
});
