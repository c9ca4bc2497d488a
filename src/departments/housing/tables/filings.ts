import { sql } from 'drizzle-orm';
import { check, index, text, uuid } from 'drizzle-orm/pg-core';
import { listOf } from '../../../store/code-check.ts';
import { belongsTo, day, personTerritory } from '../../../store/columns.ts';
import { decision, placeIndexes } from '../../../store/value-columns.ts';
import { code, codeList, recordTables } from '../../record-table.ts';
import { leases } from './leases.ts';

const table = recordTables('housing');

/** The window's file is closed in these; a filed lease is one that was decided. */
const closed = ['FILED', 'REFUSED', 'CANCELLED', 'EXPIRED', 'LAPSED'];

/**
 * Filings of leases (dossier §3.3 LeaseFiling, states §5.3); territory and shield are the lease's. That a
 * certificate does not outlast its lease is looked at where it is given: the lease is another row.
 */
export const leaseFilings = table(
  'lease_filings',
  {
    filingNo: text('filing_no').unique(),
    leaseId: belongsTo('lease_id', () => leases.id),
    kind: code('kind', 'FilingKind').notNull().default('NEW'),
    status: code('status', 'FilingStatus').notNull().default('DRAFT'),
    acceptedByUnit: text('accepted_by_unit').notNull(),
    // The lessee, carried here for the window's own-rows rule.
    tenantMigrantId: uuid('tenant_migrant_id'),
    submittedOn: day('submitted_on'),
    // The window's file is closed from this day on.
    decidedOn: day('decided_on'),
    certificateValidTo: day('certificate_valid_to'),
    refusalReason: code('refusal_reason', 'FilingRefusalReason', 'reason_code'),
    ...decision(),
    materials: codeList('materials', 'FilingMaterial'),
    missingMaterials: codeList('missing_materials', 'FilingMaterial'),
    supplementBy: day('supplement_by'),
    ...personTerritory(),
  },
  (t) => [
    check('lease_filings_unit_form', sql`${t.acceptedByUnit} ~ '^PT-CAC-[0-9]{3}$'`),
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
      sql`(${t.status} in (${listOf(closed)})) = (${t.decidedOn} is not null)`,
    ),
    // Neither lapses nor is anything asked for without a day.
    check(
      'lease_filings_supplement',
      sql`(${t.missingMaterials} is null) = (${t.supplementBy} is null) and cardinality(${t.missingMaterials}) >= 1`,
    ),
    check('lease_filings_certificate', sql`${t.certificateValidTo} >= ${t.decidedOn}`),
    index('lease_filings_lease').on(t.leaseId, t.submittedOn, t.id),
    ...placeIndexes(t, t.submittedOn),
    index('lease_filings_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('lease_filings_window').on(t.acceptedByUnit, t.submittedOn, t.id),
    index('lease_filings_submitted_order').on(t.submittedOn, t.id),
    index('lease_filings_decided_order').on(t.decidedOn, t.id),
    index('lease_filings_supplement_order').on(t.supplementBy, t.id),
    index('lease_filings_tenant').on(t.tenantMigrantId),
  ],
);
