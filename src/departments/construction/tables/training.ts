import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, numeric, text, unique, uuid } from 'drizzle-orm/pg-core';
import { belongsTo, day, shield, territory } from '../../../store/columns.ts';
import { placeIndexes } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';
import { constructionSites } from './sites.ts';

const table = recordTables('construction');

/** Training (dossier §3.10 SiteTraining); the territory is the site's, none where it is held elsewhere. */
export const siteTrainings = table(
  'site_trainings',
  {
    siteId: uuid('site_id').references(() => constructionSites.id),
    topic: code('topic', 'TrainingTopic').notNull(),
    occurredOn: day('occurred_on').notNull(),
    hours: numeric('hours', { precision: 5, scale: 1 }).notNull(),
    attendeeCount: integer('attendee_count').notNull(),
    ...territory(),
  },
  (t) => [
    check('site_trainings_hours', sql`${t.hours} > 0 and ${t.hours} <= 400`),
    check('site_trainings_attendees', sql`${t.attendeeCount} >= 0`),
    index('site_trainings_site').on(t.siteId, t.occurredOn, t.id),
    ...placeIndexes(t, t.occurredOn),
    index('site_trainings_occurred').on(t.occurredOn, t.id),
    index('site_trainings_attendees_order').on(t.attendeeCount, t.id),
  ],
);

/** Who attended (dossier §3.10 TrainingAttendance). */
export const trainingAttendances = table(
  'training_attendances',
  {
    trainingId: belongsTo('training_id', () => siteTrainings.id),
    personId: uuid('person_id').notNull(),
    passed: boolean('passed'),
    certNo: text('cert_no').unique(),
    ...shield(),
  },
  (t) => [
    check('training_attendances_certified', sql`${t.certNo} is null or coalesce(${t.passed}, false)`),
    unique('training_attendances_once').on(t.trainingId, t.personId),
    index('training_attendances_person').on(t.personId, t.id),
  ],
);
