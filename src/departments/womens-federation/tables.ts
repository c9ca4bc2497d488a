import { sql } from 'drizzle-orm';
import { boolean, check, index, text, uuid } from 'drizzle-orm/pg-core';
import { allOf, oneOf } from '../../store/code-check.ts';
import { day } from '../../store/columns.ts';
import { codesOf } from '../enum-codes.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('womens_federation');

/** The states of the generic case machine in which such a case can be. */
const clientLed = [
  'ACCEPTED',
  'INVESTIGATING',
  'SUSPENDED',
  'MEDIATING',
  'AGREED',
  'EXECUTING',
  'CLOSED',
  'REOPENED',
  'WITHDRAWN',
];

/**
 * Women's rights cases (dossier §3.14 WomenRightsCase). The shield takes effect by the flag that each register
 * carries of a person, which gives no reason (§6.3).
 */
export const womenRightsCases = table(
  'women_rights_cases',
  {
    caseNo: text('case_no').notNull().unique(),
    clientId: uuid('client_id').notNull(),
    kind: code('kind', 'RightsCaseKind').notNull(),
    services: text('services').array().notNull(),
    safeContactName: text('safe_contact_name'),
    safeContactRelation: text('safe_contact_relation'),
    safeContactPhone: text('safe_contact_phone'),
    addressShield: boolean('address_shield').notNull().default(false),
    referredToId: text('referred_to_id'),
    referralConsentOn: day('referral_consent_on'),
    openedOn: day('opened_on').notNull(),
    closedOn: day('closed_on'),
    status: text('status').notNull().default('ACCEPTED'),
    outcome: code('outcome', 'RightsCaseOutcome'),
  },
  (t) => [
    check(
      'women_rights_cases_services',
      sql`${allOf(t.services, codesOf('RightsService'))} and cardinality(${t.services}) >= 1`,
    ),
    // Nobody is referred without her consent.
    check(
      'women_rights_cases_referral_consented',
      sql`(${t.referredToId} is null) = (${t.referralConsentOn} is null)`,
    ),
    check('women_rights_cases_referred_to', sql`${t.referredToId} in ('PT-JUS', 'PT-LSS', 'PT-PSB')`),
    check('women_rights_cases_term', sql`${t.openedOn} <= ${t.closedOn}`),
    // The client leads each step, so nobody decides for her (dossier §5.4).
    check('women_rights_cases_status_code', oneOf(t.status, clientLed)),
    check(
      'women_rights_cases_closed',
      sql`(${t.status} in ('CLOSED', 'WITHDRAWN')) = (${t.closedOn} is not null)`,
    ),
    check('women_rights_cases_outcome_of_closed', sql`${t.outcome} is null or ${t.closedOn} is not null`),
    index('women_rights_cases_client').on(t.clientId, t.id),
    index('women_rights_cases_opened').on(t.openedOn, t.id),
  ],
);
