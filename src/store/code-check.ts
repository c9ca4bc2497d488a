import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/** Condition of a check: the column holds one of the codes, or nothing. */
export function oneOf(column: AnyPgColumn, codes: readonly string[]): SQL {
  return sql`${column} in (${listOf(codes)})`;
}

/** `'A', 'B'`, for conditions of checks. */
export function listOf(codes: readonly string[]): SQL {
  return sql.raw(codes.map((code) => `'${code}'`).join(', '));
}

/** Condition of a check: the column, a list, holds nothing but these codes. */
export function allOf(column: AnyPgColumn, codes: readonly string[]): SQL {
  return sql`${column} <@ array[${listOf(codes)}]`;
}

/** Condition of a check: a month, YYYY-MM. */
export const isMonth = (column: AnyPgColumn): SQL => sql`${column} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`;
