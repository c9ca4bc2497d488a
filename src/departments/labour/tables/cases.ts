import { sql } from 'drizzle-orm';
import { check, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { isMonth } from '../../../store/code-check.ts';
import { belongsTo, day, money, personTerritory, territory } from '../../../store/columns.ts';
import { decision } from '../../../store/value-columns.ts';
import { code, codeList, recordTables } from '../../record-table.ts';
import { employers } from './employment.ts';

const table = recordTables('labour');

/** Inspections by at least two officers (dossier §3.4 LabourInspection); the territory is the employer's. */
export const labourInspections = table(
  'labour_inspections',
  {
    employerId: belongsTo('employer_id', () => employers.id),
    trigger: code('trigger', 'InspectionTrigger').notNull(),
    visitedOn: day('visited_on').notNull(),
    inspectors: text('inspectors').array().notNull(),
    findings: codeList('findings', 'LabourFinding').notNull(),
    orderNo: text('order_no'),
    rectifyBy: day('rectify_by'),
    rectifiedOn: day('rectified_on'),
    penaltyAmount: money('penalty_amount'),
    penaltyLegalBasis: text('penalty_legal_basis'),
    penaltyReasons: text('penalty_reasons'),
    penaltyDecidedBy: text('penalty_decided_by'),
    penaltyDecidedOn: day('penalty_decided_on'),
    penaltyRemedyNotice: text('penalty_remedy_notice'),
    ...territory(),
  },
  (t) => [
    check('labour_inspections_two_officers', sql`cardinality(${t.inspectors}) >= 2`),
    check(
      'labour_inspections_findings_given',
      sql`cardinality(${t.findings}) >= 1 and (cardinality(${t.findings}) = 1 or not 'NONE' = any(${t.findings}))`,
    ),
    check(
      'labour_inspections_rectify',
      sql`${t.rectifyBy} >= ${t.visitedOn} and ${t.rectifiedOn} >= ${t.visitedOn}`,
    ),
    check('labour_inspections_penalty_amount', sql`${t.penaltyAmount} >= 0`),
    // Clause LAO-a: a penalty states its basis, reasons, author and remedy.
    check(
      'labour_inspections_penalty_grounds',
      sql`${t.penaltyAmount} is null or (${t.penaltyLegalBasis} is not null and ${t.penaltyReasons} is not null and ${t.penaltyDecidedBy} is not null and ${t.penaltyRemedyNotice} is not null)`,
    ),
    index('labour_inspections_employer').on(t.employerId, t.visitedOn, t.id),
    index('labour_inspections_subdistrict').on(t.subdistrictCode, t.visitedOn, t.id),
    index('labour_inspections_visited').on(t.visitedOn, t.id),
    index('labour_inspections_rectify_order').on(t.rectifyBy, t.id),
  ],
);

/** Cases of unpaid wages (dossier §3.4 WageArrearsCase, states §5.4). */
export const wageArrearsCases = table(
  'wage_arrears_cases',
  {
    caseNo: text('case_no').notNull().unique(),
    employerId: belongsTo('employer_id', () => employers.id),
    workerCount: integer('worker_count').notNull(),
    amountClaimed: money('amount_claimed'),
    amountConfirmed: money('amount_confirmed'),
    amountRecovered: money('amount_recovered'),
    periodFrom: text('period_from').notNull(),
    periodTo: text('period_to').notNull(),
    siteId: uuid('site_id'),
    acceptedOn: day('accepted_on'),
    dueOn: day('due_on'),
    // The term of 60 working days stands still while the case is SUSPENDED: since when it does, and by how many working
    // days it is longer for it, or for an extension (src/contract/deadlines/expression.ts, stoppedClock).
    clockStoppedOn: day('clock_stopped_on'),
    clockAddedWorkingDays: integer('clock_added_working_days').notNull().default(0),
    closedOn: day('closed_on'),
    status: code('status', 'CaseStatus').notNull().default('REPORTED'),
    ...decision(),
    // The unit of the latest referral, kept with it, so that this unit has the case among its own.
    referredToUnit: text('referred_to_unit'),
    referralConsentedOn: day('referral_consented_on'),
    extendedOn: day('extended_on'),
    ...territory(),
  },
  (t) => [
    check('wage_arrears_cases_workers', sql`${t.workerCount} >= 1`),
    check(
      'wage_arrears_cases_amounts',
      sql`${t.amountClaimed} >= 0 and ${t.amountConfirmed} >= 0 and ${t.amountRecovered} >= 0`,
    ),
    check('wage_arrears_cases_due_after_acceptance', sql`${t.dueOn} > ${t.acceptedOn}`),
    check(
      'wage_arrears_cases_clock',
      sql`${t.clockStoppedOn} >= ${t.acceptedOn} and ${t.clockAddedWorkingDays} >= 0`,
    ),
    check('wage_arrears_cases_closed_after_acceptance', sql`${t.closedOn} >= ${t.acceptedOn}`),
    check('wage_arrears_cases_closed_on', sql`(${t.status} = 'CLOSED') = (${t.closedOn} is not null)`),
    // Clause LAO-a: an order to pay states its basis, reasons, author, day and remedy, all or none of them.
    check(
      'wage_arrears_cases_decision_complete',
      sql`num_nonnulls(${t.decisionLegalBasis}, ${t.decisionReasons}, ${t.decisionDecidedBy}, ${t.decisionDecidedOn}, ${t.decisionRemedyNotice}) in (0, 5) and (${t.status} not in ('DECIDED', 'UNDER_REMEDY') or ${t.decisionDecidedOn} is not null)`,
    ),
    check(
      'wage_arrears_cases_recovered',
      sql`${t.amountRecovered} is null or ${t.amountRecovered} <= coalesce(${t.amountConfirmed}, 0)`,
    ),
    check('wage_arrears_cases_period', sql`${t.periodFrom} <= ${t.periodTo}`),
    check('wage_arrears_cases_months', sql`${isMonth(t.periodFrom)} and ${isMonth(t.periodTo)}`),
    index('wage_arrears_cases_employer').on(t.employerId, t.id),
    index('wage_arrears_cases_site').on(t.siteId, t.id),
    index('wage_arrears_cases_subdistrict').on(t.subdistrictCode, t.id),
    index('wage_arrears_cases_referred').on(t.referredToUnit),
    index('wage_arrears_cases_accepted').on(t.acceptedOn, t.id),
    index('wage_arrears_cases_claimed_order').on(t.amountClaimed, t.id),
    index('wage_arrears_cases_due').on(t.dueOn, t.id),
  ],
);

/** The workers of a case: hidden from the employer, the police and every viewer who sees the case masked. */
export const arrearsComplainants = table(
  'arrears_complainants',
  {
    caseId: belongsTo('case_id', () => wageArrearsCases.id),
    personId: uuid('person_id').notNull(),
    ...personTerritory(),
  },
  (t) => [
    uniqueIndex('arrears_complainants_once').on(t.caseId, t.personId),
    index('arrears_complainants_person').on(t.personId),
  ],
);

/** Referrals of a case, inside the district or to a court. */
export const caseReferrals = table(
  'case_referrals',
  {
    caseId: belongsTo('case_id', () => wageArrearsCases.id),
    toUnit: text('to_unit'),
    toOther: text('to_other'),
    referredOn: day('referred_on').notNull(),
  },
  (t) => [
    check('case_referrals_one_addressee', sql`(${t.toUnit} is null) <> (${t.toOther} is null)`),
    index('case_referrals_case').on(t.caseId, t.id),
  ],
);
