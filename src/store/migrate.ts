import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyFolder } from 'drizzle-orm/postgres-js/migrator';
import type { Sql } from 'postgres';
import { connectTo } from './connect.ts';

/** Only one program migrates a server at a time. */
const lockKey = 20070301;

/** Folders of migrations that every server needs, whichever stores it holds. */
const everywhere = ['access', 'imports'];

export interface MigrateOptions {
  readonly urlOf: (store: string) => string;
  readonly stores: readonly string[];
  readonly folder: string;
  readonly log: (line: string) => void;
}

/**
 * Brings every store up to date, as owner: `migrations/<store>/` goes into the PostgreSQL schema of the same
 * name, the journal into the schema `migrations`. Nothing is applied twice. A failing migration leaves its
 * store as it was.
 */
export async function migrate({ urlOf, stores, folder, log }: MigrateOptions): Promise<void> {
  const byUrl = new Map<string, string[]>();
  for (const store of stores) byUrl.set(urlOf(store), [...(byUrl.get(urlOf(store)) ?? []), store]);
  for (const [url, held] of byUrl) {
    const sql = connectTo(url, { max: 1, onnotice: () => {} });
    try {
      await checkVersion(sql);
      const [free] = await sql`select pg_try_advisory_lock(${lockKey}) as taken`;
      if (!free?.taken) {
        log('Waiting for another program that migrates this database.');
        await sql`select pg_advisory_lock(${lockKey})`;
      }
      for (const name of [...everywhere, ...held]) {
        const migrationsFolder = join(folder, name);
        if (!existsSync(join(migrationsFolder, 'meta/_journal.json'))) continue;
        await sql`create schema if not exists ${sql(name)}`;
        const before = await applied(sql, name);
        try {
          await applyFolder(drizzle(sql), {
            migrationsFolder,
            migrationsSchema: 'migrations',
            migrationsTable: name,
          });
        } catch (error) {
          throw new Error(
            `The migrations of ${name} cannot be applied, its tables are as before: ${reason(error)}`,
          );
        }
        const after = await applied(sql, name);
        if (after > before)
          log(`Migrated ${name}: ${after - before} step${after - before === 1 ? '' : 's'}.`);
      }
    } finally {
      await sql.end({ timeout: 5 });
    }
  }
}

/** @throws Error for a server without virtual generated columns; the second wall needs them */
export async function checkVersion(sql: Sql): Promise<void> {
  const [server] = await sql`select current_setting('server_version') as version,
    current_setting('server_version_num')::int >= 180000 as is_enough`;
  if (!server?.is_enough)
    throw new Error(
      `The database is PostgreSQL ${server?.version}; Laihu needs 18 or newer. Nothing was changed.`,
    );
}

async function applied(sql: Sql, store: string): Promise<number> {
  const [known] = await sql`select to_regclass(${`migrations.${store}`}) is not null as there`;
  if (!known?.there) return 0;
  const [row] = await sql`select count(*)::int as count from migrations.${sql(store)}`;
  return Number(row?.count ?? 0);
}

/** The server's own message. Drizzle's is the whole statement. */
function reason(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
