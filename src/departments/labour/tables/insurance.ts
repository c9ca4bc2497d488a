import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, numeric, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { isMonth } from '../../../store/code-check.ts';
import { day, money, personTerritory, shield } from '../../../store/columns.ts';
import { placeIndexes } from '../../../store/value-columns.ts';
import { code, codeList, recordTables } from '../../record-table.ts';
import { employers } from './employment.ts';

const table = recordTables('labour');

/** Enrolments in the comprehensive insurance (dossier §3.4 InsuranceEnrolment). */
export const insuranceEnrolments = table(
  'insurance_enrolments',
  {
    // Null until the person is registered: the import joins them by identity number.
    insuredId: uuid('insured_id'),
    insuredIdentityNumber: text('insured_identity_number').notNull(),
    insuredDocumentKind: code('insured_document_kind', 'DocumentKind', 'document_kind_code')
      .notNull()
      .default('RESIDENT_ID'),
    payerId: uuid('payer_id').references(() => employers.id),
    scheme: code('scheme', 'InsuranceScheme').notNull().default('GENERAL'),
    benefits: codeList('benefits', 'InsuranceBenefit').notNull(),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on'),
    status: code('status', 'InsuranceStatus').notNull().default('ENROLLED'),
    // Counted with the contributions, which only the bureau may read.
    paidMonths: integer('paid_months').notNull().default(0),
    ...personTerritory(),
  },
  (t) => [
    check('insurance_enrolments_benefits_given', sql`cardinality(${t.benefits}) >= 1`),
    check('insurance_enrolments_ended_has_day', sql`${t.status} <> 'ENDED' or ${t.endsOn} is not null`),
    check('insurance_enrolments_term', sql`${t.startsOn} <= ${t.endsOn}`),
    check('insurance_enrolments_paid', sql`${t.paidMonths} >= 0`),
    uniqueIndex('insurance_enrolments_reported').on(
      t.payerId,
      t.insuredIdentityNumber,
      t.insuredDocumentKind,
    ),
    index('insurance_enrolments_insured').on(t.insuredId, t.id),
    // What contributions refer to.
    uniqueIndex('insurance_enrolments_shield').on(t.id, t.shielded),
    index('insurance_enrolments_unmatched').on(t.insuredIdentityNumber).where(sql`${t.insuredId} is null`),
    ...placeIndexes(t, undefined, ['subdistrict', 'neighbourhood']),
    index('insurance_enrolments_starts').on(t.startsOn, t.id),
  ],
);

/** Contributions (dossier §3.4): one a month and enrolment; the amount is base times rate, rounded to the fen. */
export const insuranceContributions = table(
  'insurance_contributions',
  {
    enrolmentId: uuid('enrolment_id').notNull(),
    // The enrolment's: who may see contributions need not see enrolments, and the row scope asks for the person.
    insuredId: uuid('insured_id'),
    ...shield(),
    month: text('month').notNull(),
    contributionBase: money('contribution_base').notNull(),
    rate: numeric('rate', { precision: 5, scale: 2 }).notNull(),
    amount: money('amount').notNull(),
    paidOn: day('paid_on'),
    state: code('state', 'PaymentState').notNull().default('DUE'),
  },
  (t) => [
    // The shield is the enrolment's and follows it: a contribution never shows a person whose enrolment is hidden.
    foreignKey({
      name: 'insurance_contributions_enrolment',
      columns: [t.enrolmentId, t.shielded],
      foreignColumns: [insuranceEnrolments.id, insuranceEnrolments.shielded],
    }).onUpdate('cascade'),
    check('insurance_contributions_month_form', isMonth(t.month)),
    check('insurance_contributions_base', sql`${t.contributionBase} >= 0`),
    // Which rate a scheme has at a date is configuration (dossier A.10), not a check.
    check('insurance_contributions_rate', sql`${t.rate} > 0 and ${t.rate} <= 100`),
    check(
      'insurance_contributions_amount',
      sql`${t.amount} = round(${t.contributionBase} * ${t.rate} / 100)`,
    ),
    check(
      'insurance_contributions_unpaid_has_no_day',
      sql`${t.state} not in ('DUE', 'WAIVED') or ${t.paidOn} is null`,
    ),
    uniqueIndex('insurance_contributions_once').on(t.enrolmentId, t.month),
    index('insurance_contributions_insured').on(t.insuredId, t.id),
    index('insurance_contributions_unmatched').on(t.enrolmentId).where(sql`${t.insuredId} is null`),
  ],
);
