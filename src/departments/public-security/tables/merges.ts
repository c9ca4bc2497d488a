import { sql } from 'drizzle-orm';
import { bigint, index, pgSchema, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../../store/columns.ts';

const register = pgSchema('public_security');

/** Serial numbers of registrations that are made here; those of files are their own. */
export const registrationSerials = register.sequence('registration_serials');

/** Mergings of two rows of one person (dossier §8.2), each of which can be undone. */
export const merges = register.table(
  'merges',
  {
    /** Of the row of the outbox that asked for it, so that what is run again is not begun again. */
    id: text('id').primaryKey(),
    mergedId: uuid('merged_id').notNull(),
    survivorId: uuid('survivor_id').notNull(),
    mergedAt: instant('merged_at').notNull().defaultNow(),
    undoneAt: instant('undone_at'),
  },
  (t) => [index('merges_merged').on(t.mergedId), index('merges_survivor').on(t.survivorId)],
);

/** Which rows of all stores a merging pointed to the person that stays: from these an undoing plays it back. */
export const repointings = register.table(
  'repointings',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    mergeId: text('merge_id')
      .notNull()
      .references(() => merges.id),
    store: text('store').notNull(),
    /** The record type, as the graph calls it. */
    record: text('record').notNull(),
    table: text('table').notNull(),
    column: text('column').notNull(),
    rowId: text('row_id').notNull(),
    from: uuid('from').notNull(),
    to: uuid('to').notNull(),
    undoneAt: instant('undone_at'),
  },
  (t) => [
    uniqueIndex('repointings_once').on(t.mergeId, t.table, t.column, t.rowId),
    index('repointings_open').on(t.mergeId, t.id).where(sql`${t.undoneAt} is null`),
  ],
);
