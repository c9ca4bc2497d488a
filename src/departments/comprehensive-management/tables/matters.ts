import { sql } from 'drizzle-orm';
import { check, index, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, provenance } from '../../../store/columns.ts';
import { impersonal } from '../../../store/free-text.ts';
import { place, placeCheck, placeIndexes } from '../../../store/value-columns.ts';
import { codes } from '../codes.ts';
import { comprehensiveManagement } from '../pg-schema.ts';

/** Problems of places that units solve together (dossier §3.12 GovernanceMatter). */
export const governanceMatters = comprehensiveManagement.table(
  'governance_matters',
  {
    id: uuid('id').primaryKey(),
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    ...place(),
    subdistrictCode: text('subdistrict_code').notNull(),
    participantCodes: text('participant_codes').array().notNull(),
    leadId: text('lead_id').notNull(),
    status: text('status').notNull().default('OPEN'),
    openedOn: day('opened_on').notNull(),
    closedOn: day('closed_on'),
    ...provenance(),
  },
  (t) => [
    check('governance_matters_title_impersonal', impersonal(t.title)),
    check('governance_matters_place_impersonal', impersonal(t.placeName)),
    check('governance_matters_kind_code', oneOf(t.kind, codes.GovernanceMatterKind)),
    placeCheck('governance_matters_place', t),
    check('governance_matters_lead_takes_part', sql`${t.leadId} = any(${t.participantCodes})`),
    check('governance_matters_status_code', oneOf(t.status, codes.MatterStatus)),
    check('governance_matters_closed_has_day', sql`(${t.status} = 'CLOSED') = (${t.closedOn} is not null)`),
    check('governance_matters_term', sql`${t.openedOn} <= ${t.closedOn}`),
    ...placeIndexes('governance_matters', t, t.openedOn),
    index('governance_matters_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('governance_matters_dwelling').on(t.dwellingId, t.openedOn, t.id),
    index('governance_matters_premises').on(t.premisesId, t.openedOn, t.id),
    index('governance_matters_participants').using('gin', t.participantCodes),
    index('governance_matters_opened').on(t.openedOn, t.id),
    index('governance_matters_title').on(t.title, t.id),
  ],
);

/** What a unit is to do in a matter (dossier §3.12 MatterAction). */
export const governanceActions = comprehensiveManagement.table(
  'governance_actions',
  {
    id: uuid('id').primaryKey(),
    matterId: uuid('matter_id')
      .notNull()
      .references(() => governanceMatters.id),
    unitId: text('unit_id').notNull(),
    what: text('what').notNull(),
    dueOn: day('due_on').notNull(),
    doneOn: day('done_on'),
    ...provenance(),
  },
  (t) => [
    check('governance_actions_what_impersonal', impersonal(t.what, 300)),
    index('governance_actions_matter').on(t.matterId, t.dueOn, t.id),
    index('governance_actions_due').on(t.dueOn, t.id),
  ],
);
