import { Column, is, SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** The same SQL with each column as `name` writes it; values stay parameters. */
export function mapColumns(query: SQL, name: (column: PgColumn) => SQL): SQL {
  const chunks = query.queryChunks.map((chunk) => {
    if (is(chunk, Column)) return name(chunk as PgColumn);
    return is(chunk, SQL) ? mapColumns(chunk, name) : chunk;
  });
  return sql.join(chunks as SQL[]);
}

/** The columns that SQL names. */
export function columnsIn(query: SQL): PgColumn[] {
  return query.queryChunks.flatMap((chunk) => {
    if (is(chunk, Column)) return [chunk as PgColumn];
    return is(chunk, SQL) ? columnsIn(chunk) : [];
  });
}
