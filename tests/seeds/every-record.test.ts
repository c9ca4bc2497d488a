import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { departments } from '../../src/departments/index.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';

// A type without rows would pass each test that asks for rows and compares what comes.

/**
 * No grant is in force on the day of the district, and nothing was taken out: the access test has some itself
 * (tests/access/rows/unusual.ts).
 */
const grants = ['AccessGrant', 'ExportRequest', 'OutbreakGrant'];

const types = departments
  // The program itself writes the access log.
  .filter(({ store }) => store !== 'audit')
  .flatMap(({ records }) => Object.entries(records))
  .filter(([type]) => !grants.includes(type));

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase('district');
  owner = connectTo(database.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await owner.end({ timeout: 5 });
  await database.drop();
});

it('there are record types', () => expect(types.length).toBeGreaterThan(100));

it.each(types)('the synthetic district has rows of %s', async (_, { table, where }) => {
  const rows = await drizzle(owner).select({ one: sql`1` }).from(table).where(where).limit(1);
  expect(rows, 'fill its table in seeds/').toHaveLength(1);
});
