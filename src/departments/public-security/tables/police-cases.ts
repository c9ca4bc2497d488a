import { sql } from 'drizzle-orm';
import { boolean, check, date, index, text, uuid } from 'drizzle-orm/pg-core';
import { provenance } from '../../../store/columns.ts';
import * as codes from '../codes.ts';
import { publicSecurity } from '../pg-schema.ts';
import { migrants } from './migrants.ts';

/**
 * A case accepted under law (dossier §3.1 PoliceCase): no row without number, legal basis and day of acceptance.
 * It has no territory columns on purpose: a case is the handling station's, not a neighbourhood's.
 */
export const policeCases = publicSecurity.table(
  'police_cases',
  {
    id: uuid('id').primaryKey(),
    caseNo: text('case_no').notNull().unique(),
    kind: text('kind', { enum: codes.policeCaseKinds }).notNull(),
    category: text('category').notNull(),
    legalBasis: text('legal_basis').notNull(),
    acceptedOn: date('accepted_on', { mode: 'string' }).notNull(),
    stationId: text('station_id').notNull(),
    occurredSubdistrict: text('occurred_subdistrict').notNull(),
    status: text('status', { enum: codes.policeCaseStatuses }).notNull().default('ACCEPTED'),
    decisionLegalBasis: text('decision_legal_basis'),
    decisionReasons: text('decision_reasons'),
    decisionDecidedBy: text('decision_decided_by'),
    decisionDecidedOn: date('decision_decided_on', { mode: 'string' }),
    decisionRemedyNotice: text('decision_remedy_notice'),
    closedOn: date('closed_on', { mode: 'string' }),
    ...provenance(),
  },
  (t) => [
    check('police_cases_case_no_form', sql`${t.caseNo} ~ '^PT-(PSB|STN)-[0-9-]*[0-9]{4}-[0-9]{5}$'`),
    check('police_cases_kind_code', codes.oneOf(t.kind, codes.policeCaseKinds)),
    // The statute and its article, never free text: PSAPL-49 (治安管理处罚法), CL-264 (刑法).
    check('police_cases_category_form', sql`${t.category} ~ '^[A-Z]{2,6}-[0-9]{1,3}(-[0-9]{1,2})?$'`),
    check('police_cases_legal_basis_given', sql`btrim(${t.legalBasis}) <> ''`),
    check('police_cases_station_form', sql`${t.stationId} ~ '^PT-(PSB|STN-[0-9]{3}-[0-9]+)$'`),
    check('police_cases_subdistrict_form', sql`${t.occurredSubdistrict} ~ '^310107[0-9]{3}$'`),
    check('police_cases_status_code', codes.oneOf(t.status, codes.policeCaseStatuses)),
    check(
      'police_cases_decision_complete',
      sql`num_nonnulls(${t.decisionLegalBasis}, ${t.decisionReasons}, ${t.decisionDecidedBy}, ${t.decisionDecidedOn}, ${t.decisionRemedyNotice}) in (0, 5)`,
    ),
    check(
      'police_cases_decided_has_decision',
      sql`${t.status} not in ('DECIDED', 'UNDER_REMEDY', 'EXECUTING') or ${t.decisionDecidedOn} is not null`,
    ),
    check('police_cases_decided_after_acceptance', sql`${t.decisionDecidedOn} >= ${t.acceptedOn}`),
    check('police_cases_closed_after_acceptance', sql`${t.closedOn} >= ${t.acceptedOn}`),
    check('police_cases_closed_on', sql`(${t.status} = 'CLOSED') = (${t.closedOn} is not null)`),
    index('police_cases_station').on(t.stationId, t.acceptedOn, t.id),
    index('police_cases_accepted').on(t.acceptedOn, t.id),
    index('police_cases_closed').on(t.closedOn, t.id),
  ],
);

/** A person's part in a case (dossier §3.1 PoliceCaseParty); `personId` is null for people not registered. */
export const policeCaseParties = publicSecurity.table(
  'police_case_parties',
  {
    id: uuid('id').primaryKey(),
    policeCaseId: uuid('police_case_id')
      .notNull()
      .references(() => policeCases.id),
    personId: uuid('person_id').references(() => migrants.id),
    role: text('role', { enum: codes.partyRoles }).notNull(),
    minor: boolean('minor').notNull(),
    ...provenance(),
  },
  (t) => [
    check('police_case_parties_role_code', codes.oneOf(t.role, codes.partyRoles)),
    // By case only: there is no way from a person to the cases (dossier §6.6), so no index makes one cheap.
    index('police_case_parties_case').on(t.policeCaseId, t.id),
  ],
);
