import { sql } from 'drizzle-orm';
import { check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, provenance } from '../../../store/columns.ts';
import { place, placeCheck, placeIndexes } from '../../../store/value-columns.ts';
import { codes } from '../codes.ts';
import { comprehensiveManagement } from '../pg-schema.ts';

/** Safety activities of residents (dossier §3.12 CommunitySafetyActivity); published. */
export const communitySafetyActivities = comprehensiveManagement.table(
  'community_safety_activities',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').notNull(),
    ...place(),
    subdistrictCode: text('subdistrict_code').notNull(),
    occurredOn: day('occurred_on').notNull(),
    volunteers: integer('volunteers'),
    ...provenance(),
  },
  (t) => [
    check('community_safety_activities_kind_code', oneOf(t.kind, codes.SafetyActivityKind)),
    placeCheck('community_safety_activities_place', t),
    check('community_safety_activities_volunteers', sql`${t.volunteers} >= 0`),
    index('community_safety_activities_subdistrict').on(t.subdistrictCode, t.occurredOn, t.id),
    index('community_safety_activities_occurred').on(t.occurredOn, t.id),
    index('community_safety_activities_volunteers_order').on(t.volunteers, t.id),
  ],
);

/** Activities for all young people of a place (dossier §3.12 YouthPreventionActivity). */
export const youthPreventionActivities = comprehensiveManagement.table(
  'youth_prevention_activities',
  {
    id: uuid('id').primaryKey(),
    topic: text('topic').notNull(),
    ...place(),
    subdistrictCode: text('subdistrict_code').notNull(),
    participantCodes: text('participant_codes').array().notNull(),
    occurredOn: day('occurred_on').notNull(),
    attendance: integer('attendance'),
    ...provenance(),
  },
  (t) => [
    check('youth_prevention_activities_topic_code', oneOf(t.topic, codes.YouthActivityTopic)),
    placeCheck('youth_prevention_activities_place', t),
    check('youth_prevention_activities_participants', sql`cardinality(${t.participantCodes}) >= 1`),
    check('youth_prevention_activities_attendance', sql`${t.attendance} >= 0`),
    ...placeIndexes('youth_prevention_activities', t, t.occurredOn),
    index('youth_prevention_activities_occurred').on(t.occurredOn, t.id),
    index('youth_prevention_activities_attendance_order').on(t.attendance, t.id),
  ],
);
