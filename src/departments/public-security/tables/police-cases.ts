import { sql } from 'drizzle-orm';
import { boolean, check, index, text, uuid } from 'drizzle-orm/pg-core';
import { belongsTo, day } from '../../../store/columns.ts';
import { decision } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';
import { migrants } from './migrants.ts';

const table = recordTables('public_security');

/**
 * A case accepted under law (dossier §3.1 PoliceCase): no row without number, legal basis and day of acceptance.
 * It has no territory columns on purpose: a case is the handling station's, not a neighbourhood's.
 */
export const policeCases = table(
  'police_cases',
  {
    caseNo: text('case_no').notNull().unique(),
    kind: code('kind', 'PoliceCaseKind').notNull(),
    category: text('category').notNull(),
    legalBasis: text('legal_basis').notNull(),
    acceptedOn: day('accepted_on').notNull(),
    stationId: text('station_id').notNull(),
    occurredSubdistrict: text('occurred_subdistrict').notNull(),
    status: code('status', 'PoliceCaseStatus').notNull().default('ACCEPTED'),
    ...decision(),
    closedOn: day('closed_on'),
  },
  (t) => [
    check('police_cases_case_no_form', sql`${t.caseNo} ~ '^PT-(PSB|STN)-[0-9-]*[0-9]{4}-[0-9]{5}$'`),
    // The statute and its article, never free text: PSAPL-49 (治安管理处罚法), CL-264 (刑法).
    check('police_cases_category_form', sql`${t.category} ~ '^[A-Z]{2,6}-[0-9]{1,3}(-[0-9]{1,2})?$'`),
    check('police_cases_legal_basis_given', sql`btrim(${t.legalBasis}) <> ''`),
    check('police_cases_station_form', sql`${t.stationId} ~ '^PT-(PSB|STN-[0-9]{3}-[0-9]+)$'`),
    check('police_cases_subdistrict_form', sql`${t.occurredSubdistrict} ~ '^310107[0-9]{3}$'`),
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

/** A person's part in a case (dossier §3.1 PoliceCaseParty); `migrantId` is null for people not registered. */
export const policeCaseParties = table(
  'police_case_parties',
  {
    policeCaseId: belongsTo('police_case_id', () => policeCases.id),
    migrantId: uuid('migrant_id').references(() => migrants.id),
    role: code('role', 'PartyRole').notNull(),
    minor: boolean('minor').notNull(),
  },
  (t) => [
    // By case only: there is no way from a person to the cases (dossier §6.6), so no index makes one cheap.
    index('police_case_parties_case').on(t.policeCaseId, t.id),
  ],
);
