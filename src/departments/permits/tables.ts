import { sql } from 'drizzle-orm';
import { check, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { listOf } from '../../store/code-check.ts';
import { belongsTo, day, instant, personTerritory } from '../../store/columns.ts';
import { withoutUnfitWords } from '../../store/free-text.ts';
import { decision, decisionCheck, everyLevel, placeIndexes } from '../../store/value-columns.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('permits');

/** The window's file is closed in these; an unclaimed card can still be handed over for a year. */
const final = ['LAPSED', 'NOT_ACCEPTED', 'REJECTED', 'ISSUED', 'WITHDRAWN'];

/** An application for a residence permit (dossier §3.2 PermitApplication, states §5.1). */
export const permitApplications = table(
  'permit_applications',
  {
    applicationNo: text('application_no').notNull().unique(),
    applicantId: uuid('applicant_id').notNull(),
    permitType: code('permit_type', 'PermitType', 'type_code').notNull(),
    action: code('action', 'PermitAction').notNull(),
    principalId: uuid('principal_id'),
    acceptedAtUnit: text('accepted_at_unit').notNull(),
    status: code('status', 'PermitApplicationStatus').notNull().default('DRAFT'),
    submittedOn: day('submitted_on'),
    // Its 30 days run from here, and it is asked for once.
    supplementRequestedOn: day('supplement_requested_on'),
    acceptedOn: day('accepted_on'),
    dueOn: day('due_on'),
    decidedOn: day('decided_on'),
    readyOn: day('ready_on'),
    // What a reopened application goes back to (dossier §5.1 reopen).
    reviewRef: text('review_ref'),
    // The day of the final state: the window's file stays in reach for 30 days from it (dossier §6.3).
    closedOn: day('closed_on'),
    ...decision(),
    ...personTerritory(),
  },
  (t) => [
    // 310107, unit, day, serial from 0001 (dossier B.4).
    check(
      'permit_applications_no_form',
      sql`${t.applicationNo} ~ '^310107[0-9]{15}$' and right(${t.applicationNo}, 4) <> '0000'`,
    ),
    check(
      'permit_applications_principal_of_dependent',
      sql`${t.principalId} is null or (${t.permitType} = 'DEPENDENT' and ${t.principalId} <> ${t.applicantId})`,
    ),
    check(
      'permit_applications_window',
      sql`case when ${t.permitType} = 'TALENT' then ${t.acceptedAtUnit} = 'PT-PER' else ${t.acceptedAtUnit} ~ '^PT-CAC-[0-9]{3}$' end`,
    ),
    check(
      'permit_applications_dates_in_order',
      sql`${t.submittedOn} <= ${t.acceptedOn} and ${t.acceptedOn} <= ${t.decidedOn} and ${t.submittedOn} <= ${t.decidedOn} and ${t.decidedOn} <= ${t.closedOn} and ${t.submittedOn} <= ${t.closedOn}`,
    ),
    check('permit_applications_review_ref_length', sql`char_length(${t.reviewRef}) between 1 and 100`),
    check('permit_applications_due_after_acceptance', sql`${t.dueOn} >= ${t.acceptedOn}`),
    check('permit_applications_accepted_has_due_day', sql`(${t.acceptedOn} is null) = (${t.dueOn} is null)`),
    check(
      'permit_applications_closed_in_final_state',
      sql`(${t.status} in (${listOf(final)})) = (${t.closedOn} is not null)`,
    ),
    // Legal basis, reasons, who, day and remedy, all or none (clause LAO-a).
    check(
      'permit_applications_decision_complete',
      sql`num_nonnulls(${t.decisionLegalBasis}, ${t.decisionReasons}, ${t.decisionDecidedBy}, ${t.decisionDecidedOn}, ${t.decisionRemedyNotice}) in (0, 5)`,
    ),
    check(
      'permit_applications_refusal_has_decision',
      sql`${t.status} not in ('REJECTED', 'NOT_ACCEPTED') or ${t.decisionDecidedOn} is not null`,
    ),
    index('permit_applications_applicant').on(t.applicantId, t.submittedOn, t.id),
    index('permit_applications_principal').on(t.principalId, t.id),
    index('permit_applications_window').on(t.acceptedAtUnit, t.closedOn, t.id),
    ...placeIndexes(t, t.submittedOn, everyLevel),
    index('permit_applications_submitted').on(t.submittedOn, t.id),
    index('permit_applications_due').on(t.dueOn, t.id),
  ],
);

/** A material that an application needs (dossier §3.2 ApplicationMaterial). */
export const applicationMaterials = table(
  'application_materials',
  {
    applicationId: belongsTo('application_id', () => permitApplications.id),
    kind: code('kind', 'MaterialKind').notNull(),
    state: code('state', 'MaterialState').notNull().default('REQUIRED'),
    fileRef: text('file_ref'),
    note: text('note'),
  },
  (t) => [
    check('application_materials_note_length', sql`char_length(${t.note}) <= 500`),
    check('application_materials_note_words', withoutUnfitWords(t.note)),
    index('application_materials_application').on(t.applicationId, t.id),
  ],
);

/**
 * A department's opinion on an application (dossier §3.2 DepartmentOpinion). It carries the application's window
 * and closing day: an opinion is not in the reach of everybody who reaches the application, so its scope cannot
 * be the application's.
 */
export const departmentOpinions = table(
  'department_opinions',
  {
    applicationId: belongsTo('application_id', () => permitApplications.id),
    // Of the application: whom the author is asked about.
    applicantId: uuid('applicant_id').notNull(),
    kind: code('kind', 'OpinionKind').notNull(),
    authorUnit: text('author_unit').notNull(),
    result: code('result', 'OpinionResult').notNull().default('PENDING'),
    reason: text('reason'),
    givenBy: text('given_by'),
    givenOn: day('given_on'),
    dueOn: day('due_on'),
    windowUnit: text('window_unit').notNull(),
    windowClosedOn: day('window_closed_on'),
  },
  (t) => [
    // EMPLOYMENT (LSS), CERTIFICATE (FPC, SUB), RESIDENCE (HLR, CAC), ONSITE (STN).
    check(
      'department_opinions_author_of_kind',
      sql`case ${t.kind} when 'EMPLOYMENT' then ${t.authorUnit} = 'PT-LSS' when 'CERTIFICATE' then ${t.authorUnit} ~ '^PT-(FPC|SUB-[0-9]{3})$' when 'RESIDENCE' then ${t.authorUnit} ~ '^PT-(HLR|CAC-[0-9]{3})$' else ${t.authorUnit} ~ '^PT-STN-[0-9]{3}-[0-9]+$' end`,
    ),
    check(
      'department_opinions_refusal_has_reason',
      sql`${t.result} <> 'NOT_SUPPORTED' or btrim(coalesce(${t.reason}, '')) <> ''`,
    ),
    // An overdue opinion becomes NOT_APPLICABLE without anybody having given it.
    check(
      'department_opinions_given_by_somebody',
      sql`case ${t.result} when 'PENDING' then num_nonnulls(${t.givenBy}, ${t.givenOn}) = 0 when 'NOT_APPLICABLE' then true else num_nonnulls(${t.givenBy}, ${t.givenOn}) = 2 end`,
    ),
    uniqueIndex('department_opinions_one_of_a_kind').on(t.applicationId, t.kind),
    index('department_opinions_author').on(t.authorUnit, t.dueOn, t.id),
    index('department_opinions_applicant').on(t.applicantId, t.authorUnit),
  ],
);

/** The permit lost its force on a day of its own, not by the end of its term. */
const ended = ['LOST', 'REPLACED', 'SUSPENDED', 'CANCELLED', 'REVOKED'];

/** Why a permit was cancelled (§5.2): left, household registration gained, death, request. */
const cancelledFor = ['LEFT_SHANGHAI', 'HUKOU_GAINED', 'DEATH', 'HOLDER_REQUEST'];

/**
 * A residence permit (dossier §3.2 ResidencePermit, states §5.2). How long a type runs is dated configuration
 * (dossier A.10), not a check.
 */
export const residencePermits = table(
  'residence_permits',
  {
    permitNo: text('permit_no').notNull().unique(),
    holderId: uuid('holder_id').notNull(),
    type: code('type', 'PermitType').notNull(),
    validFrom: day('valid_from').notNull(),
    validTo: day('valid_to').notNull(),
    status: code('status', 'PermitStatus').notNull().default('ACTIVE'),
    // Since when a permit whose term was still running has had no force; says what isValidOn(date) needs.
    endedOn: day('ended_on'),
    endReason: code('end_reason', 'PermitEventReason'),
    ...decision(),
    registeredDwellingId: uuid('registered_dwelling_id'),
    issuedByUnit: text('issued_by_unit').notNull().default('PT-PSB'),
    ...personTerritory(),
  },
  (t) => [
    check('residence_permits_no_form', sql`${t.permitNo} ~ '^[0-9A-Z]{10,20}$'`),
    check('residence_permits_term', sql`${t.validFrom} <= ${t.validTo}`),
    check(
      'residence_permits_ended_on',
      sql`(${t.status} in (${listOf(ended)})) = (${t.endedOn} is not null) and ${t.endedOn} >= ${t.validFrom}`,
    ),
    // Permits that ended before reasons were kept have none.
    check(
      'residence_permits_reason_of_end',
      sql`${t.endReason} is null or (${t.status} = 'CANCELLED' and ${t.endReason} in (${listOf(cancelledFor)})) or (${t.status} = 'REVOKED' and ${t.endReason} = 'FALSE_MATERIALS')`,
    ),
    decisionCheck('residence_permits_decision_complete', t, sql`false`),
    uniqueIndex('residence_permits_one_active').on(t.holderId).where(sql`${t.status} = 'ACTIVE'`),
    // With what the row scope looks at, so that a look at a person's permits reads the index alone.
    index('residence_permits_holder').on(t.holderId, t.validTo, t.id, t.subdistrictCode, t.shielded),
    index('residence_permits_dwelling').on(t.registeredDwellingId, t.id),
    ...placeIndexes(t, t.validTo, everyLevel),
    index('residence_permits_valid_to').on(t.validTo, t.id),
    // For persons in the order of their permits (src/graph/reads/ordered-walk.ts).
    index('residence_permits_persons').on(t.validTo, t.holderId, t.id, t.shielded),
    index('residence_permits_subdistrict_persons').on(
      t.subdistrictCode,
      t.validTo,
      t.holderId,
      t.id,
      t.shielded,
    ),
    index('residence_permits_valid_from').on(t.validFrom, t.id),
  ],
);

/** What happened to a permit (dossier §3.2 PermitEvent): rows are added, never changed or removed. */
export const permitEvents = table(
  'permit_events',
  {
    permitId: belongsTo('permit_id', () => residencePermits.id),
    kind: code('kind', 'PermitEventKind').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    byUser: text('by_user').notNull(),
    reason: code('reason', 'PermitEventReason'),
  },
  (t) => [
    check(
      'permit_events_cancellation_has_reason',
      sql`${t.kind} <> 'CANCELLED' or coalesce(${t.reason}, '') in (${listOf(cancelledFor)})`,
    ),
    check(
      'permit_events_revocation_has_reason',
      sql`${t.kind} <> 'REVOKED' or coalesce(${t.reason}, '') = 'FALSE_MATERIALS'`,
    ),
    index('permit_events_permit').on(t.permitId, t.occurredAt, t.id),
  ],
);
