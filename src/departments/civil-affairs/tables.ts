import { sql } from 'drizzle-orm';
import { check, index, text, uuid } from 'drizzle-orm/pg-core';
import { allOf, oneOf } from '../../store/code-check.ts';
import { day, money, provenance } from '../../store/columns.ts';
import { codes } from './codes.ts';
import { civilAffairs } from './pg-schema.ts';

/** Aid (dossier §3.9 AidCase, states §5.4); there is no state in which a person is held. */
export const aidCases = civilAffairs.table(
  'aid_cases',
  {
    id: uuid('id').primaryKey(),
    caseNo: text('case_no').notNull().unique(),
    personId: uuid('person_id'),
    requestedOn: day('requested_on').notNull(),
    source: text('source').notNull(),
    vulnerable: text('vulnerable').array(),
    services: text('services').array().notNull(),
    standardPerDay: money('standard_per_day'),
    leftOn: day('left_on'),
    leaveReason: text('leave_reason'),
    belongingsLog: text('belongings_log'),
    status: text('status').notNull().default('REQUESTED'),
    ...provenance(),
  },
  (t) => [
    check('aid_cases_source_code', oneOf(t.source, codes.AidSource)),
    check('aid_cases_vulnerable_codes', allOf(t.vulnerable, codes.AidVulnerability)),
    check('aid_cases_services_codes', allOf(t.services, codes.AidService)),
    check('aid_cases_services_given', sql`${t.status} <> 'IN_AID' or cardinality(${t.services}) >= 1`),
    check('aid_cases_standard', sql`${t.standardPerDay} >= 0`),
    check('aid_cases_term', sql`${t.requestedOn} <= ${t.leftOn}`),
    check('aid_cases_leave_reason_code', oneOf(t.leaveReason, codes.AidLeaveReason)),
    check('aid_cases_belongings_length', sql`char_length(${t.belongingsLog}) <= 500`),
    check('aid_cases_status_code', oneOf(t.status, codes.AidStatus)),
    check('aid_cases_left', sql`(${t.status} = 'LEFT') = (${t.leftOn} is not null)`),
    index('aid_cases_person').on(t.personId, t.id),
    index('aid_cases_requested').on(t.requestedOn, t.id),
  ],
);

/**
 * Marriages (dossier §3.9 MarriageRegistration). The register of migrants does not know a resident, who is written
 * here. That both are of age is looked at where it is registered: their births are other departments' rows.
 */
export const marriageRegistrations = civilAffairs.table(
  'marriage_registrations',
  {
    id: uuid('id').primaryKey(),
    certNo: text('cert_no').notNull().unique(),
    partyAId: uuid('party_a_id').notNull(),
    partyBId: uuid('party_b_id'),
    residentName: text('resident_name'),
    residentCitizenIdNumber: text('resident_citizen_id_number'),
    residentHukouDivision: text('resident_hukou_division'),
    registeredOn: day('registered_on').notNull(),
    kind: text('kind').notNull().default('MARRIAGE'),
    ...provenance(),
  },
  (t) => [
    check('marriage_registrations_kind_code', oneOf(t.kind, codes.MarriageKind)),
    check(
      'marriage_registrations_two_parties',
      sql`num_nonnulls(${t.partyBId}, ${t.residentName}) = 1 and ${t.partyBId} is distinct from ${t.partyAId}`,
    ),
    // One of the parties has the household registration of Shanghai, where a resident is written.
    check(
      'marriage_registrations_resident',
      sql`num_nonnulls(${t.residentName}, ${t.residentCitizenIdNumber}, ${t.residentHukouDivision}) in (0, 3) and ${t.residentHukouDivision} ~ '^31[0-9]{4}$'`,
    ),
    check('marriage_registrations_citizen_id_form', sql`${t.residentCitizenIdNumber} ~ '^[0-9]{17}[0-9X]$'`),
    index('marriage_registrations_party_a').on(t.partyAId, t.id),
    index('marriage_registrations_party_b').on(t.partyBId, t.id),
    index('marriage_registrations_registered').on(t.registeredOn, t.id),
  ],
);

/** Adoptions (dossier §3.9 AdoptionRegistration). */
export const adoptionRegistrations = civilAffairs.table(
  'adoption_registrations',
  {
    id: uuid('id').primaryKey(),
    certNo: text('cert_no').notNull().unique(),
    registeredOn: day('registered_on').notNull(),
    adopterId: uuid('adopter_id').notNull(),
    adopteeId: uuid('adoptee_id').notNull(),
    ...provenance(),
  },
  (t) => [
    check('adoption_registrations_two_persons', sql`${t.adopterId} <> ${t.adopteeId}`),
    index('adoption_registrations_registered').on(t.registeredOn, t.id),
    index('adoption_registrations_adopter').on(t.adopterId),
    index('adoption_registrations_adoptee').on(t.adopteeId),
  ],
);
