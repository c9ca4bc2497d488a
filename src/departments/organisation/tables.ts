import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { postFunctions } from '../../identity/viewer.ts';
import { allOf } from '../../store/code-check.ts';
import { day, instant } from '../../store/columns.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('organisation');

/** Units of the district; a unit that ends keeps its row (dossier §3.21 OrgUnit). */
export const orgUnits = table(
  'org_units',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    nameEn: text('name_en').notNull(),
    kind: code('kind', 'OrgUnitKind').notNull(),
    level: code('level', 'OrgLevel').notNull(),
    parentId: text('parent_id').references((): AnyPgColumn => orgUnits.id),
    hostedById: text('hosted_by_id').references((): AnyPgColumn => orgUnits.id),
    plateOfId: text('plate_of_id').references((): AnyPgColumn => orgUnits.id),
    territory: text('territory').array().notNull(),
    departmentCode: text('department_code'),
    activeFrom: day('active_from').notNull(),
    activeTo: day('active_to'),
  },
  (t) => [
    check('org_units_id_form', sql`${t.id} ~ '^PT-[A-Z]{2,3}(-[0-9]{3}(-[0-9])?)?$'`),
    check('org_units_not_own_parent', sql`${t.parentId} <> ${t.id}`),
    check('org_units_active', sql`${t.activeFrom} <= ${t.activeTo}`),
    // Clause IV-2a: the population office of a sub-district is a name plate of its comprehensive-management office.
    check('org_units_plate', sql`${t.kind} <> 'SUB_POPULATION_OFFICE' or ${t.plateOfId} is not null`),
    // Only the sub-districts' population offices are name plates; only the district's sits in another office (II-2a).
    check(
      'org_units_plate_of',
      sql`${t.plateOfId} is null or (${t.kind} = 'SUB_POPULATION_OFFICE' and ${t.plateOfId} = 'PT-CMS-' || right(${t.id}, 3))`,
    ),
    check(
      'org_units_host',
      sql`${t.hostedById} is null or (${t.id} = 'PT-POP' and ${t.hostedById} = 'PT-CMO')`,
    ),
    check(
      'org_units_territory',
      sql`array_to_string(${t.territory}, ',') ~ '^(310107[0-9]{3}(,310107[0-9]{3})*)?$'`,
    ),
    index('org_units_parent').on(t.parentId, t.id),
    index('org_units_host').on(t.hostedById, t.id),
    index('org_units_plate_of').on(t.plateOfId, t.id),
  ],
);

/** Posts; a concurrent one names the post it is held by virtue of (clauses II-2a, II-2b, IV-1). */
export const appointments = table(
  'appointments',
  {
    unitId: text('unit_id')
      .notNull()
      .references(() => orgUnits.id),
    holderName: text('holder_name').notNull(),
    role: code('role', 'PostRole').notNull(),
    isConcurrent: boolean('is_concurrent').notNull(),
    viaAppointmentId: uuid('via_appointment_id').references((): AnyPgColumn => appointments.id),
    dutyLine: text('duty_line'),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on'),
  },
  (t) => [
    check('appointments_concurrent', sql`not ${t.isConcurrent} or ${t.viaAppointmentId} is not null`),
    check('appointments_term', sql`${t.startsOn} <= ${t.endsOn}`),
    // One director and one full-time deputy at a time (clauses II-2a, II-2b).
    uniqueIndex('appointments_one_director')
      .on(t.unitId, t.role)
      .where(sql`${t.endsOn} is null and ${t.role} in ('DIRECTOR', 'FULL_TIME_DEPUTY')`),
    index('appointments_unit').on(t.unitId, t.id),
    index('appointments_via').on(t.viaAppointmentId, t.id),
  ],
);

