import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgSchema, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../../store/columns.ts';

/** On every server that holds a store, so that a write, its event, its key and what follows are one transaction. */
const access = pgSchema('access');

/** What has happened to records (dossier §5): rows are added, never changed or removed. */
export const recordEvents = access.table(
  'record_events',
  {
    recordType: text('record_type').notNull(),
    recordId: text('record_id').notNull(),
    version: integer('version').notNull(),
    event: text('event').notNull(),
    fromState: text('from_state'),
    toState: text('to_state'),
    viewer: text('viewer').notNull(),
    actingUnit: text('acting_unit').notNull(),
    person: text('person').notNull(),
    at: instant('at').notNull().defaultNow(),
    reason: text('reason'),
    /** The fields that it gave or set, by their names in the SDL: values stand in the record alone. */
    fields: text('fields').array().notNull().default(sql`'{}'`),
  },
  (t) => [
    primaryKey({ columns: [t.recordType, t.recordId, t.version] }),
    index('record_events_unit').on(t.actingUnit, t.at),
  ],
);

/** Keys of calls, with what they made: a repetition has no second effect. Kept for 30 days. */
export const doneRequests = access.table(
  'done_requests',
  {
    unit: text('unit').notNull(),
    person: text('person').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of mutation and input. */
    body: text('body').notNull(),
    recordType: text('record_type').notNull(),
    recordId: text('record_id').notNull(),
    version: integer('version').notNull(),
    event: text('event').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.unit, t.person, t.key] }), index('done_requests_at').on(t.at)],
);

/** What follows from events and is still to be done, in this store or another. */
export const outbox = access.table(
  'outbox',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    recordType: text('record_type').notNull(),
    recordId: text('record_id').notNull(),
    version: integer('version').notNull(),
    effect: text('effect').notNull(),
    store: text('store').notNull(),
    happened: jsonb('happened').notNull(),
    madeAt: instant('made_at').notNull().defaultNow(),
    doneAt: instant('done_at'),
    attempts: integer('attempts').notNull().default(0),
    nextAt: instant('next_at').notNull().defaultNow(),
    /** Why the last attempt failed: a code, never a value. */
    failure: text('failure'),
  },
  (t) => [
    index('outbox_open').on(t.nextAt, t.id).where(sql`${t.doneAt} is null`),
    index('outbox_record').on(t.recordType, t.recordId, t.version),
  ],
);
