import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type postgres from 'postgres';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createTestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let folder: string;
let sql: postgres.Sql;

beforeEach(async () => {
  database = await createTestDatabase('nothing');
  sql = connectTo(database.url, { max: 1, onnotice: () => {} });
  folder = mkdtempSync(join(tmpdir(), 'laihu-migrations-'));
});

afterEach(async () => {
  await sql.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes the migrations of a store as drizzle-kit does. */
function write(store: string, steps: readonly string[]): void {
  mkdirSync(join(folder, store, 'meta'), { recursive: true });
  const entries = steps.map((_, i) => ({
    idx: i,
    version: '7',
    when: 1000 + i,
    tag: `step_${i}`,
    breakpoints: true,
  }));
  writeFileSync(
    join(folder, store, 'meta/_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  );
  steps.forEach((step, i) => {
    writeFileSync(join(folder, store, `step_${i}.sql`), step);
  });
}

function run(stores: readonly string[], lines: string[] = []): Promise<void> {
  return migrate({ urlOf: () => database.url, stores, folder, log: (line) => lines.push(line) });
}

it('applies each step of each store once, and says what it did', async () => {
  write('housing', ['create table housing.leases (id int)', 'insert into housing.leases values (1)']);
  write('labour', ['create table labour.contracts (id int)']);
  const lines: string[] = [];
  await run(['housing', 'labour'], lines);
  expect(lines).toEqual(['Migrated housing: 2 steps.', 'Migrated labour: 1 step.']);
  const again: string[] = [];
  await run(['housing', 'labour'], again);
  expect(again).toEqual([]);
  expect(await sql`select * from housing.leases`).toEqual([{ id: 1 }]);
});

it('applies what was added since', async () => {
  write('housing', ['create table housing.leases (id int)']);
  await run(['housing']);
  write('housing', ['create table housing.leases (id int)', 'alter table housing.leases add rent int']);
  await run(['housing']);
  expect(await sql`select rent from housing.leases`).toEqual([]);
});

it('brings a server up to date once when several programs start on it', async () => {
  write('housing', [
    'create table housing.leases (id int)',
    'select pg_advisory_xact_lock_shared(7)',
    'insert into housing.leases select 1',
  ]);
  const lines: string[] = [];
  await sql`select pg_advisory_lock(7)`;
  const all = Promise.all([run(['housing'], lines), run(['housing'], lines), run(['housing'], lines)]);
  const waits = 'Waiting for another program that migrates this database.';
  await until(() => lines.filter((line) => line === waits).length === 2);
  await sql`select pg_advisory_unlock(7)`;
  await all;
  expect(lines.filter((line) => line.startsWith('Migrated'))).toEqual(['Migrated housing: 3 steps.']);
  expect(await sql`select * from housing.leases`).toEqual([{ id: 1 }]);
});

it('leaves a store as it was when a step fails, and says which store and why', async () => {
  write('housing', ['create table housing.leases (id int)']);
  await run(['housing']);
  write('housing', [
    'create table housing.leases (id int)',
    'alter table housing.leases add rent int',
    'alter table housing.gone add rent int',
  ]);
  await expect(run(['housing'])).rejects.toThrow(
    'The migrations of housing cannot be applied, its tables are as before: relation "housing.gone" does not exist',
  );
  await expect(sql`select rent from housing.leases`).rejects.toThrow(/column "rent" does not exist/);
});
