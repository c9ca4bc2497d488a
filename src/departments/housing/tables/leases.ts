import { sql } from 'drizzle-orm';
import { type AnyPgColumn, check, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { belongsTo, day, money, personTerritory, reported, writtenCells } from '../../../store/columns.ts';
import { everyLevel, party, placeIndexes } from '../../../store/value-columns.ts';
import { codesOf } from '../../enum-codes.ts';
import { code, recordTables } from '../../record-table.ts';
import { dwellings } from './dwellings.ts';

const table = recordTables('housing');

/**
 * Leases (dossier §3.3 LeaseContract); the parties stay as the contract has them. The territory is the
 * dwelling's. Shielded with the lessee, because name and dwelling together say where that person lives. That the
 * agreed use is the dwelling's is looked at when the lease is filed (§5.3), not here: the use may change later.
 */
export const leases = table(
  'leases',
  {
    contractNo: text('contract_no').notNull().unique(),
    dwellingId: belongsTo('dwelling_id', () => dwellings.id),
    landlordKind: code('landlord_kind', 'PartyKind').notNull().default('PERSON'),
    landlordName: text('landlord_name').notNull(),
    landlordIdentityNumber: text('landlord_identity_number'),
    landlordPhone: text('landlord_phone'),
    ...party('agent'),
    tenantKind: code('tenant_kind', 'PartyKind').notNull().default('PERSON'),
    tenantName: text('tenant_name').notNull(),
    tenantIdentityNumber: text('tenant_identity_number'),
    // Of which document the number is; null too where that is the citizen's identity card.
    tenantDocumentKind: code('tenant_document_kind', 'DocumentKind'),
    tenantPhone: text('tenant_phone'),
    // Null until the lessee is registered: the import joins them by identity number.
    tenantMigrantId: uuid('tenant_migrant_id'),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on').notNull(),
    monthlyRent: money('monthly_rent'),
    deposit: money('deposit'),
    subleaseOfId: uuid('sublease_of_id').references((): AnyPgColumn => leases.id),
    subleaseConsentedOn: day('sublease_consented_on'),
    purpose: code('purpose', 'DwellingUsage').notNull().default('RESIDENTIAL'),
    status: code('status', 'LeaseStatus').notNull().default('IN_FORCE'),
    // State, window and closing day of the latest filing, kept with it: the first is what users filter by, the
    // others open the lease to the window also where the lessee is a company or not registered yet.
    filingStatus: code('filing_status', 'LeaseFilingState').notNull().default('NOT_FILED'),
    filingUnit: text('filing_unit'),
    filingClosedOn: day('filing_closed_on'),
    ...writtenCells(),
    ...reported(),
    ...personTerritory(),
  },
  (t) => [
    check('leases_agent_kind_code', oneOf(t.agentKind, codesOf('PartyKind'))),
    check('leases_parties_named', sql`btrim(${t.landlordName}) <> '' and btrim(${t.tenantName}) <> ''`),
    check('leases_migrant_is_a_person', sql`${t.tenantMigrantId} is null or ${t.tenantKind} = 'PERSON'`),
    // Contract law, article 214: twenty years at most.
    check(
      'leases_term',
      sql`${t.startsOn} < ${t.endsOn} and ${t.endsOn} <= ${t.startsOn} + interval '20 years'`,
    ),
    check('leases_rent', sql`${t.monthlyRent} between 0 and 100000000`),
    check('leases_deposit', sql`${t.deposit} >= 0`),
    check(
      'leases_sublease_consent',
      sql`${t.subleaseOfId} is distinct from ${t.id} and (${t.subleaseOfId} is null or ${t.subleaseConsentedOn} is not null)`,
    ),
    check('leases_filing_unit_form', sql`${t.filingUnit} ~ '^PT-CAC-[0-9]{3}$'`),
    index('leases_dwelling').on(t.dwellingId, t.id),
    index('leases_tenant_migrant').on(t.tenantMigrantId, t.id),
    index('leases_unmatched').on(t.tenantIdentityNumber).where(sql`${t.tenantMigrantId} is null`),
    index('leases_subdistrict').on(t.subdistrictCode, t.endsOn, t.id),
    index('leases_subdistrict_list').on(t.subdistrictCode, t.id),
    ...placeIndexes(t, undefined, ['station', 'neighbourhood']),
    index('leases_window').on(t.filingUnit, t.id),
    index('leases_starts').on(t.startsOn, t.id),
    index('leases_ends').on(t.endsOn, t.id),
    index('leases_rent_order').on(t.monthlyRent, t.id),
    index('leases_sublease').on(t.subleaseOfId),
  ],
);

/** Who lives in a dwelling under a lease; the territory is the dwelling's. At least one a lease: where it is written. */
export const leaseOccupancies = table(
  'lease_occupancies',
  {
    leaseId: belongsTo('lease_id', () => leases.id),
    migrantId: uuid('migrant_id').notNull(),
    ...personTerritory(),
  },
  (t) => [
    ...placeIndexes(t, undefined, everyLevel),
    uniqueIndex('lease_occupancies_once').on(t.leaseId, t.migrantId),
    index('lease_occupancies_migrant').on(t.migrantId, t.id),
  ],
);
