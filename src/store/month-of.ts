import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** The month, `YYYY-MM`, of a date column; unlike to_char it depends on no setting, so a generated column can hold it. */
export const monthOf = (date: PgColumn): SQL =>
  sql`(lpad((extract(year from ${date})::int)::text, 4, '0') || '-' || lpad((extract(month from ${date})::int)::text, 2, '0'))`;
