import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from '../store/columns.ts';

/** On every server that holds a store. The migrator makes the schema, so drizzle-kit is not to see it. */
const imports = pgSchema('imports');

/** Files that were imported, one row a file: a file sent again is the same batch. */
export const batches = imports.table(
  'batches',
  {
    id: uuid('id').primaryKey(),
    department: text('department').notNull(),
    fileName: text('file_name').notNull(),
    /** `YYYY-MM` */
    period: text('period').notNull(),
    sha256: text('sha256').notNull(),
    headings: text('headings').array().notNull(),
    rows: integer('rows').notNull(),
    accepted: integer('accepted').notNull(),
    repeatedRows: integer('repeated_rows').notNull(),
    rejected: jsonb('rejected').$type<Record<string, number>>().notNull(),
    flags: jsonb('flags').$type<Record<string, number>>().notNull(),
    /** Of the department's files of the month, in the order in which they first came; 0 of those before there were numbers. */
    number: integer('number').notNull().default(0),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at').notNull(),
    /** When the same file came last. */
    lastSentAt: instant('last_sent_at').notNull(),
  },
  (t) => [
    check('batches_period_form', sql`${t.period} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`),
    uniqueIndex('batches_file').on(t.department, t.period, t.sha256),
    index('batches_newest').on(t.department, t.lastSentAt),
  ],
);

/** Rows that were refused, as they were written; they hold personal data and are the department's alone. */
export const refusedRows = imports.table(
  'refused_rows',
  {
    batchId: uuid('batch_id')
      .notNull()
      .references(() => batches.id, { onDelete: 'cascade' }),
    line: integer('line').notNull(),
    code: text('code').notNull(),
    /** The heading of the faulty column; empty when the row as a whole is at fault. */
    columnName: text('column_name').notNull(),
    text: text('text').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.line] })],
);

/**
 * Persons of the register whose place has changed and whose rows elsewhere still carry the old one. Written in
 * the transaction of the register, emptied when every store has followed: stores can live on several servers.
 */
export const movedPersons = imports.table('moved_persons', {
  migrantId: uuid('migrant_id').primaryKey(),
  movedAt: instant('moved_at').notNull(),
});

/**
 * Persons who have come to share a number with another while no officer has seen a document of either: what other
 * stores had joined to them by that number is let go. Written and emptied as the above.
 */
export const doubtedPersons = imports.table('doubted_persons', {
  migrantId: uuid('migrant_id').primaryKey(),
  doubtedAt: instant('doubted_at').notNull(),
});
