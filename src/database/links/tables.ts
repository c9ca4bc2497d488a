import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../store/columns.ts';

/** On every server that holds a store. The migrator makes the schema, so drizzle-kit is not to see it. */
const access = pgSchema('access');

/**
 * Which subjects are linked to whose own work (dossier §6.3): a holder is an acting unit (`PT-HLR`,
 * `PT-CAC-015`) or a coordinator's id. Bare ids without a reason, like the shield of dossier §6.3;
 * `until` is the last day of the link, null while it lasts.
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

/**
 * Which records a department is asked about by a store of another server (dossier §6.2, R2), until when: the views that
 * show them there look it up. `closed_on` is the day on which the file is closed, null while it is open.
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

/** The neighbourhoods a coordinator is assigned to (open assignments only). */
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
 * Who has presented a number at a reception window (dossier §6.3) in this minute: written by the function that looks
 * the number up, so that row-level security lets the window's next statements reach the person.
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

/** Which policy the database holds; one row. */
export const policyDigests = access.table(
  'policy_digests',
  {
    id: integer('id').primaryKey().default(1),
    /** Of the statements that were applied. */
    policy: text('policy').notNull(),
    /** Of what the catalogues said afterwards. */
    catalogues: text('catalogues').notNull(),
    appliedAt: instant('applied_at').notNull().defaultNow(),
  },
  (t) => [check('policy_digests_one', sql`${t.id} = 1`)],
);
