import { sql } from 'drizzle-orm';
import { check, index, jsonb, numeric, text, unique } from 'drizzle-orm/pg-core';
import type { AssessmentCriterion } from '../../../generated/resolvers.ts';
import { isMonth } from '../../../store/code-check.ts';
import { belongsTo, day, money, territory } from '../../../store/columns.ts';
import { placeIndexes } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';
import { coordinators } from './roster.ts';

const table = recordTables('coordinators');

/** One score of an assessment, as it is stored. */
export interface StoredScore {
  readonly criterion: AssessmentCriterion;
  /** 0 to 100, one decimal. */
  readonly score: string;
}

/**
 * Monthly assessments (dossier §3.22). There is no criterion that counts cases found, and none may be added:
 * a coordinator must gain nothing by finding fault with residents.
 */
export const coordinatorAssessments = table(
  'coordinator_assessments',
  {
    coordinatorId: belongsTo('coordinator_id', () => coordinators.id),
    period: text('period').notNull(),
    items: jsonb('items').$type<readonly StoredScore[]>().notNull(),
    total: numeric('total', { precision: 5, scale: 2 }),
    grade: code('grade', 'AssessmentGrade'),
    assessedByCodes: text('assessed_by_codes').array().notNull(),
    ...territory(),
    subdistrictCode: text('subdistrict_code').notNull(),
  },
  (t) => [
    check('coordinator_assessments_period_form', isMonth(t.period)),
    check('coordinator_assessments_total', sql`${t.total} between 0 and 100`),
    check('coordinator_assessments_assessors', sql`cardinality(${t.assessedByCodes}) >= 1`),
    unique('coordinator_assessments_one_a_month').on(t.coordinatorId, t.period),
    index('coordinator_assessments_coordinator').on(t.coordinatorId, t.id),
    ...placeIndexes(t, t.period),
  ],
);

/** Monthly pay in fen (dossier §3.22 CoordinatorPay). */
export const coordinatorPays = table(
  'coordinator_pays',
  {
    coordinatorId: belongsTo('coordinator_id', () => coordinators.id),
    month: text('month').notNull(),
    baseWage: money('base_wage'),
    allowances: money('allowances'),
    socialInsurance: money('social_insurance'),
    netPay: money('net_pay'),
    ...territory(),
    subdistrictCode: text('subdistrict_code').notNull(),
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
export const payStandards = table(
  'pay_standards',
  {
    programme: code('programme', 'FundingProgramme').notNull(),
    category: text('category').notNull(),
    monthlyWage: money('monthly_wage').notNull(),
    insuranceBase: money('insurance_base').notNull(),
    validFrom: day('valid_from').notNull(),
    validTo: day('valid_to'),
  },
  (t) => [
    check('pay_standards_amounts', sql`${t.monthlyWage} >= 0 and ${t.insuranceBase} >= 0`),
    // Clause V-b pays the posts of assistants.
    check('pay_standards_category', sql`${t.category} = 'ASSISTANT'`),
    check('pay_standards_term', sql`${t.validFrom} <= ${t.validTo}`),
    unique('pay_standards_start').on(t.programme, t.category, t.validFrom),
  ],
);
