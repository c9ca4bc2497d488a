import { sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, check, date, index, integer, numeric, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { allOf, oneOf } from '../../store/code-check.ts';
import { personTerritory, provenance, territory } from '../../store/columns.ts';
import * as codes from './codes.ts';
import { housing } from './pg-schema.ts';

const money = (name: string) => bigint(name, { mode: 'number' });
const day = (name: string) => date(name, { mode: 'string' });

/** Units that are let or lived in (dossier §3.3 Dwelling); one row an address. */
export const dwellings = housing.table(
  'dwellings',
  {
    id: uuid('id').primaryKey(),
    road: text('road').notNull(),
    lane: text('lane').notNull(),
    building: text('building').notNull(),
    room: text('room').notNull(),
    ...territory(),
    subdistrictCode: text('subdistrict_code').notNull(),
    usage: text('usage').notNull().default('RESIDENTIAL'),
    floorArea: numeric('floor_area', { precision: 8, scale: 2 }).notNull(),
    livingArea: numeric('living_area', { precision: 8, scale: 2 }),
    rooms: integer('rooms'),
    titleCertNo: text('title_cert_no'),
    ownerKind: text('owner_kind'),
    ownerName: text('owner_name'),
    ownerIdentityNumber: text('owner_identity_number'),
    ownerPhone: text('owner_phone'),
    // Counted by the population register and carried here, so that no read needs its tables.
    occupancyCount: integer('occupancy_count'),
    structureSafety: text('structure_safety'),
    ...provenance(),
  },
  (t) => [
    check('dwellings_subdistrict_form', sql`${t.subdistrictCode} ~ '^310107[0-9]{3}$'`),
    check('dwellings_neighbourhood_inside', sql`left(${t.neighbourhoodCode}, 9) = ${t.subdistrictCode}`),
    check('dwellings_usage_code', oneOf(t.usage, codes.dwellingUsages)),
    check('dwellings_floor_area', sql`${t.floorArea} > 0 and ${t.floorArea} <= 10000`),
    check('dwellings_living_area', sql`${t.livingArea} <= ${t.floorArea}`),
    check('dwellings_rooms', sql`${t.rooms} between 0 and 50`),
    check('dwellings_owner_kind_code', oneOf(t.ownerKind, codes.partyKinds)),
    check('dwellings_safety_code', oneOf(t.structureSafety, codes.safetyGrades)),
    uniqueIndex('dwellings_address').on(t.subdistrictCode, t.road, t.lane, t.building, t.room),
    index('dwellings_subdistrict').on(t.subdistrictCode, t.id),
    index('dwellings_station').on(t.stationCode, t.id),
    index('dwellings_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('dwellings_occupancy').on(t.occupancyCount, t.id),
  ],
);

/** Leases (dossier §3.3 LeaseContract); the parties stay as the contract has them. */
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
    tenantPhone: text('tenant_phone'),
    // Null until the lessee is registered: the import joins them by identity number.
    tenantMigrantId: uuid('tenant_migrant_id'),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on').notNull(),
    monthlyRent: money('monthly_rent'),
    deposit: money('deposit'),
    subleaseOfId: uuid('sublease_of_id').references((): AnyPgColumn => leases.id),
    purpose: text('purpose').notNull().default('RESIDENTIAL'),
    status: text('status').notNull().default('IN_FORCE'),
    filingStatus: text('filing_status').notNull().default('NOT_FILED'),
    ...territory(),
    ...provenance(),
  },
  (t) => [
    check('leases_landlord_kind_code', oneOf(t.landlordKind, codes.partyKinds)),
    check('leases_agent_kind_code', oneOf(t.agentKind, codes.partyKinds)),
    check('leases_tenant_kind_code', oneOf(t.tenantKind, codes.partyKinds)),
    check('leases_term', sql`${t.startsOn} < ${t.endsOn} and ${t.endsOn} <= ${t.startsOn} + interval '20 years'`),
    check('leases_rent', sql`${t.monthlyRent} between 0 and 100000000`),
    check('leases_deposit', sql`${t.deposit} >= 0`),
    check('leases_purpose_code', oneOf(t.purpose, codes.dwellingUsages)),
    check('leases_status_code', oneOf(t.status, codes.leaseStatuses)),
    check('leases_filing_status_code', oneOf(t.filingStatus, codes.leaseFilingStates)),
    index('leases_dwelling').on(t.dwellingId, t.id),
    index('leases_tenant_migrant').on(t.tenantMigrantId, t.id),
    index('leases_unmatched').on(t.tenantIdentityNumber).where(sql`${t.tenantMigrantId} is null`),
    index('leases_subdistrict').on(t.subdistrictCode, t.endsOn, t.id),
    index('leases_station').on(t.stationCode, t.id),
    index('leases_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('leases_ends').on(t.endsOn, t.id),
    index('leases_sublease').on(t.subleaseOfId),
  ],
);

/** Who lives in a dwelling under a lease. */
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
    uniqueIndex('lease_occupancies_once').on(t.leaseId, t.migrantId),
    index('lease_occupancies_migrant').on(t.migrantId, t.id),
  ],
);

/** Filings of leases (dossier §3.3 LeaseFiling, states §5.3). */
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
    decidedOn: day('decided_on'),
    certificateValidTo: day('certificate_valid_to'),
    refusalReason: text('refusal_reason'),
    ...territory(),
    ...provenance(),
  },
  (t) => [
    check('lease_filings_kind_code', oneOf(t.kind, codes.filingKinds)),
    check('lease_filings_status_code', oneOf(t.status, codes.filingStatuses)),
    check('lease_filings_reason_code', oneOf(t.refusalReason, codes.filingRefusalReasons)),
    check('lease_filings_numbered', sql`${t.status} <> 'FILED' or ${t.filingNo} is not null`),
    check('lease_filings_refused', sql`${t.status} <> 'REFUSED' or ${t.refusalReason} is not null`),
    check('lease_filings_dates', sql`${t.submittedOn} <= ${t.decidedOn}`),
    index('lease_filings_lease').on(t.leaseId, t.submittedOn, t.id),
    index('lease_filings_subdistrict').on(t.subdistrictCode, t.id),
    index('lease_filings_window').on(t.acceptedByUnit, t.id),
    index('lease_filings_tenant').on(t.tenantMigrantId),
  ],
);

/** Patrols (dossier §3.3 PropertyInspection). */
export const propertyInspections = housing.table(
  'property_inspections',
  {
    id: uuid('id').primaryKey(),
    dwellingId: uuid('dwelling_id')
      .notNull()
      .references(() => dwellings.id),
    inspectedOn: day('inspected_on').notNull(),
    inspectedBy: text('inspected_by').notNull(),
    findings: text('findings').array().notNull(),
    severity: text('severity').notNull().default('LOW'),
    rectifyBy: day('rectify_by'),
    rectifiedOn: day('rectified_on'),
    photoRefs: text('photo_refs').array(),
    ...territory(),
    ...provenance(),
  },
  (t) => [
    check('property_inspections_findings_codes', allOf(t.findings, codes.inspectionFindings)),
    check('property_inspections_severity_code', oneOf(t.severity, codes.severities)),
    check('property_inspections_rectify', sql`${t.rectifyBy} >= ${t.inspectedOn}`),
    index('property_inspections_dwelling').on(t.dwellingId, t.inspectedOn, t.id),
    index('property_inspections_subdistrict').on(t.subdistrictCode, t.inspectedOn, t.id),
    index('property_inspections_on').on(t.inspectedOn, t.id),
  ],
);
