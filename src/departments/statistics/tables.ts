import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, numeric, pgSchema, primaryKey, text } from 'drizzle-orm/pg-core';
import { isMonth } from '../../store/code-check.ts';
import { day, instant } from '../../store/columns.ts';

/** A store counted as of the end of a month, once (dossier §6.4: a fixed calendar of snapshots). */
export const snapshots = pgSchema('statistics').table(
  'snapshots',
  {
    month: text('month').notNull(),
    store: text('store').notNull(),
    asOf: day('as_of').notNull(),
    /** The district's day on which it was taken. */
    takenOn: day('taken_on').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.month, t.store] }),
    check('snapshots_month_form', isMonth(t.month)),
    check('snapshots_after_month', sql`${t.takenOn} >= ${t.asOf}`),
  ],
);

/** Every cell that can be asked for, as it is published: of what is withheld the value stands nowhere. */
export const cells = pgSchema('statistics').table(
  'cells',
  {
    measure: text('measure').notNull(),
    month: text('month').notNull(),
    /** The keys it is told apart by, in the order of the enum, with commas between; empty for the total. */
    keySet: text('key_set').notNull(),
    /** Their values, in the same order. */
    keys: text('keys').array().notNull(),
    /** The value of the key SUBDISTRICT: a sub-district reads its own cells. */
    subdistrictCode: text('subdistrict_code'),
    value: numeric('value'),
    isSuppressed: boolean('is_suppressed').notNull(),
    upperBound: integer('upper_bound'),
  },
  (t) => [
    primaryKey({ columns: [t.measure, t.month, t.keySet, t.keys] }),
    index('cells_subdistrict').on(t.subdistrictCode, t.measure, t.month),
    check('cells_withheld', sql`${t.isSuppressed} = (${t.value} is null)`),
    check('cells_bound_of_withheld', sql`${t.upperBound} is null or ${t.isSuppressed}`),
  ],
);
