import { sql } from 'drizzle-orm';
import { check, index, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, provenance, shield, territory } from '../../../store/columns.ts';
import { folded } from '../../../store/folded.ts';
import { address, placeIndexes } from '../../../store/value-columns.ts';
import { codes } from '../codes.ts';
import { commerce } from '../pg-schema.ts';

/** Licences (dossier §3.11 BusinessLicence). */
export const businessLicences = commerce.table(
  'business_licences',
  {
    id: uuid('id').primaryKey(),
    registrationNo: text('registration_no').notNull().unique(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    operatorName: text('operator_name'),
    operatorId: uuid('operator_id'),
    employerId: uuid('employer_id'),
    businessScope: text('business_scope').notNull(),
    ...address(),
    ...territory(),
    issuedOn: day('issued_on').notNull(),
    validTo: day('valid_to'),
    status: text('status').notNull().default('IN_FORCE'),
    coordinatorId: uuid('coordinator_id'),
    ...provenance(),
  },
  (t) => [
    // Fifteen digits only from 2007-07-01 on (GS 15-2006): numbers of before have thirteen.
    check('business_licences_number_form', sql`${t.registrationNo} ~ '^[0-9]{13}([0-9]{2})?$'`),
    check('business_licences_kind_code', oneOf(t.kind, codes.BusinessKind)),
    check('business_licences_status_code', oneOf(t.status, codes.BusinessLicenceStatus)),
    check('business_licences_validity', sql`${t.issuedOn} <= ${t.validTo}`),
    index('business_licences_operator').on(t.operatorId, t.id),
    index('business_licences_employer').on(t.employerId, t.id),
    ...placeIndexes('business_licences', t, t.issuedOn),
    index('business_licences_coordinator').on(t.coordinatorId, t.id),
    index('business_licences_folded_name').on(folded(t.name)),
    index('business_licences_name').on(t.name, t.id),
    index('business_licences_issued').on(t.issuedOn, t.id),
    index('business_licences_valid_to').on(t.validTo, t.id),
  ],
);

export interface StoredConfirmation {
  readonly unit: string;
  readonly result: (typeof codes.QualificationResult)[number];
  readonly confirmedOn: string | null;
}

/** Joint confirmations (dossier §3.11 QualificationCheck). */
export const qualificationChecks = commerce.table(
  'qualification_checks',
  {
    id: uuid('id').primaryKey(),
    applicantId: uuid('applicant_id').notNull(),
    requestedOn: day('requested_on').notNull(),
    confirmations: jsonb('confirmations').$type<readonly StoredConfirmation[]>().notNull(),
    result: text('result').notNull().default('MORE_NEEDED'),
    // The window that took the request and the units that are asked: the check is among their own.
    confirmingUnits: text('confirming_units').array().notNull(),
    ...shield(),
    ...provenance(),
  },
  (t) => [
    check('qualification_checks_result_code', oneOf(t.result, codes.QualificationResult)),
    // Only those who are asked answer.
    check(
      'qualification_checks_confirmed_by_asked',
      sql`to_jsonb(${t.confirmingUnits}) @> jsonb_path_query_array(${t.confirmations}, '$[*].unit')`,
    ),
    index('qualification_checks_applicant').on(t.applicantId, t.id),
    index('qualification_checks_requested').on(t.requestedOn, t.id),
  ],
);
