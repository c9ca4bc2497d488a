import { sql } from 'drizzle-orm';
import { check, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { listOf } from '../../../store/code-check.ts';
import { belongsTo, day, instant, personTerritory, reported } from '../../../store/columns.ts';
import { folded } from '../../../store/folded.ts';
import { digits, formed } from '../../../store/form-check.ts';
import { nameOrder } from '../../../store/name-order.ts';
import { rowTotals } from '../../../store/row-totals.ts';
import { everyLevel, placeIndexes } from '../../../store/value-columns.ts';
import { codesOf } from '../../enum-codes.ts';
import { code, recordTables } from '../../record-table.ts';

const table = recordTables('public_security');

/** One row a natural person ever registered (dossier §3.1 Migrant). */
export const migrants = table(
  'migrants',
  {
    name: text('name').notNull(),
    formerName: text('former_name'),
    sex: code('sex', 'Sex').notNull(),
    citizenIdNumber: text('citizen_id_number'),
    // What who has no citizen identity number is registered by.
    documentKind: code('document_kind', 'DocumentKind'),
    documentNumber: text('document_number'),
    birthDate: day('birth_date').notNull(),
    photoRef: text('photo_ref'),
    ethnicity: code('ethnicity', 'Ethnicity'),
    hukouType: code('hukou_type', 'HukouType'),
    hukouDivision: text('hukou_division').notNull(),
    hukouAddress: text('hukou_address'),
    maritalStatus: code('marital_status', 'MaritalStatus'),
    educationLevel: code('education_level', 'EducationLevel'),
    mobilePhone: text('mobile_phone'),
    emergencyContactName: text('emergency_contact_name'),
    emergencyContactRelation: code('emergency_contact_relation', 'FamilyRelation', 'contact_relation_code'),
    emergencyContactPhone: text('emergency_contact_phone'),
    status: code('status', 'MigrantStatus').notNull().default('ACTIVE'),
    mergedIntoId: uuid('merged_into_id'),
    qualityFlags: text('quality_flags').array().notNull().default([]),
    verifiedAt: instant('verified_at'),
    // No foreign keys to registrations and households: those point here, and a circle cannot be loaded by COPY.
    currentRegistrationId: uuid('current_registration_id'),
    householdId: uuid('household_id'),
    // Of the open registration, kept in step by the register; all null for a person without one.
    ...personTerritory(),
    // The unit of the territory, so that the sub-district is a link to the unit tree; it cannot get out of step.
    subdistrictUnit: text('subdistrict_unit').generatedAlwaysAs(
      sql`'PT-SUB-' || substr(subdistrict_code, 7, 3)`,
    ),
    ...reported(),
    // Spellings of name and birth date that reports of this person's own stays had before they were corrected.
    spellingsBefore: text('spellings_before').array(),
  },
  (t) => [
    check('migrants_name_length', sql`char_length(${t.name}) between 1 and 50`),
    check('migrants_former_name_length', sql`char_length(${t.formerName}) <= 50`),
    // The check digit is no constraint: rows with a wrong one are kept and flagged ID_CHECKSUM.
    check('migrants_citizen_id_form', formed(t.citizenIdNumber, '^[0-9]*[0-9X]$', 18)),
    check('migrants_document', sql`num_nulls(${t.documentKind}, ${t.documentNumber}) in (0, 2)`),
    check('migrants_document_number_form', formed(t.documentNumber, '^[0-9A-Z-]*$', 4, 30)),
    check('migrants_birth_date_from_1900', sql`${t.birthDate} >= date '1900-01-01'`),
    // A migrant is a person whose household registration is outside Shanghai (31).
    check(
      'migrants_hukou_outside_shanghai',
      sql`${digits(t.hukouDivision, 6)} and ${t.hukouDivision} not like '31%'`,
    ),
    check('migrants_hukou_address_length', sql`char_length(${t.hukouAddress}) <= 200`),
    // A number that is none stays out; the row carries PHONE_INVALID.
    check(
      'migrants_phone_length',
      sql`char_length(${t.mobilePhone}) <= 30 and char_length(${t.emergencyContactPhone}) <= 30`,
    ),
    check(
      'migrants_merged_into_another',
      sql`(${t.status} = 'MERGED') = (${t.mergedIntoId} is not null) and ${t.mergedIntoId} is distinct from ${t.id}`,
    ),
    check(
      'migrants_quality_flag_codes',
      sql`${t.qualityFlags} <@ array[${listOf(codesOf('QualityFlag'))}]::text[]`,
    ),
    check(
      'migrants_territory_form',
      sql`${digits(t.subdistrictCode, 3, '310107')} and ${digits(t.neighbourhoodCode, 6, '310107')}`,
    ),
    // Two persons with one number stay apart, flagged DUP_SUSPECT, until an officer has seen the document.
    uniqueIndex('migrants_verified_citizen_id')
      .on(t.citizenIdNumber)
      .where(sql`${t.verifiedAt} is not null and ${t.status} <> 'MERGED'`),
    uniqueIndex('migrants_verified_document')
      .on(t.documentNumber, t.documentKind)
      .where(sql`${t.verifiedAt} is not null and ${t.status} <> 'MERGED'`),
    index('migrants_document').on(t.documentNumber, t.documentKind),
    index('migrants_citizen_id').on(t.citizenIdNumber),
    ...placeIndexes(t, undefined, everyLevel),
    index('migrants_subdistrict_name').on(t.subdistrictCode, nameOrder(t.name), t.id),
    index('migrants_name').on(nameOrder(t.name), t.id),
    index('migrants_birth_date').on(t.birthDate, t.id),
    index('migrants_created_at').on(t.createdAt, t.id),
    index('migrants_verified_at').on(t.verifiedAt, t.id),
    index('migrants_folded_name').on(folded(t.name)),
    index('migrants_folded_phone').on(folded(t.mobilePhone)),
    index('migrants_household').on(t.householdId),
    index('migrants_quality_flags').using('gin', t.qualityFlags),
  ],
);

/** How many persons there are, by territory and shield. */
export const migrantTotals = rowTotals('public_security', 'migrants');

/** Identity documents seen (dossier §3.1 MigrantDocument). */
export const migrantDocuments = table(
  'migrant_documents',
  {
    personId: belongsTo('person_id', () => migrants.id),
    kind: code('kind', 'DocumentKind').notNull(),
    number: text('number').notNull(),
    validFrom: day('valid_from'),
    validTo: day('valid_to'),
    ...personTerritory(),
  },
  (t) => [
    ...placeIndexes(t, undefined, everyLevel),
    check(
      'migrant_documents_number_form',
      sql`case when ${t.kind} = 'RESIDENT_ID' then ${t.number} ~ '^[0-9]{17}[0-9X]$' else ${t.number} ~ '^[0-9A-Z-]{4,30}$' end`,
    ),
    check('migrant_documents_validity', sql`${t.validFrom} <= ${t.validTo}`),
    index('migrant_documents_person').on(t.personId, t.id),
  ],
);
