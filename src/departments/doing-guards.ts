import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Guard } from '../contract/doing/department-doing.ts';

// Conditions that several departments need.

/** Something has to be put right, and is not yet. */
export const rectificationOpen = (t: {
  readonly rectifyBy: PgColumn;
  readonly rectifiedOn: PgColumn;
}): Guard => ({
  holds: (row) => sql`(${row(t.rectifyBy)} is not null and ${row(t.rectifiedOn)} is null)`,
  en: 'Nothing is to be put right, or it has been.',
  zh: '无待整改事项，或已整改。',
});

/** It is not put right yet. */
export const notRectified = (t: { readonly rectifiedOn: PgColumn }): Guard => ({
  holds: (row) => sql`${row(t.rectifiedOn)} is null`,
  en: 'It has been put right already.',
  zh: '已整改完成。',
});
