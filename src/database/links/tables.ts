import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from '../../store/columns.ts';

/**
 * The schema `access` stands on every server that holds a store. The migrator makes it, so drizzle-kit must
 * not see it.
 */
const access = pgSchema('access');

/**
 * Which subjects are linked to a holder's own work (dossier §6.3). A holder is an acting unit (`PT-HLR`,
 * `PT-CAC-015`) or a coordinator's id. A link is two bare ids without a reason, like the shield of dossier
 * §6.3. `until` is the last day of the link, null while it lasts.
 */
export const links = access.table(
  'links',
  {
    holder: text('holder').notNull(),
    subjectId: uuid('subject_id').notNull(),
    until: date('until', { mode: 'string' }),
  },
  (t) => [primaryKey({ columns: [t.holder, t.subjectId] }), index('links_subject').on(t.subjectId)],
);

/** What stores of other servers link: written by the refresh only, so that a trigger never takes it for gone. */
export const linksElsewhere = access.table(
  'links_elsewhere',
  {
    holder: text('holder').notNull(),
    subjectId: uuid('subject_id').notNull(),
    until: date('until', { mode: 'string' }),
  },
  (t) => [primaryKey({ columns: [t.holder, t.subjectId] }), index('links_elsewhere_subject').on(t.subjectId)],
);

/**
 * Subjects of whom other servers are to hear: persons who moved or were shielded, and whose links, questions or
 * areas have changed. Triggers write it, `carryCopies` empties it. Nothing is written where one server holds all.
 */
export const copyChanges = access.table('copy_changes', {
  id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
  subjectId: uuid('subject_id').notNull(),
  since: instant('since').notNull().defaultNow(),
});

/**
 * The records about which a store of another server asks a department (dossier §6.2, R2). The views that show
 * these records look them up here. `closed_on` is the day on which the file is closed, null while it is open.
 */
export const askedAbout = access.table(
  'asked',
  {
    holder: text('holder').notNull(),
    subjectId: uuid('subject_id').notNull(),
    closedOn: date('closed_on', { mode: 'string' }),
  },
  (t) => [primaryKey({ columns: [t.holder, t.subjectId] })],
);

/** The neighbourhoods to which a coordinator is assigned (open assignments only). */
export const areas = access.table(
  'areas',
  {
    holder: text('holder').notNull(),
    neighbourhoodCode: text('neighbourhood_code').notNull(),
    until: date('until', { mode: 'string' }),
  },
  (t) => [primaryKey({ columns: [t.holder, t.neighbourhoodCode] })],
);

/**
 * Who has presented a number at a reception window in this minute (dossier §6.3). The function that looks the
 * number up writes it. Row-level security then lets the window's next statements reach the person.
 */
export const presented = access.table(
  'presented',
  {
    unit: text('unit').notNull(),
    subjectId: uuid('subject_id').notNull(),
    until: instant('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.unit, t.subjectId] })],
);

/**
 * The case-bound grants that are in force, each for one record and one field group (dossier §6.5). A trigger
 * of the organisation's store keeps them; they are copied to other servers. `until` is the last day.
 */
export const grants = access.table(
  'grants',
  {
    id: uuid('id').primaryKey(),
    viewer: text('viewer').notNull(),
    unit: text('unit').notNull(),
    recordType: text('record_type').notNull(),
    recordId: text('record_id').notNull(),
    fieldGroup: text('field_group').notNull(),
    purpose: text('purpose').notNull(),
    until: date('until', { mode: 'string' }).notNull(),
  },
  (t) => [index('grants_unit').on(t.unit, t.recordType, t.recordId)],
);

/** The policy that the database holds; one row. */
export const policyDigests = access.table(
  'policy_digests',
  {
    id: integer('id').primaryKey().default(1),
    /** Digest of the statements that were applied. */
    policy: text('policy').notNull(),
    /** Digest of the catalogues after they were applied. */
    catalogues: text('catalogues').notNull(),
    appliedAt: instant('applied_at').notNull().defaultNow(),
  },
  (t) => [check('policy_digests_one', sql`${t.id} = 1`)],
);

/**
 * The days that are not what their weekday says, as `schema/working-days.tsv` has them; written at every start. Read by
 * `access.add_working_days`.
 */
export const workingDays = access.table('working_days', {
  day: date('day', { mode: 'string' }).primaryKey(),
  isWorked: boolean('is_worked').notNull(),
});

/**
 * What a unit was reminded of (`schema/reminders.tsv`): a record's deadline, so many days ahead. Once each; a deadline
 * that moves is another one. The only thing that an approaching or passed deadline makes by itself (dossier 0.6).
 */
export const reminders = access.table(
  'reminders',
  {
    record: text('record').notNull(),
    recordId: uuid('record_id').notNull(),
    kind: text('kind').notNull(),
    leadDays: integer('lead_days').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    unit: text('unit').notNull(),
    madeAt: instant('made_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.recordId, t.leadDays, t.dueOn] }),
    index('reminders_unit').on(t.unit, t.dueOn),
    index('reminders_record').on(t.recordId),
  ],
);

/** Records that are kept although `schema/retention.tsv` would have them end: a suit, an inquiry, a review. */
export const legalHolds = access.table(
  'legal_holds',
  {
    record: text('record').notNull(),
    recordId: uuid('record_id').notNull(),
    reason: text('reason').notNull(),
    /** The last day of the hold; null while it lasts. */
    until: date('until', { mode: 'string' }),
  },
  (t) => [
    primaryKey({ columns: [t.record, t.recordId, t.reason] }),
    check('legal_holds_reason', sql`btrim(${t.reason}) <> ''`),
  ],
);
