import { sql } from 'drizzle-orm';
import { check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { allOf, oneOf } from '../../../store/code-check.ts';
import { provenance } from '../../../store/columns.ts';
import { codes } from '../codes.ts';
import { education } from '../pg-schema.ts';
import { migrantSchools } from './schools.ts';

/** Children's schooling (dossier §3.8 ChildEnrolment), one row a child and school year. Without a place: the bureau's alone. */
export const childEnrolments = education.table(
  'child_enrolments',
  {
    id: uuid('id').primaryKey(),
    childId: uuid('child_id').notNull(),
    guardianId: uuid('guardian_id').notNull(),
    schoolId: uuid('school_id').references(() => migrantSchools.id),
    publicSchool: text('public_school'),
    grade: integer('grade').notNull(),
    schoolYear: text('school_year').notNull(),
    status: text('status').notNull().default('APPLIED'),
    proofsSeen: text('proofs_seen').array().notNull().default([]),
    ...provenance(),
  },
  (t) => [
    check('child_enrolments_guardian', sql`${t.guardianId} <> ${t.childId}`),
    check('child_enrolments_grade', sql`${t.grade} between 1 and 9`),
    check(
      'child_enrolments_school_year',
      sql`${t.schoolYear} ~ '^[0-9]{4}-[0-9]{4}$' and substr(${t.schoolYear}, 6)::int = left(${t.schoolYear}, 4)::int + 1`,
    ),
    check('child_enrolments_status_code', oneOf(t.status, codes.EnrolmentStatus)),
    check('child_enrolments_proofs_codes', allOf(t.proofsSeen, codes.EnrolmentProof)),
    // A migrant school or a public one; who applied or waits has none yet. A missing proof is no ground (§3.8).
    check(
      'child_enrolments_one_school',
      sql`num_nonnulls(${t.schoolId}, ${t.publicSchool}) = case when ${t.status} in ('APPLIED', 'WAITING') then 0 else 1 end`,
    ),
    unique('child_enrolments_once').on(t.childId, t.schoolYear),
    index('child_enrolments_guardian_order').on(t.guardianId, t.id),
    index('child_enrolments_school').on(t.schoolId, t.id),
    index('child_enrolments_grade_order').on(t.grade, t.id),
  ],
);
