import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

// A counted regular expression such as `^[0-9]{17}[0-9X]$` is dear: PostgreSQL works its states out anew for each
// row, which was a fifth of the time of a bulk load. The length apart, a short one says the same.

/** Condition of a check: the column holds `prefix` and this many digits, or nothing. @param prefix of digits */
export function digits(column: AnyPgColumn, count: number, prefix = ''): SQL {
  return sql`${column} like ${sql.raw(`'${prefix}${'_'.repeat(count)}'`)} and ${column} !~ '[^0-9]'`;
}

/** Condition of a check: the column holds so many characters of this form, or nothing. @param form a regular expression */
export function formed(column: AnyPgColumn, form: string, from: number, to = from): SQL {
  const length = from === to ? `= ${from}` : `between ${from} and ${to}`;
  return sql`char_length(${column}) ${sql.raw(length)} and ${column} ~ ${sql.raw(`'${form}'`)}`;
}
