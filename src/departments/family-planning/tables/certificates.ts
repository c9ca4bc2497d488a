import { sql } from 'drizzle-orm';
import { boolean, check, index, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, personTerritory, provenance } from '../../../store/columns.ts';
import { folded } from '../../../store/folded.ts';
import { codes } from '../codes.ts';
import { familyPlanning } from '../pg-schema.ts';

/** Certificates of the home place (dossier §3.6 MarriageFertilityCertificate). */
export const marriageFertilityCertificates = familyPlanning.table(
  'marriage_fertility_certificates',
  {
    id: uuid('id').primaryKey(),
    certificateNo: text('certificate_no').notNull().unique(),
    holderId: uuid('holder_id').notNull(),
    issuingDivision: text('issuing_division').notNull(),
    issuedOn: day('issued_on').notNull(),
    validTo: day('valid_to'),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    check('marriage_fertility_certificates_no_length', sql`char_length(${t.certificateNo}) between 1 and 30`),
    check('marriage_fertility_certificates_division_form', sql`${t.issuingDivision} ~ '^[0-9]{6}$'`),
    check('marriage_fertility_certificates_validity', sql`${t.issuedOn} <= ${t.validTo}`),
    index('marriage_fertility_certificates_folded_no').on(folded(t.certificateNo)),
    index('marriage_fertility_certificates_holder').on(t.holderId, t.id),
    index('marriage_fertility_certificates_subdistrict').on(t.subdistrictCode, t.id),
    index('marriage_fertility_certificates_valid_to').on(t.validTo, t.id),
  ],
);

/** Checks of these by the sub-district of residence (dossier §3.6 CertificateCheck). */
export const certificateChecks = familyPlanning.table(
  'certificate_checks',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id').notNull(),
    checkedById: text('checked_by_id').notNull(),
    result: text('result').notNull(),
    checkedOn: day('checked_on').notNull(),
    followUpBy: day('follow_up_by'),
    noticeGiven: boolean('notice_given').notNull(),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    check('certificate_checks_result_code', oneOf(t.result, codes.CertificateCheckResult)),
    check('certificate_checks_by_subdistrict', sql`${t.checkedById} ~ '^PT-SUB-[0-9]{3}$'`),
    check('certificate_checks_follow_up', sql`${t.followUpBy} >= ${t.checkedOn}`),
    check('certificate_checks_notice_first', sql`${t.followUpBy} is null or ${t.noticeGiven}`),
    index('certificate_checks_person').on(t.personId, t.id),
    index('certificate_checks_subdistrict').on(t.subdistrictCode, t.checkedOn, t.id),
    index('certificate_checks_checked').on(t.checkedOn, t.id),
    index('certificate_checks_follow_up_order').on(t.followUpBy, t.id),
  ],
);
