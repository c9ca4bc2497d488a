import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { allOf, oneOf } from '../../../store/code-check.ts';
import { day, provenance, territory } from '../../../store/columns.ts';
import {
  address,
  decision,
  decisionCheck,
  party,
  partyCheck,
  placeIndexes,
  rectification,
  rectificationCheck,
} from '../../../store/value-columns.ts';
import { codes } from '../codes.ts';
import { education } from '../pg-schema.ts';

/** Schools for migrants' children (dossier §3.8 MigrantSchool). */
export const migrantSchools = education.table(
  'migrant_schools',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    ...address(),
    ...territory(),
    ...party('founder'),
    capacity: integer('capacity').notNull(),
    enrolled: integer('enrolled').notNull(),
    gradesFrom: integer('grades_from').notNull(),
    gradesTo: integer('grades_to').notNull(),
    teachers: integer('teachers').notNull(),
    qualifiedTeachers: integer('qualified_teachers').notNull(),
    licenceStatus: text('licence_status').notNull(),
    ...provenance(),
  },
  (t) => [
    partyCheck('migrant_schools_founder', t.founderKind, t.founderName),
    // More pupils than places is flagged, not refused.
    check('migrant_schools_pupils', sql`${t.capacity} >= 0 and ${t.enrolled} >= 0`),
    check(
      'migrant_schools_grades',
      sql`1 <= ${t.gradesFrom} and ${t.gradesFrom} <= ${t.gradesTo} and ${t.gradesTo} <= 9`,
    ),
    check('migrant_schools_teachers', sql`${t.qualifiedTeachers} between 0 and ${t.teachers}`),
    check('migrant_schools_licence_code', oneOf(t.licenceStatus, codes.SchoolLicenceState)),
    ...placeIndexes('migrant_schools', t, t.name),
    index('migrant_schools_name').on(t.name, t.id),
  ],
);

const schoolId = () =>
  uuid('school_id')
    .notNull()
    .references(() => migrantSchools.id);

/** Licences and applications for them (dossier §3.8 SchoolLicence, states §5.4); the territory is the school's. */
export const schoolLicences = education.table(
  'school_licences',
  {
    id: uuid('id').primaryKey(),
    schoolId: schoolId(),
    licenceNo: text('licence_no').unique(),
    kind: text('kind').notNull(),
    status: text('status').notNull().default('SUBMITTED'),
    validFrom: day('valid_from'),
    validTo: day('valid_to'),
    ...decision(),
    placementPlan: text('placement_plan'),
    ...territory(),
    ...provenance(),
  },
  (t) => [
    check('school_licences_kind_code', oneOf(t.kind, codes.SchoolLicenceKind)),
    check('school_licences_status_code', oneOf(t.status, codes.SchoolLicenceStatus)),
    check('school_licences_validity', sql`${t.validFrom} <= ${t.validTo}`),
    check('school_licences_numbered', sql`${t.status} <> 'GRANTED' or ${t.licenceNo} is not null`),
    decisionCheck('school_licences_decision_complete', t, sql`${t.status} = 'REFUSED'`),
    // No school closes before it is said where each pupil goes.
    check(
      'school_licences_placement',
      sql`(${t.kind} <> 'CLOSE' and ${t.status} not in ('CLOSING', 'CLOSED')) or coalesce(btrim(${t.placementPlan}), '') <> ''`,
    ),
    index('school_licences_school').on(t.schoolId, t.validFrom, t.id),
    ...placeIndexes('school_licences', t, t.validTo),
    index('school_licences_valid_to').on(t.validTo, t.id),
  ],
);

/** Inspections (dossier §3.8 SchoolInspection); the territory is the school's. */
export const schoolInspections = education.table(
  'school_inspections',
  {
    id: uuid('id').primaryKey(),
    schoolId: schoolId(),
    occurredOn: day('occurred_on').notNull(),
    areas: text('areas').array().notNull(),
    score: integer('score'),
    issues: text('issues').array().notNull(),
    ...rectification(),
    ...territory(),
    ...provenance(),
  },
  (t) => [
    check(
      'school_inspections_areas',
      sql`${allOf(t.areas, codes.SchoolInspectionArea)} and cardinality(${t.areas}) >= 1`,
    ),
    check('school_inspections_issues_codes', allOf(t.issues, codes.SchoolIssue)),
    check('school_inspections_score', sql`${t.score} between 0 and 100`),
    rectificationCheck('school_inspections_rectify', t.occurredOn, t),
    index('school_inspections_school').on(t.schoolId, t.occurredOn, t.id),
    ...placeIndexes('school_inspections', t, t.occurredOn),
    index('school_inspections_occurred').on(t.occurredOn, t.id),
    index('school_inspections_score_order').on(t.score, t.id),
    index('school_inspections_rectify_order').on(t.rectifyBy, t.id),
  ],
);

/** Training of principals (dossier §3.8 PrincipalTraining); the territory is the school's. */
export const principalTrainings = education.table(
  'principal_trainings',
  {
    id: uuid('id').primaryKey(),
    schoolId: schoolId(),
    principalName: text('principal_name').notNull(),
    course: text('course').notNull(),
    hours: integer('hours').notNull(),
    passed: boolean('passed'),
    occurredOn: day('occurred_on').notNull(),
    ...territory(),
    ...provenance(),
  },
  (t) => [
    check('principal_trainings_course_code', oneOf(t.course, codes.PrincipalCourse)),
    check('principal_trainings_hours', sql`${t.hours} between 1 and 400`),
    index('principal_trainings_school').on(t.schoolId, t.occurredOn, t.id),
    ...placeIndexes('principal_trainings', t, t.occurredOn),
    index('principal_trainings_occurred').on(t.occurredOn, t.id),
  ],
);
