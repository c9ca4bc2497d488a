import { sql } from 'drizzle-orm';
import { check, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { belongsTo, day, shield } from '../../../store/columns.ts';
import { decision } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';
import { migrants } from './migrants.ts';

const table = recordTables('public_security');

/**
 * What a person asks to have put right, at the window and with proof (dossier §8.3). Each claimed value has a column of
 * its own, so that it is read by the rules of the value that it is to replace.
 */
export const correctionRequests = table(
  'correction_requests',
  {
    personId: belongsTo('person_id', () => migrants.id),
    field: code('field', 'CorrectableField').notNull(),
    claimedName: text('claimed_name'),
    claimedSex: code('claimed_sex', 'Sex'),
    claimedBirthDate: day('claimed_birth_date'),
    claimedCitizenIdNumber: text('claimed_citizen_id_number'),
    claimedMobilePhone: text('claimed_mobile_phone'),
    claimedMaritalStatus: code('claimed_marital_status', 'MaritalStatus'),
    claimedEducationLevel: code('claimed_education_level', 'EducationLevel'),
    claimedDwellingId: uuid('claimed_dwelling_id'),
    proofKind: code('proof_kind', 'DocumentKind').notNull(),
    proofNumber: text('proof_number').notNull(),
    requestedByUnit: text('requested_by_unit').notNull(),
    requestedBy: text('requested_by').notNull(),
    requestedOn: day('requested_on').notNull(),
    // Who answers for the field (dossier §8.3).
    authorityUnit: text('authority_unit').notNull(),
    status: code('status', 'CorrectionStatus').notNull().default('REQUESTED'),
    decidedBy: text('decided_by'),
    decidedOn: day('decided_on'),
    ...decision(),
    // What was claimed is hidden with the person's whereabouts.
    ...shield(),
  },
  (t) => [
    check(
      'correction_requests_one_value',
      sql`num_nonnulls(${t.claimedName}, ${t.claimedSex}, ${t.claimedBirthDate}, ${t.claimedCitizenIdNumber}, ${t.claimedMobilePhone}, ${t.claimedMaritalStatus}, ${t.claimedEducationLevel}, ${t.claimedDwellingId}) = 1`,
    ),
    check(
      'correction_requests_value_of_field',
      sql`case ${t.field} when 'NAME' then ${t.claimedName} is not null when 'SEX' then ${t.claimedSex} is not null when 'BIRTH_DATE' then ${t.claimedBirthDate} is not null when 'CITIZEN_ID_NUMBER' then ${t.claimedCitizenIdNumber} is not null when 'MOBILE_PHONE' then ${t.claimedMobilePhone} is not null when 'MARITAL_STATUS' then ${t.claimedMaritalStatus} is not null when 'EDUCATION_LEVEL' then ${t.claimedEducationLevel} is not null else ${t.claimedDwellingId} is not null end`,
    ),
    check('correction_requests_name_length', sql`char_length(${t.claimedName}) between 1 and 50`),
    check('correction_requests_number_form', sql`${t.claimedCitizenIdNumber} ~ '^[0-9]{17}[0-9X]$'`),
    check('correction_requests_phone_length', sql`char_length(${t.claimedMobilePhone}) <= 30`),
    check('correction_requests_proof', sql`char_length(${t.proofNumber}) between 4 and 50`),
    check('correction_requests_window', sql`${t.requestedByUnit} ~ '^PT-CAC-[0-9]{3}$'`),
    check('correction_requests_authority', sql`${t.authorityUnit} in ('PT-PSB', 'PT-CIV')`),
    check(
      'correction_requests_decided',
      sql`(${t.status} in ('ACCEPTED', 'REFUSED')) = (num_nonnulls(${t.decidedBy}, ${t.decidedOn}) = 2)`,
    ),
    check('correction_requests_decided_after', sql`${t.requestedOn} <= ${t.decidedOn}`),
    // Who refuses gives the grounds, the reasons and the remedy.
    check(
      'correction_requests_decision',
      sql`num_nonnulls(${t.decisionLegalBasis}, ${t.decisionReasons}, ${t.decisionDecidedBy}, ${t.decisionDecidedOn}, ${t.decisionRemedyNotice}) = case when ${t.status} = 'REFUSED' then 5 else 0 end`,
    ),
    uniqueIndex('correction_requests_open').on(t.personId, t.field).where(sql`${t.status} = 'REQUESTED'`),
    index('correction_requests_person').on(t.personId, t.id),
    index('correction_requests_authority').on(t.authorityUnit, t.requestedOn, t.id),
    index('correction_requests_window').on(t.requestedByUnit, t.requestedOn, t.id),
    index('correction_requests_requested').on(t.requestedOn, t.id),
    index('correction_requests_decided').on(t.decidedOn, t.id),
  ],
);
