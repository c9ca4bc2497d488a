import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  check,
  date,
  index,
  jsonb,
  numeric,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { provenance, territory } from '../../../store/columns.ts';
import * as codes from '../codes.ts';
import { coordinatorsSchema } from '../pg-schema.ts';
import { coordinators } from './roster.ts';

/** One score of an assessment, as it is stored. */
export interface StoredScore {
  readonly criterion: (typeof codes.assessmentCriteria)[number];
  /** 0 to 100, one decimal. */
  readonly score: string;
}

const isMonth = (column: AnyPgColumn): SQL => sql`${column} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`;
const fen = (name: string) => bigint(name, { mode: 'number' });

/**
 * Monthly assessments (dossier §3.22). There is no criterion that counts cases found, and none may be added:
 * a coordinator must gain nothing by finding fault with residents.
 */
export const coordinatorAssessments = coordinatorsSchema.table(
  'coordinator_assessments',
  {
    id: uuid('id').primaryKey(),
    coordinatorId: uuid('coordinator_id')
      .notNull()
      .references(() => coordinators.id),
    period: text('period').notNull(),
    items: jsonb('items').$type<readonly StoredScore[]>().notNull(),
    total: numeric('total', { precision: 5, scale: 2 }),
    grade: text('grade'),
    assessedByCodes: text('assessed_by_codes').array().notNull(),
    ...territory(),
    subdistrictCode: text('subdistrict_code').notNull(),
    ...provenance(),
  },
  (t) => [
    check('coordinator_assessments_period_form', isMonth(t.period)),
    check('coordinator_assessments_total', sql`${t.total} between 0 and 100`),
    check('coordinator_assessments_grade_code', oneOf(t.grade, codes.assessmentGrades)),
    check('coordinator_assessments_assessors', sql`cardinality(${t.assessedByCodes}) >= 1`),
    unique('coordinator_assessments_one_a_month').on(t.coordinatorId, t.period),
    index('coordinator_assessments_coordinator').on(t.coordinatorId, t.id),
    index('coordinator_assessments_subdistrict').on(t.subdistrictCode, t.period, t.id),
    index('coordinator_assessments_station').on(t.stationCode, t.period, t.id),
  ],
);

/** Monthly pay in fen (dossier §3.22 CoordinatorPay). */
export const coordinatorPays = coordinatorsSchema.table(
  'coordinator_pays',
  {
    id: uuid('id').primaryKey(),
    coordinatorId: uuid('coordinator_id')
      .notNull()
      .references(() => coordinators.id),
    month: text('month').notNull(),
    baseWage: fen('base_wage'),
    allowances: fen('allowances'),
    socialInsurance: fen('social_insurance'),
    netPay: fen('net_pay'),
    ...territory(),
    subdistrictCode: text('subdistrict_code').notNull(),
    ...provenance(),
  },
  (t) => [
    check('coordinator_pays_month_form', isMonth(t.month)),
    check(
      'coordinator_pays_amounts',
      sql`least(${t.baseWage}, ${t.allowances}, ${t.socialInsurance}, ${t.netPay}) >= 0`,
    ),
    check('coordinator_pays_sum', sql`${t.netPay} = ${t.baseWage} + ${t.allowances} - ${t.socialInsurance}`),
    unique('coordinator_pays_one_a_month').on(t.coordinatorId, t.month),
    index('coordinator_pays_coordinator').on(t.coordinatorId, t.id),
    index('coordinator_pays_subdistrict').on(t.subdistrictCode, t.month, t.id),
  ],
);

/** What posts of a programme are paid, by date (clause V-b; dossier A.10). */
export const payStandards = coordinatorsSchema.table(
  'pay_standards',
  {
    id: uuid('id').primaryKey(),
    programme: text('programme').notNull(),
    category: text('category').notNull(),
    monthlyWage: fen('monthly_wage').notNull(),
    insuranceBase: fen('insurance_base').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validTo: date('valid_to', { mode: 'string' }),
    ...provenance(),
  },
  (t) => [
    check('pay_standards_programme_code', oneOf(t.programme, codes.fundingProgrammes)),
    check('pay_standards_amounts', sql`${t.monthlyWage} >= 0 and ${t.insuranceBase} >= 0`),
    check('pay_standards_term', sql`${t.validFrom} <= ${t.validTo}`),
    unique('pay_standards_start').on(t.programme, t.category, t.validFrom),
  ],
);
