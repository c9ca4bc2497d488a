import { getTableUniqueName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/** `schema.table`. */
export const tableNameOf = (table: PgTable): string => getTableUniqueName(table);

/** `"schema"."table"`. */
export const quotedTableOf = (table: PgTable): string => `"${tableNameOf(table).replace('.', '"."')}"`;
