import { sql } from 'drizzle-orm';
import { check, index, text } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day } from '../../../store/columns.ts';
import {
  decision,
  decisionCheck,
  party,
  partyCheck,
  place,
  placeCheck,
  placeIndexes,
} from '../../../store/value-columns.ts';
import { codesOf } from '../../enum-codes.ts';
import { recordTables } from '../../record-table.ts';

const table = recordTables('health');

/** Practice without a licence (dossier §3.7 UnlicensedPracticeCase, states §5.4: no mediation). */
export const unlicensedPracticeCases = table(
  'unlicensed_practice_cases',
  {
    caseNo: text('case_no').notNull().unique(),
    ...place(),
    acceptedOn: day('accepted_on'),
    ...party('operator'),
    ...decision(),
    status: text('status').notNull().default('ACCEPTED'),
    // Units to which the case was referred or that review its decision: it is among their own.
    jointUnits: text('joint_units').array().notNull().default([]),
  },
  (t) => [
    placeCheck('unlicensed_practice_cases_place', t),
    partyCheck('unlicensed_practice_cases_operator', t.operatorKind, t.operatorName),
    check(
      'unlicensed_practice_cases_status_code',
      oneOf(
        t.status,
        codesOf('CaseStatus').filter((s) => s !== 'MEDIATING' && s !== 'AGREED' && s !== 'WITHDRAWN'),
      ),
    ),
    check(
      'unlicensed_practice_cases_accepted_has_day',
      sql`${t.status} in ('REPORTED', 'SCREENING', 'NOT_ACCEPTED', 'TRANSFERRED') or ${t.acceptedOn} is not null`,
    ),
    decisionCheck(
      'unlicensed_practice_cases_decision_complete',
      t,
      sql`${t.status} in ('DECIDED', 'EXECUTING', 'UNDER_REMEDY')`,
    ),
    ...placeIndexes(t, t.acceptedOn),
    index('unlicensed_practice_cases_dwelling').on(t.dwellingId),
    index('unlicensed_practice_cases_accepted').on(t.acceptedOn, t.id),
  ],
);
