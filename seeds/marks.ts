import type { Sql, TransactionSql } from 'postgres';

const form = /^Loaded by the first start: (\d+) persons$/;

/** The size of the district that a schema was loaded with, or undefined when it was not. */
export async function loadedSize(sql: Sql, schema: string): Promise<number | undefined> {
  const [row] = await sql`select obj_description(to_regnamespace(${schema}), 'pg_namespace') as mark`;
  const size = form.exec(String(row?.mark ?? ''))?.[1];
  return size === undefined ? undefined : Number(size);
}

/** Says in the database itself that a schema has been loaded; part of the transaction that loads it. */
export async function markLoaded(sql: Sql | TransactionSql, schema: string, size: number): Promise<void> {
  await sql.unsafe(`comment on schema "${schema}" is 'Loaded by the first start: ${size} persons'`);
}