/** Accounts; the acting units are those whose rights a request may ask for, one at a time. */
export const userAccounts = table(
  'user_accounts',
  {
    id: text('id').primaryKey(),
    holderName: text('holder_name').notNull(),
    homeUnitId: text('home_unit_id')
      .notNull()
      .references(() => orgUnits.id),
    functions: text('functions').array().notNull(),
    actingUnitCodes: text('acting_unit_codes').array().notNull(),
    status: code('status', 'AccountStatus').notNull().default('ACTIVE'),
    lastLoginAt: instant('last_login_at'),
  },
  (t) => [
    check('user_accounts_functions_codes', allOf(t.functions, postFunctions)),
    index('user_accounts_home').on(t.homeUnitId, t.id),
  ],
);

/** Case-bound grants (dossier §6.5): approved by two persons of the owner, neither of them who asked; at most thirty days. */
export const accessGrants = table(
  'access_grants',
  {
    granteeId: text('grantee_id')
      .notNull()
      .references(() => orgUnits.id),
    ownerId: text('owner_id')
      .notNull()
      .references(() => orgUnits.id),
    fieldGroup: text('field_group').notNull(),
    recordRef: text('record_ref').notNull(),
    purpose: code('purpose', 'Purpose').notNull(),
    legalBasis: text('legal_basis').notNull(),
    requestedBy: text('requested_by').notNull(),
    approvedBy: text('approved_by'),
    secondApprovedBy: text('second_approved_by'),
    consentOn: day('consent_on'),
    validTo: instant('valid_to').notNull(),
    status: code('status', 'GrantStatus').notNull().default('REQUESTED'),
  },
  (t) => [
    check(
      'access_grants_two_persons',
      sql`${t.approvedBy} <> ${t.requestedBy} and ${t.secondApprovedBy} <> ${t.requestedBy} and ${t.secondApprovedBy} <> ${t.approvedBy}`,
    ),
    check(
      'access_grants_approved',
      sql`case ${t.status} when 'ACTIVE' then num_nulls(${t.approvedBy}, ${t.secondApprovedBy}) = 0 when 'APPROVED' then ${t.approvedBy} is not null else true end`,
    ),
    check('access_grants_of_another', sql`${t.granteeId} <> ${t.ownerId}`),
    check('access_grants_thirty_days', sql`${t.validTo} <= ${t.createdAt} + interval '30 days'`),
    index('access_grants_grantee').on(t.granteeId, t.id),
    index('access_grants_owner').on(t.ownerId, t.id),
  ],
);

/** Lists that units take out as files: who asked, what for, who approved, and what was read. */
export const exportRequests = table(
  'export_requests',
  {
    askingUnitId: text('asking_unit_id')
      .notNull()
      .references(() => orgUnits.id),
    askedBy: text('asked_by').notNull(),
    // Of every group that is read: these units see the request too.
    ownerIds: text('owner_ids').array().notNull(),
    document: text('document').notNull(),
    // As it was sent, with the values of its filter: it runs, and nobody reads it.
    source: text('source').notNull(),
    recordType: text('record_type').notNull(),
    isAboutPersons: boolean('is_about_persons').notNull(),
    coordinates: text('coordinates').array().notNull(),
    fieldGroups: text('field_groups').array().notNull(),
    maskedFields: text('masked_fields').array().notNull(),
    format: code('format', 'ExportFormat').notNull(),
    purpose: code('purpose', 'Purpose').notNull(),
    rows: integer('rows').notNull(),
    rowsTaken: integer('rows_taken'),
    decidedBy: text('decided_by'),
    validUntil: day('valid_until').notNull(),
    stoppedBecause: code('stopped_because', 'ExportStop'),
    status: code('status', 'ExportStatus').notNull().default('REQUESTED'),
  },
  (t) => [
    check('export_requests_two_persons', sql`${t.status} = 'REFUSED' or ${t.decidedBy} <> ${t.askedBy}`),
    check('export_requests_rows', sql`${t.rows} >= 0 and ${t.rowsTaken} >= 0`),
    index('export_requests_unit').on(t.askingUnitId, t.id),
    index('export_requests_valid_until').on(t.validUntil, t.id),
  ],
);
