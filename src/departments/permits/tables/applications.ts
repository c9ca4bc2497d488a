import { sql } from 'drizzle-orm';
import { check, date, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { personTerritory, provenance } from '../../../store/columns.ts';
import * as codes from '../codes.ts';
import { permits } from '../pg-schema.ts';

/** An application for a residence permit (dossier §3.2 PermitApplication, states §5.1). */
export const permitApplications = permits.table(
  'permit_applications',
  {
    id: uuid('id').primaryKey(),
    applicationNo: text('application_no').notNull().unique(),
    applicantId: uuid('applicant_id').notNull(),
    permitType: text('permit_type', { enum: codes.permitTypes }).notNull(),
    action: text('action', { enum: codes.permitActions }).notNull(),
    principalId: uuid('principal_id'),
    acceptedAtUnit: text('accepted_at_unit').notNull(),
    status: text('status', { enum: codes.applicationStatuses }).notNull().default('DRAFT'),
    submittedOn: date('submitted_on', { mode: 'string' }),
    acceptedOn: date('accepted_on', { mode: 'string' }),
    dueOn: date('due_on', { mode: 'string' }),
    decidedOn: date('decided_on', { mode: 'string' }),
    // The day of the final state: the window's file stays in reach for 30 days from it (dossier §6.3).
    closedOn: date('closed_on', { mode: 'string' }),
    decisionLegalBasis: text('decision_legal_basis'),
    decisionReasons: text('decision_reasons'),
    decisionDecidedBy: text('decision_decided_by'),
    decisionDecidedOn: date('decision_decided_on', { mode: 'string' }),
    decisionRemedyNotice: text('decision_remedy_notice'),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    // 310107, unit, day, serial from 0001 (dossier B.4).
    check(
      'permit_applications_no_form',
      sql`${t.applicationNo} ~ '^310107[0-9]{15}$' and right(${t.applicationNo}, 4) <> '0000'`,
    ),
    check('permit_applications_type_code', codes.oneOf(t.permitType, codes.permitTypes)),
    check('permit_applications_action_code', codes.oneOf(t.action, codes.permitActions)),
    check('permit_applications_status_code', codes.oneOf(t.status, codes.applicationStatuses)),
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
    check('permit_applications_due_after_acceptance', sql`${t.dueOn} >= ${t.acceptedOn}`),
    check('permit_applications_accepted_has_due_day', sql`(${t.acceptedOn} is null) = (${t.dueOn} is null)`),
    check(
      'permit_applications_closed_in_final_state',
      sql`(${t.status} in (${codes.listOf(codes.finalApplicationStatuses)})) = (${t.closedOn} is not null)`,
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
    index('permit_applications_subdistrict').on(t.subdistrictCode, t.submittedOn, t.id),
    index('permit_applications_station').on(t.stationCode, t.submittedOn, t.id),
    index('permit_applications_submitted').on(t.submittedOn, t.id),
    index('permit_applications_due').on(t.dueOn, t.id),
  ],
);

/** A material that an application needs (dossier §3.2 ApplicationMaterial). */
export const applicationMaterials = permits.table(
  'application_materials',
  {
    id: uuid('id').primaryKey(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => permitApplications.id),
    kind: text('kind', { enum: codes.materialKinds }).notNull(),
    state: text('state', { enum: codes.materialStates }).notNull().default('REQUIRED'),
    fileRef: text('file_ref'),
    note: text('note'),
    ...provenance(),
  },
  (t) => [
    check('application_materials_kind_code', codes.oneOf(t.kind, codes.materialKinds)),
    check('application_materials_state_code', codes.oneOf(t.state, codes.materialStates)),
    check('application_materials_note_length', sql`char_length(${t.note}) <= 500`),
    index('application_materials_application').on(t.applicationId, t.id),
  ],
);

/**
 * A department's opinion on an application (dossier §3.2 DepartmentOpinion). It carries the application's window
 * and closing day: an opinion is not in the reach of everybody who reaches the application, so its scope cannot
 * be the application's.
 */
export const departmentOpinions = permits.table(
  'department_opinions',
  {
    id: uuid('id').primaryKey(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => permitApplications.id),
    // Of the application: whom the author is asked about.
    applicantId: uuid('applicant_id').notNull(),
    kind: text('kind', { enum: codes.opinionKinds }).notNull(),
    authorUnit: text('author_unit').notNull(),
    result: text('result', { enum: codes.opinionResults }).notNull().default('PENDING'),
    reason: text('reason'),
    givenBy: text('given_by'),
    givenOn: date('given_on', { mode: 'string' }),
    dueOn: date('due_on', { mode: 'string' }),
    windowUnit: text('window_unit').notNull(),
    windowClosedOn: date('window_closed_on', { mode: 'string' }),
    ...provenance(),
  },
  (t) => [
    check('department_opinions_kind_code', codes.oneOf(t.kind, codes.opinionKinds)),
    check('department_opinions_result_code', codes.oneOf(t.result, codes.opinionResults)),
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
