import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/** Condition of a check: the column holds one of the codes, or nothing. */
export function oneOf(column: AnyPgColumn, codes: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(codes.map((code) => `'${code}'`).join(', '))})`;
}

/** Condition of a check: the column, a list, holds nothing but these codes. */
export function allOf(column: AnyPgColumn, codes: readonly string[]): SQL {
  return sql`${column} <@ array[${sql.raw(codes.map((code) => `'${code}'`).join(', '))}]`;
}
