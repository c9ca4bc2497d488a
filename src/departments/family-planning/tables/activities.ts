import { sql } from 'drizzle-orm';
import { check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, provenance } from '../../../store/columns.ts';
import { codes } from '../codes.ts';
import { familyPlanning } from '../pg-schema.ts';

/** Joint checks of several departments (dossier §3.6 JointCheckAction). */
export const jointCheckActions = familyPlanning.table(
  'joint_check_actions',
  {
    id: uuid('id').primaryKey(),
    title: text('title').notNull(),
    plannedOn: day('planned_on').notNull(),
    participantCodes: text('participant_codes').array().notNull(),
    territory: text('territory').array().notNull(),
    legalBasis: text('legal_basis').notNull(),
    checkedCount: integer('checked_count'),
    issuesCount: integer('issues_count'),
    ...provenance(),
  },
  (t) => [
    check('joint_check_actions_participants', sql`cardinality(${t.participantCodes}) >= 1`),
    check('joint_check_actions_territory', sql`cardinality(${t.territory}) >= 1`),
    check('joint_check_actions_basis_given', sql`btrim(${t.legalBasis}) <> ''`),
    check(
      'joint_check_actions_counts',
      sql`${t.checkedCount} >= 0 and ${t.issuesCount} between 0 and ${t.checkedCount}`,
    ),
    index('joint_check_actions_planned').on(t.plannedOn, t.id),
    index('joint_check_actions_title').on(t.title, t.id),
  ],
);

/** Education events (dossier §3.6 FpActivity). */
export const familyPlanningActivities = familyPlanning.table(
  'family_planning_activities',
  {
    id: uuid('id').primaryKey(),
    topic: text('topic').notNull(),
    occurredOn: day('occurred_on').notNull(),
    subdistrictCode: text('subdistrict_code').notNull(),
    participantCodes: text('participant_codes').array().notNull(),
    attendance: integer('attendance'),
    ...provenance(),
  },
  (t) => [
    check('family_planning_activities_topic_code', oneOf(t.topic, codes.FamilyPlanningTopic)),
    check('family_planning_activities_attendance', sql`${t.attendance} >= 0`),
    index('family_planning_activities_subdistrict').on(t.subdistrictCode, t.occurredOn, t.id),
    index('family_planning_activities_occurred').on(t.occurredOn, t.id),
  ],
);
