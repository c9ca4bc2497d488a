import { sql } from 'drizzle-orm';
import { check, index, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, provenance } from '../../../store/columns.ts';
import {
  decision,
  decisionCheck,
  party,
  partyCheck,
  place,
  placeCheck,
  placeIndexes,
} from '../../../store/value-columns.ts';
import { caseStates } from '../../case-states.ts';
import { codes } from '../codes.ts';
import { commerce } from '../pg-schema.ts';

/** Cases against illegal business (dossier §3.11 AicEnforcementCase, states §5.4: no mediation). */
export const commerceCases = commerce.table(
  'commerce_cases',
  {
    id: uuid('id').primaryKey(),
    caseNo: text('case_no').notNull().unique(),
    kind: text('kind').notNull(),
    ...party('subject'),
    ...place(),
    acceptedOn: day('accepted_on').notNull(),
    ...decision(),
    status: text('status').notNull().default('ACCEPTED'),
    ...party('informant'),
    // Units to which the case was referred or that review its decision: it is among their own.
    jointUnits: text('joint_units').array().notNull().default([]),
    ...provenance(),
  },
  (t) => [
    check('commerce_cases_kind_code', oneOf(t.kind, codes.CommerceCaseKind)),
    check('commerce_cases_subject_given', sql`${t.subjectName} is not null`),
    partyCheck('commerce_cases_subject', t.subjectKind, t.subjectName),
    partyCheck('commerce_cases_informant', t.informantKind, t.informantName),
    placeCheck('commerce_cases_place', t),
    check(
      'commerce_cases_status_code',
      oneOf(
        t.status,
        caseStates.filter((s) => s !== 'MEDIATING' && s !== 'AGREED'),
      ),
    ),
    decisionCheck(
      'commerce_cases_decision_complete',
      t,
      sql`${t.status} in ('DECIDED', 'EXECUTING', 'UNDER_REMEDY')`,
    ),
    ...placeIndexes('commerce_cases', t, t.acceptedOn),
    index('commerce_cases_accepted').on(t.acceptedOn, t.id),
  ],
);
