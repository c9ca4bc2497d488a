import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** The municipal minimum wage a month, in fen, from a day on (notices of the labour bureau of the city; dossier A.10). */
const minimumWages = [
  { validFrom: '2003-07-01', wage: 57_000 },
  { validFrom: '2004-07-01', wage: 63_500 },
  { validFrom: '2005-07-01', wage: 69_000 },
  { validFrom: '2006-09-01', wage: 75_000 },
] as const;

/** Whether a wage is below the minimum of a day; null where no wage is known. */
export function isBelowMinimum(wage: PgColumn, day: SQL): SQL {
  const cases = minimumWages
    .toReversed()
    .map(
      ({ validFrom, wage: least }) =>
        sql`when ${day} >= ${sql.raw(`date '${validFrom}'`)} then ${wage} < ${sql.raw(String(least))}`,
    );
  return sql`case ${sql.join(cases, sql` `)} end`;
}
