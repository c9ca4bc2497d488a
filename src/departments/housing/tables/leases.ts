import { sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, check, date, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { personTerritory, provenance, reported, writtenCells } from '../../../store/columns.ts';
import { documentKinds } from '../../document-kinds.ts';
import * as codes from '../codes.ts';
import { housing } from '../pg-schema.ts';
import { dwellings } from './dwellings.ts';

const money = (name: string) => bigint(name, { mode: 'number' });
const day = (name: string) => date(name, { mode: 'string' });

/**
 * Leases (dossier §3.3 LeaseContract); the parties stay as the contract has them. The territory is the
 * dwelling's. Shielded with the lessee, because name and dwelling together say where that person lives. That the
 * agreed use is the dwelling's is looked at when the lease is filed (§5.3), not here: the use may change later.
 */
export const leases = housing.table(
  'leases',
  {
    id: uuid('id').primaryKey(),
    contractNo: text('contract_no').notNull().unique(),
    dwellingId: uuid('dwelling_id')
      .notNull()
      .references(() => dwellings.id),
    landlordKind: text('landlord_kind').notNull().default('PERSON'),
    landlordName: text('landlord_name').notNull(),
    landlordIdentityNumber: text('landlord_identity_number'),
    landlordPhone: text('landlord_phone'),
    agentKind: text('agent_kind'),
    agentName: text('agent_name'),
    agentIdentityNumber: text('agent_identity_number'),
    agentPhone: text('agent_phone'),
    tenantKind: text('tenant_kind').notNull().default('PERSON'),
    tenantName: text('tenant_name').notNull(),
    tenantIdentityNumber: text('tenant_identity_number'),
    // Of which document the number is; null too where that is the citizen's identity card.
    tenantDocumentKind: text('tenant_document_kind'),
    tenantPhone: text('tenant_phone'),
    // Null until the lessee is registered: the import joins them by identity number.
    tenantMigrantId: uuid('tenant_migrant_id'),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on').notNull(),
    monthlyRent: money('monthly_rent'),
    deposit: money('deposit'),
    subleaseOfId: uuid('sublease_of_id').references((): AnyPgColumn => leases.id),
    subleaseConsentedOn: day('sublease_consented_on'),
    purpose: text('purpose').notNull().default('RESIDENTIAL'),
    status: text('status').notNull().default('IN_FORCE'),
    // State, window and closing day of the latest filing, kept with it: the first is what users filter by, the
    // others open the lease to the window also where the lessee is a company or not registered yet.
    filingStatus: text('filing_status').notNull().default('NOT_FILED'),
    filingUnit: text('filing_unit'),
    filingClosedOn: day('filing_closed_on'),
    ...writtenCells(),
    ...reported(),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    check('leases_landlord_kind_code', oneOf(t.landlordKind, codes.partyKinds)),
    check('leases_agent_kind_code', oneOf(t.agentKind, codes.partyKinds)),
    check('leases_tenant_document_kind_code', oneOf(t.tenantDocumentKind, documentKinds)),
    check('leases_tenant_kind_code', oneOf(t.tenantKind, codes.partyKinds)),
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
    check('leases_purpose_code', oneOf(t.purpose, codes.dwellingUsages)),
    check('leases_status_code', oneOf(t.status, codes.leaseStatuses)),
    check('leases_filing_status_code', oneOf(t.filingStatus, codes.leaseFilingStates)),
    check('leases_filing_unit_form', sql`${t.filingUnit} ~ '^PT-CAC-[0-9]{3}$'`),
    index('leases_dwelling').on(t.dwellingId, t.id),
    index('leases_tenant_migrant').on(t.tenantMigrantId, t.id),
    index('leases_unmatched').on(t.tenantIdentityNumber).where(sql`${t.tenantMigrantId} is null`),
    index('leases_subdistrict').on(t.subdistrictCode, t.endsOn, t.id),
    index('leases_subdistrict_filing').on(
      t.subdistrictCode,
      t.filingStatus,
      t.tenantMigrantId,
      t.id,
      t.shielded,
    ),
    index('leases_subdistrict_list').on(t.subdistrictCode, t.id),
    index('leases_station').on(t.stationCode, t.id),
    index('leases_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('leases_window').on(t.filingUnit, t.id),
    index('leases_starts').on(t.startsOn, t.id),
    index('leases_ends').on(t.endsOn, t.id),
    index('leases_rent_order').on(t.monthlyRent, t.id),
    index('leases_sublease').on(t.subleaseOfId),
  ],
);

/** Who lives in a dwelling under a lease; the territory is the dwelling's. At least one a lease: where it is written. */
export const leaseOccupancies = housing.table(
  'lease_occupancies',
  {
    id: uuid('id').primaryKey(),
    leaseId: uuid('lease_id')
      .notNull()
      .references(() => leases.id),
    migrantId: uuid('migrant_id').notNull(),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    index('lease_occupancies_subdistrict').on(t.subdistrictCode, t.id),
    index('lease_occupancies_station').on(t.stationCode, t.id),
    index('lease_occupancies_neighbourhood').on(t.neighbourhoodCode, t.id),
    uniqueIndex('lease_occupancies_once').on(t.leaseId, t.migrantId),
    index('lease_occupancies_migrant').on(t.migrantId, t.id),
  ],
);
