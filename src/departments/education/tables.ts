import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { allOf } from '../../store/code-check.ts';
import { belongsTo, day, territory } from '../../store/columns.ts';
import {
  address,
  decision,
  decisionCheck,
  party,
  partyCheck,
  placeIndexes,
  rectification,
  rectificationCheck,
} from '../../store/value-columns.ts';
import { codesOf } from '../enum-codes.ts';
import { code, codeList, recordTables } from '../record-table.ts';

const table = recordTables('education');

/** Schools for migrants' children (dossier §3.8 MigrantSchool). */
export const migrantSchools = table(
  'migrant_schools',
  {
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
    licenceStatus: code('licence_status', 'SchoolLicenceState', 'licence_code').notNull(),
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
    ...placeIndexes(t, t.name),
    index('migrant_schools_name').on(t.name, t.id),
  ],
);

const schoolId = () => belongsTo('school_id', () => migrantSchools.id);

/** Licences and applications for them (dossier §3.8 SchoolLicence, states §5.4); the territory is the school's. */
export const schoolLicences = table(
  'school_licences',
  {
    schoolId: schoolId(),
    licenceNo: text('licence_no').unique(),
    kind: code('kind', 'SchoolLicenceKind').notNull(),
    status: code('status', 'SchoolLicenceStatus').notNull().default('SUBMITTED'),
    validFrom: day('valid_from'),
    validTo: day('valid_to'),
    ...decision(),
    placementPlan: text('placement_plan'),
    ...territory(),
  },
  (t) => [
    check('school_licences_validity', sql`${t.validFrom} <= ${t.validTo}`),
    check('school_licences_numbered', sql`${t.status} <> 'GRANTED' or ${t.licenceNo} is not null`),
    decisionCheck('school_licences_decision_complete', t, sql`${t.status} = 'REFUSED'`),
    // No school closes before it is said where each pupil goes.
    check(
      'school_licences_placement',
      sql`(${t.kind} <> 'CLOSE' and ${t.status} not in ('CLOSING', 'CLOSED')) or coalesce(btrim(${t.placementPlan}), '') <> ''`,
    ),
    index('school_licences_school').on(t.schoolId, t.validFrom, t.id),
    ...placeIndexes(t, t.validTo),
    index('school_licences_valid_to').on(t.validTo, t.id),
  ],
);

/** Inspections (dossier §3.8 SchoolInspection); the territory is the school's. */
export const schoolInspections = table(
  'school_inspections',
  {
    schoolId: schoolId(),
    occurredOn: day('occurred_on').notNull(),
    areas: text('areas').array().notNull(),
    score: integer('score'),
    issues: codeList('issues', 'SchoolIssue').notNull(),
    ...rectification(),
    ...territory(),
  },
  (t) => [
    check(
      'school_inspections_areas',
      sql`${allOf(t.areas, codesOf('SchoolInspectionArea'))} and cardinality(${t.areas}) >= 1`,
    ),
    check('school_inspections_score', sql`${t.score} between 0 and 100`),
    rectificationCheck('school_inspections_rectify', t.occurredOn, t),
    index('school_inspections_school').on(t.schoolId, t.occurredOn, t.id),
    ...placeIndexes(t, t.occurredOn),
    index('school_inspections_occurred').on(t.occurredOn, t.id),
    index('school_inspections_score_order').on(t.score, t.id),
    index('school_inspections_rectify_order').on(t.rectifyBy, t.id),
  ],
);

/** Training of principals (dossier §3.8 PrincipalTraining); the territory is the school's. */
export const principalTrainings = table(
  'principal_trainings',
  {
    schoolId: schoolId(),
    principalName: text('principal_name').notNull(),
    course: code('course', 'PrincipalCourse').notNull(),
    hours: integer('hours').notNull(),
    passed: boolean('passed'),
    occurredOn: day('occurred_on').notNull(),
    ...territory(),
  },
  (t) => [
    check('principal_trainings_hours', sql`${t.hours} between 1 and 400`),
    index('principal_trainings_school').on(t.schoolId, t.occurredOn, t.id),
    ...placeIndexes(t, t.occurredOn),
    index('principal_trainings_occurred').on(t.occurredOn, t.id),
  ],
);

/** Children's schooling (dossier §3.8 ChildEnrolment), one row a child and school year. Without a place: the bureau's alone. */
export const childEnrolments = table(
  'child_enrolments',
  {
    childId: uuid('child_id').notNull(),
    guardianId: uuid('guardian_id').notNull(),
    schoolId: uuid('school_id').references(() => migrantSchools.id),
    publicSchool: text('public_school'),
    grade: integer('grade').notNull(),
    schoolYear: text('school_year').notNull(),
    status: code('status', 'EnrolmentStatus').notNull().default('APPLIED'),
    proofsSeen: codeList('proofs_seen', 'EnrolmentProof', 'proofs_codes').notNull().default([]),
  },
  (t) => [
    check('child_enrolments_guardian', sql`${t.guardianId} <> ${t.childId}`),
    check('child_enrolments_grade', sql`${t.grade} between 1 and 9`),
    check(
      'child_enrolments_school_year',
      sql`${t.schoolYear} ~ '^[0-9]{4}-[0-9]{4}$' and substr(${t.schoolYear}, 6)::int = left(${t.schoolYear}, 4)::int + 1`,
    ),
    // A migrant school or a public one; who applied or waits has none yet, and may leave so. A missing proof is no
    // ground (§3.8).
    check(
      'child_enrolments_one_school',
      sql`case when ${t.status} = 'LEFT' then num_nonnulls(${t.schoolId}, ${t.publicSchool}) <= 1 else num_nonnulls(${t.schoolId}, ${t.publicSchool}) = case when ${t.status} in ('APPLIED', 'WAITING') then 0 else 1 end end`,
    ),
    unique('child_enrolments_once').on(t.childId, t.schoolYear),
    index('child_enrolments_guardian_order').on(t.guardianId, t.id),
    index('child_enrolments_school').on(t.schoolId, t.id),
    index('child_enrolments_grade_order').on(t.grade, t.id),
  ],
);
