import { sql } from 'drizzle-orm';
import { check, index, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { belongsTo, day, money, territory } from '../../../store/columns.ts';
import { decision, decisionCheck, placeIndexes } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';

const table = recordTables('construction');

/** Enterprises from elsewhere (dossier §3.10 ConstructionEnterprise); the territory is the employer's. */
export const constructionEnterprises = table(
  'construction_enterprises',
  {
    employerId: uuid('employer_id').notNull().unique(),
    homeProvince: text('home_province').notNull(),
    qualificationGrade: code('qualification_grade', 'QualificationGrade', 'grade_code').notNull(),
    entryFilingNo: text('entry_filing_no').unique(),
    filingValidTo: day('filing_valid_to'),
    safetyPermitNo: text('safety_permit_no').unique(),
    ...territory(),
  },
  (t) => [
    check('construction_enterprises_province_form', sql`${t.homeProvince} ~ '^[0-9]{2}0000$'`),
    check(
      'construction_enterprises_filing',
      sql`(${t.entryFilingNo} is null) = (${t.filingValidTo} is null)`,
    ),
    ...placeIndexes(t, t.filingValidTo),
    index('construction_enterprises_filing_order').on(t.filingValidTo, t.id),
  ],
);

/** States of a penalty (dossier §5.4): investigated, decided, executed; the remedy; and taken up again. */
const penaltyStates = [
  ...['INVESTIGATING', 'DECIDED', 'UNDER_REMEDY', 'ANNULLED'],
  ...['EXECUTING', 'CLOSED', 'REOPENED'],
];

/** Penalties (dossier §3.10 ConstructionPenalty); the territory is the enterprise's. */
export const constructionPenalties = table(
  'construction_penalties',
  {
    enterpriseId: belongsTo('enterprise_id', () => constructionEnterprises.id),
    ...decision(),
    amount: money('amount'),
    status: text('status').notNull().default('INVESTIGATING'),
    publishedOn: day('published_on'),
    ...territory(),
  },
  (t) => [
    check('construction_penalties_status_code', oneOf(t.status, penaltyStates)),
    decisionCheck('construction_penalties_decision_complete', t, sql`${t.status} <> 'INVESTIGATING'`),
    check('construction_penalties_amount', sql`${t.amount} >= 0`),
    // Published only after the sixty days for review, and never while review or suit is open.
    check(
      'construction_penalties_published_late',
      sql`${t.publishedOn} is null or coalesce(${t.publishedOn} > ${t.decisionDecidedOn} + 60 and ${t.status} <> 'UNDER_REMEDY', false)`,
    ),
    index('construction_penalties_enterprise').on(t.enterpriseId, t.id),
    ...placeIndexes(t, t.decisionDecidedOn),
    index('construction_penalties_published_order').on(t.publishedOn, t.id),
    index('construction_penalties_amount_order').on(t.amount, t.id),
  ],
);
