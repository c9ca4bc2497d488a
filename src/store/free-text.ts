import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/**
 * Condition of a check on a text about a matter or a place: a longest length, no identity number and no
 * mobile telephone number, in digits of either width. References to persons are refused where they are
 * written (dossier §3.12, §6.6).
 */
export function impersonal(column: AnyPgColumn, longest = 200): SQL {
  return sql`char_length(btrim(${column})) between 1 and ${sql.raw(String(longest))} and ${column} !~ '[0-9０-９]{11}'`;
}
