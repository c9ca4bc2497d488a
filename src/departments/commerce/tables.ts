import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import type { QualificationResult } from '../../generated/resolvers.ts';
import { oneOf } from '../../store/code-check.ts';
import { day, money, shield, territory } from '../../store/columns.ts';
import { folded } from '../../store/folded.ts';
import {
  address,
  decision,
  decisionCheck,
  findingsCheck,
  party,
  partyCheck,
  place,
  placeCheck,
  placeIndexes,
  rectification,
  rectificationCheck,
} from '../../store/value-columns.ts';
import { codesOf } from '../enum-codes.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('commerce');

/** States of a case (dossier §5.4): no mediation, and a row starts at its acceptance, whose day it must have. */
const caseStates = codesOf('CaseStatus').filter(
  (s) => !['REPORTED', 'SCREENING', 'NOT_ACCEPTED', 'MEDIATING', 'AGREED', 'WITHDRAWN'].includes(s),
);

/** Cases against illegal business (dossier §3.11 AicEnforcementCase, states §5.4: no mediation). */
export const commerceCases = table(
  'commerce_cases',
  {
    caseNo: text('case_no').notNull().unique(),
    kind: code('kind', 'CommerceCaseKind').notNull(),
    ...party('subject'),
    ...place(),
    acceptedOn: day('accepted_on').notNull(),
    ...decision(),
    status: text('status').notNull().default('ACCEPTED'),
    ...party('informant'),
    // Units to which the case was referred or that review its decision: it is among their own.
    jointUnits: text('joint_units').array().notNull().default([]),
    officers: text('officers').array(),
    fineAmount: money('fine_amount'),
    hearingOn: day('hearing_on'),
  },
  (t) => [
    check('commerce_cases_subject_given', sql`${t.subjectName} is not null`),
    partyCheck('commerce_cases_subject', t.subjectKind, t.subjectName),
    partyCheck('commerce_cases_informant', t.informantKind, t.informantName),
    placeCheck('commerce_cases_place', t),
    check('commerce_cases_status_code', oneOf(t.status, caseStates)),
    check('commerce_cases_fine', sql`${t.fineAmount} >= 0`),
    check('commerce_cases_hearing', sql`${t.hearingOn} >= ${t.acceptedOn}`),
    decisionCheck(
      'commerce_cases_decision_complete',
      t,
      sql`${t.status} in ('DECIDED', 'EXECUTING', 'UNDER_REMEDY')`,
    ),
    ...placeIndexes(t, t.acceptedOn),
    index('commerce_cases_dwelling').on(t.dwellingId),
    index('commerce_cases_accepted').on(t.acceptedOn, t.id),
  ],
);

/** Licences (dossier §3.11 BusinessLicence). */
export const businessLicences = table(
  'business_licences',
  {
    registrationNo: text('registration_no').notNull().unique(),
    name: text('name').notNull(),
    kind: code('kind', 'BusinessKind').notNull(),
    operatorName: text('operator_name'),
    operatorId: uuid('operator_id'),
    employerId: uuid('employer_id'),
    businessScope: text('business_scope').notNull(),
    ...address(),
    ...territory(),
    issuedOn: day('issued_on').notNull(),
    validTo: day('valid_to'),
    status: code('status', 'BusinessLicenceStatus').notNull().default('IN_FORCE'),
    coordinatorId: uuid('coordinator_id'),
    ...decision(),
  },
  (t) => [
    // Licences of before have none: that who suspends or revokes gives one is the machine's rule.
    decisionCheck('business_licences_decision_complete', t, sql`false`),
    // Fifteen digits only from 2007-07-01 on (GS 15-2006): numbers of before have thirteen.
    check('business_licences_number_form', sql`${t.registrationNo} ~ '^[0-9]{13}([0-9]{2})?$'`),
    check('business_licences_validity', sql`${t.issuedOn} <= ${t.validTo}`),
    index('business_licences_operator').on(t.operatorId, t.id),
    index('business_licences_employer').on(t.employerId, t.id),
    ...placeIndexes(t, t.issuedOn),
    index('business_licences_coordinator').on(t.coordinatorId, t.id),
    index('business_licences_folded_name').on(folded(t.name)),
    index('business_licences_name').on(t.name, t.id),
    index('business_licences_issued').on(t.issuedOn, t.id),
    index('business_licences_valid_to').on(t.validTo, t.id),
  ],
);

