import { sql } from 'drizzle-orm';
import { check, date, index, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { personTerritory, provenance } from '../../../store/columns.ts';
import * as codes from '../codes.ts';
import { housing } from '../pg-schema.ts';
import { leases } from './leases.ts';

const day = (name: string) => date(name, { mode: 'string' });
const quoted = (list: readonly string[]) => sql.raw(list.map((code) => `'${code}'`).join(', '));

/**
 * Filings of leases (dossier §3.3 LeaseFiling, states §5.3); territory and shield are the lease's. That a
 * certificate does not outlast its lease is looked at where it is given: the lease is another row.
 */
export const leaseFilings = housing.table(
  'lease_filings',
  {
    id: uuid('id').primaryKey(),
    filingNo: text('filing_no').unique(),
    leaseId: uuid('lease_id')
      .notNull()
      .references(() => leases.id),
    kind: text('kind').notNull().default('NEW'),
    status: text('status').notNull().default('DRAFT'),
    acceptedByUnit: text('accepted_by_unit').notNull(),
    // The lessee, carried here for the window's own-rows rule.
    tenantMigrantId: uuid('tenant_migrant_id'),
    submittedOn: day('submitted_on'),
    // The window's file is closed from this day on.
    decidedOn: day('decided_on'),
    certificateValidTo: day('certificate_valid_to'),
    refusalReason: text('refusal_reason'),
    decisionLegalBasis: text('decision_legal_basis'),
    decisionReasons: text('decision_reasons'),
    decisionDecidedBy: text('decision_decided_by'),
    decisionDecidedOn: day('decision_decided_on'),
    decisionRemedyNotice: text('decision_remedy_notice'),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    check('lease_filings_kind_code', oneOf(t.kind, codes.filingKinds)),
    check('lease_filings_status_code', oneOf(t.status, codes.filingStatuses)),
    check('lease_filings_unit_form', sql`${t.acceptedByUnit} ~ '^PT-CAC-[0-9]{3}$'`),
    check('lease_filings_reason_code', oneOf(t.refusalReason, codes.filingRefusalReasons)),
    check('lease_filings_numbered', sql`${t.status} <> 'FILED' or ${t.filingNo} is not null`),
    check('lease_filings_refused', sql`${t.status} <> 'REFUSED' or ${t.refusalReason} is not null`),
    // Clause LAO-a: a refusal states its basis, reasons, author, day and remedy, all or none of them.
    check(
      'lease_filings_decision_complete',
      sql`num_nonnulls(${t.decisionLegalBasis}, ${t.decisionReasons}, ${t.decisionDecidedBy}, ${t.decisionDecidedOn}, ${t.decisionRemedyNotice}) = case when ${t.status} = 'REFUSED' then 5 else 0 end`,
    ),
    check('lease_filings_dates', sql`${t.submittedOn} <= ${t.decidedOn}`),
    check('lease_filings_submitted', sql`${t.status} = 'DRAFT' or ${t.submittedOn} is not null`),
    check(
      'lease_filings_closed_has_day',
      sql`(${t.status} in (${quoted(codes.closedFilingStatuses)})) = (${t.decidedOn} is not null)`,
    ),
    check('lease_filings_certificate', sql`${t.certificateValidTo} >= ${t.decidedOn}`),
    index('lease_filings_lease').on(t.leaseId, t.submittedOn, t.id),
    index('lease_filings_subdistrict').on(t.subdistrictCode, t.submittedOn, t.id),
    index('lease_filings_station').on(t.stationCode, t.submittedOn, t.id),
    index('lease_filings_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('lease_filings_window').on(t.acceptedByUnit, t.submittedOn, t.id),
    index('lease_filings_submitted_order').on(t.submittedOn, t.id),
    index('lease_filings_decided_order').on(t.decidedOn, t.id),
    index('lease_filings_tenant').on(t.tenantMigrantId),
  ],
);
