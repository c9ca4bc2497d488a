import { getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';

/** `schema.table`. */
export const tableNameOf = (table: PgTable): string =>
  `${getTableConfig(table).schema ?? 'public'}.${getTableName(table)}`;
