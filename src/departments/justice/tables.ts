import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { day } from '../../store/columns.ts';
import { decision, decisionCheck, place, placeCheck } from '../../store/value-columns.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('justice');

export interface StoredParty {
  readonly kind: 'PERSON' | 'ORGANISATION';
  readonly name: string;
  readonly identityNumber: string | null;
  readonly phone: string | null;
}

/** Mediation (dossier §3.13 MediationCase, states §5.4); the territory is the committee's. */
export const mediationCases = table(
  'mediation_cases',
  {
    caseNo: text('case_no').notNull().unique(),
    committeeId: text('committee_id').notNull(),
    subdistrictCode: text('subdistrict_code').notNull(),
    kind: code('kind', 'DisputeKind').notNull(),
    parties: jsonb('parties').$type<readonly StoredParty[]>().notNull(),
    acceptedOn: day('accepted_on'),
    result: code('result', 'MediationResult'),
    agreementNo: text('agreement_no'),
    closedOn: day('closed_on'),
    status: code('status', 'MediationStatus').notNull().default('REPORTED'),
  },
  (t) => [
    check(
      'mediation_cases_committee_of_place',
      sql`${t.committeeId} = 'PT-SUB-' || substr(${t.subdistrictCode}, 7, 3)`,
    ),
    check('mediation_cases_two_parties', sql`jsonb_array_length(${t.parties}) >= 2`),
    // Withdrawn before it was accepted, it closes without that day.
    check(
      'mediation_cases_accepted_has_day',
      sql`${t.status} = 'REPORTED' or (${t.status} = 'CLOSED' and ${t.result} = 'WITHDRAWN') or ${t.acceptedOn} is not null`,
    ),
    check('mediation_cases_term', sql`${t.acceptedOn} <= ${t.closedOn}`),
    check('mediation_cases_closed', sql`(${t.status} = 'CLOSED') = (${t.closedOn} is not null)`),
    check('mediation_cases_closed_has_result', sql`${t.closedOn} is null or ${t.result} is not null`),
    check(
      'mediation_cases_agreement',
      sql`${t.agreementNo} is null or coalesce(${t.result} = 'AGREED', false)`,
    ),
    index('mediation_cases_subdistrict').on(t.subdistrictCode, t.acceptedOn, t.id),
    index('mediation_cases_accepted').on(t.acceptedOn, t.id),
  ],
);

/** Legal aid (dossier §3.13 LegalAidCase, states §5.4). */
export const legalAidCases = table(
  'legal_aid_cases',
  {
    caseNo: text('case_no').notNull().unique(),
    applicantId: uuid('applicant_id').notNull(),
    matter: code('matter', 'LegalAidMatter').notNull(),
    hardshipProof: boolean('hardship_proof').notNull(),
    ...decision(),
    lawyer: text('lawyer'),
    appliedOn: day('applied_on').notNull(),
    assignedOn: day('assigned_on'),
    closedOn: day('closed_on'),
    outcome: code('outcome', 'LegalAidOutcome'),
    opponentUnitId: text('opponent_unit_id'),
    status: code('status', 'LegalAidStatus').notNull().default('APPLIED'),
  },
  (t) => [
    check('legal_aid_cases_days', sql`${t.appliedOn} <= ${t.assignedOn} and ${t.appliedOn} <= ${t.closedOn}`),
    check(
      'legal_aid_cases_assigned',
      sql`(${t.lawyer} is null) = (${t.assignedOn} is null) and (${t.status} <> 'ASSIGNED' or ${t.lawyer} is not null)`,
    ),
    check('legal_aid_cases_closed', sql`(${t.status} = 'CLOSED') = (${t.closedOn} is not null)`),
    decisionCheck('legal_aid_cases_decision_complete', t, sql`${t.status} = 'REFUSED'`),
    // The unit on the other side never sees the case: one against the bureau itself is another bureau's to keep.
    check('legal_aid_cases_opponent_is_another', sql`${t.opponentUnitId} <> 'PT-JUS'`),
    index('legal_aid_cases_applicant').on(t.applicantId, t.id),
    index('legal_aid_cases_applied').on(t.appliedOn, t.id),
  ],
);

/** Events of legal education (dossier §3.13 LegalEducationActivity), published. */
export const legalEducationActivities = table(
  'legal_education_activities',
  {
    topic: code('topic', 'LegalTopic').notNull(),
    ...place(),
    occurredOn: day('occurred_on').notNull(),
    attendance: integer('attendance'),
  },
  (t) => [
    placeCheck('legal_education_activities_place', t),
    check('legal_education_activities_attendance', sql`${t.attendance} >= 0`),
    index('legal_education_activities_occurred').on(t.occurredOn, t.id),
  ],
);
