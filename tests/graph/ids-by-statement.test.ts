import { randomUUID } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf } from '../../src/graph/fused/json-sql.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';

// One statement writes global ids as Node does (RFC 4648, section 5), for names of types of every length: PostgreSQL
// breaks lines of base64, and JSON has no line breaks in a text.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: ReturnType<typeof connectTo>;

beforeAll(async () => {
  database = await createTestDatabase('nothing');
  owner = connectTo(database.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const lengths = Array.from({ length: 80 }, (_, i) => i + 1);
const inBase64 = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64url');

/** What PostgreSQL makes of ids, each a type with a key. */
async function written(ids: readonly SQL[]): Promise<unknown[]> {
  const query = sql`select array[${sql.join([...ids], sql`, `)}] as ids`;
  const { sql: text, params } = new PgDialect().sqlToQuery(query);
  const [row] = await owner.unsafe<{ ids: unknown[] }[]>(text, params as string[]);
  return row?.ids ?? [];
}

test('ids with a uuid', async () => {
  const of = lengths.map((length) => ({ type: 'T'.repeat(length), key: randomUUID() }));
  const ids = of.map(({ type, key }) => idOf(type, sql`${key}::uuid`, 'uuid'));
  expect(await written(ids)).toEqual(of.map(({ type, key }) => inBase64(type, key)));
});

test.each(['PT-HLR', '沪', 'ÿ?>', '-'])('ids with a text: %s', async (key) => {
  const of = lengths.map((length) => ({ type: 'OrgUnit', key: key.repeat(length) }));
  const ids = of.map(({ type, key: whole }) => idOf(type, sql`${whole}::text`, 'text'));
  expect(await written(ids)).toEqual(of.map(({ type, key: whole }) => inBase64(type, whole)));
});
