import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** The enum AgeBand, each with the birthday that ends it; the last has none. */
const bands = [
  ['AGE_0_TO_5', 6],
  ['AGE_6_TO_14', 15],
  ['AGE_15_TO_17', 18],
  ['AGE_18_TO_24', 25],
  ['AGE_25_TO_34', 35],
  ['AGE_35_TO_49', 50],
  ['AGE_50_TO_59', 60],
  ['AGE_60_AND_OVER', null],
] as const;

/** The band of a birth date on a day. */
export function ageBandOn(birthDate: PgColumn, day: SQL): SQL {
  const cases = bands.map(([band, end]) =>
    end === null
      ? sql.raw(`else '${band}'`)
      : sql`when ${birthDate} > ${day} - ${sql.raw(`interval '${end} years' then '${band}'`)}`,
  );
  return sql`case ${sql.join(cases, sql` `)} end`;
}

export const ageBands: readonly string[] = bands.map(([band]) => band);
