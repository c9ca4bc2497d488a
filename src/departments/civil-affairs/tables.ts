import { sql } from 'drizzle-orm';
import { check, index, text, uuid } from 'drizzle-orm/pg-core';
import { day, money } from '../../store/columns.ts';
import { decision, decisionCheck } from '../../store/value-columns.ts';
import { code, codeList, recordTables } from '../record-table.ts';

const table = recordTables('civil_affairs');

/** Aid (dossier §3.9 AidCase, states §5.4); there is no state in which a person is held. */
export const aidCases = table(
  'aid_cases',
  {
    caseNo: text('case_no').notNull().unique(),
    personId: uuid('person_id'),
    requestedOn: day('requested_on').notNull(),
    source: code('source', 'AidSource').notNull(),
    vulnerable: codeList('vulnerable', 'AidVulnerability'),
    services: codeList('services', 'AidService').notNull(),
    standardPerDay: money('standard_per_day'),
    leftOn: day('left_on'),
    leaveReason: code('leave_reason', 'AidLeaveReason'),
    belongingsLog: text('belongings_log'),
    ...decision(),
    status: code('status', 'AidStatus').notNull().default('REQUESTED'),
  },
  (t) => [
    check('aid_cases_services_given', sql`${t.status} <> 'IN_AID' or cardinality(${t.services}) >= 1`),
    check('aid_cases_standard', sql`${t.standardPerDay} >= 0`),
    check('aid_cases_term', sql`${t.requestedOn} <= ${t.leftOn}`),
    check('aid_cases_belongings_length', sql`char_length(${t.belongingsLog}) <= 500`),
    decisionCheck('aid_cases_decision_complete', t, sql`false`),
    check('aid_cases_left', sql`(${t.status} = 'LEFT') = (${t.leftOn} is not null)`),
    index('aid_cases_person').on(t.personId, t.id),
    index('aid_cases_requested').on(t.requestedOn, t.id),
  ],
);

/**
 * Marriages (dossier §3.9 MarriageRegistration). The register of migrants does not know a resident, who is written
 * here. That both are of age is looked at where it is registered: their births are other departments' rows.
 */
export const marriageRegistrations = table(
  'marriage_registrations',
  {
    certNo: text('cert_no').notNull().unique(),
    partyAId: uuid('party_a_id').notNull(),
    partyBId: uuid('party_b_id'),
    residentName: text('resident_name'),
    residentCitizenIdNumber: text('resident_citizen_id_number'),
    residentHukouDivision: text('resident_hukou_division'),
    registeredOn: day('registered_on').notNull(),
    kind: code('kind', 'MarriageKind').notNull().default('MARRIAGE'),
  },
  (t) => [
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
export const adoptionRegistrations = table(
  'adoption_registrations',
  {
    certNo: text('cert_no').notNull().unique(),
    registeredOn: day('registered_on').notNull(),
    adopterId: uuid('adopter_id').notNull(),
    adopteeId: uuid('adoptee_id').notNull(),
  },
  (t) => [
    check('adoption_registrations_two_persons', sql`${t.adopterId} <> ${t.adopteeId}`),
    index('adoption_registrations_registered').on(t.registeredOn, t.id),
    index('adoption_registrations_adopter').on(t.adopterId),
    index('adoption_registrations_adoptee').on(t.adopteeId),
  ],
);
