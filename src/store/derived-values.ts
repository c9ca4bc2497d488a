import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

// Values that stand for another value under M (dossier §6.4). None depends on a setting of the session.

/** `AmountBand` of an amount in fen. */
export const amountBand = (fen: PgColumn): SQL => sql`case
  when ${fen} is null then null
  when ${fen} < 100000 then 'UNDER_1000'
  when ${fen} < 200000 then 'FROM_1000'
  when ${fen} < 500000 then 'FROM_2000'
  when ${fen} < 1000000 then 'FROM_5000'
  else 'FROM_10000' end`;

/** `CountBand` of a head count. */
export const countBand = (count: PgColumn): SQL => sql`case
  when ${count} is null then null
  when ${count} < 5 then 'UNDER_5'
  when ${count} < 10 then 'FROM_5'
  when ${count} < 50 then 'FROM_10'
  else 'FROM_50' end`;

/** The month of a date, YYYY-MM. */
export const monthOf = (date: PgColumn): SQL =>
  sql`(lpad(extract(year from ${date})::text, 4, '0') || '-' || lpad(extract(month from ${date})::text, 2, '0'))`;
