import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { readConnection, urlOf } from '../../src/store/embedded/connection-file.ts';
import { placeForData } from '../support/data-folder.ts';
import { until } from '../support/until.ts';
import { postgresOf } from './laihu-process.ts';

/** A data folder of a test. */
export interface DataFolder {
  readonly path: string;
  /** Stops what still runs on it and removes it. */
  remove(): Promise<void>;
}

export function createDataFolder(): DataFolder {
  const path = mkdtempSync(join(placeForData(), `laihu-test-${process.pid}-`));
  return {
    path,
    async remove() {
      // Immediate shutdown of the server takes its sessions along; the data are thrown away.
      for (const pid of postgresOf(path)) process.kill(pid, 'SIGQUIT');
      await until(() => postgresOf(path).length === 0);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** A connection as owner to the embedded server of a data folder. */
export function connectToFolder(dataDir: string): postgres.Sql {
  const connection = readConnection(dataDir);
  if (!connection) throw new Error(`There is no server on ${dataDir}.`);
  return postgres(urlOf(connection), { max: 1, onnotice: () => {} });
}

/** Rows of every table of the departments and of access, by name; the access log has what each start writes. */
export async function rowCounts(sql: postgres.Sql): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'drizzle', 'migrations', 'audit')
      and table_name <> 'presented'
    order by 1`;
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ count: number }[]>(`select count(*)::int as count from ${name}`);
    counts[name] = row?.count ?? 0;
  }
  return counts;
}