export interface StoredConfirmation {
  readonly unit: string;
  readonly result: QualificationResult;
  readonly confirmedOn: string | null;
}

/** Joint confirmations (dossier §3.11 QualificationCheck). */
export const qualificationChecks = table(
  'qualification_checks',
  {
    applicantId: uuid('applicant_id').notNull(),
    requestedOn: day('requested_on').notNull(),
    confirmations: jsonb('confirmations').$type<readonly StoredConfirmation[]>().notNull(),
    result: code('result', 'QualificationResult').notNull().default('MORE_NEEDED'),
    // The window that took the request and the units that are asked: the check is among their own.
    confirmingUnits: text('confirming_units').array().notNull(),
    ...decision(),
    ...shield(),
  },
  (t) => [
    // Refusals of before have none: that who refuses gives one is the machine's rule.
    decisionCheck('qualification_checks_decision_complete', t, sql`false`),
    // Only those who are asked answer.
    check(
      'qualification_checks_confirmed_by_asked',
      sql`to_jsonb(${t.confirmingUnits}) @> jsonb_path_query_array(${t.confirmations}, '$[*].unit')`,
    ),
    index('qualification_checks_applicant').on(t.applicantId, t.id),
    index('qualification_checks_requested').on(t.requestedOn, t.id),
  ],
);

/** Small premises (dossier §3.11 SmallPremises, kinds A.9). */
export const smallPremises = table(
  'small_premises',
  {
    kind: code('kind', 'SmallPremisesKind').notNull(),
    ...address(),
    ...territory(),
    licenceId: uuid('licence_id').references(() => businessLicences.id),
    dwellingId: uuid('dwelling_id'),
    coordinatorId: uuid('coordinator_id'),
  },
  (t) => [
    index('small_premises_licence').on(t.licenceId, t.id),
    index('small_premises_dwelling').on(t.dwellingId, t.id),
    index('small_premises_coordinator').on(t.coordinatorId, t.id),
    ...placeIndexes(t, t.kind),
  ],
);

/** Markets (dossier §3.11 Market), published. */
export const markets = table(
  'markets',
  {
    name: text('name').notNull(),
    ...address(),
    ...territory(),
    stalls: integer('stalls'),
    coordinatorId: uuid('coordinator_id'),
  },
  (t) => [
    check('markets_stalls', sql`${t.stalls} >= 0`),
    ...placeIndexes(t, t.name),
    index('markets_name').on(t.name, t.id),
    index('markets_stalls_order').on(t.stalls, t.id),
    index('markets_coordinator').on(t.coordinatorId, t.id),
  ],
);

/** Routine inspections of premises and markets (dossier §3.11 PremisesInspection). */
export const premisesInspections = table(
  'premises_inspections',
  {
    ...place(),
    occurredOn: day('occurred_on').notNull(),
    assistedById: uuid('assisted_by_id'),
    findings: text('findings').array().notNull(),
    ...rectification(),
  },
  (t) => [
    placeCheck('premises_inspections_place', t),
    findingsCheck('premises_inspections_findings', t.findings, codesOf('PremisesFinding')),
    rectificationCheck('premises_inspections_rectify', t.occurredOn, t),
    index('premises_inspections_premises').on(t.premisesId, t.occurredOn, t.id),
    index('premises_inspections_market').on(t.marketId, t.occurredOn, t.id),
    index('premises_inspections_assisted').on(t.assistedById, t.occurredOn, t.id),
    ...placeIndexes(t, t.occurredOn),
    index('premises_inspections_occurred').on(t.occurredOn, t.id),
    index('premises_inspections_rectify_order').on(t.rectifyBy, t.id),
  ],
);
