import { sql } from 'drizzle-orm';
import { check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, provenance, territory } from '../../../store/columns.ts';
import {
  address,
  findingsCheck,
  place,
  placeCheck,
  placeIndexes,
  rectification,
  rectificationCheck,
} from '../../../store/value-columns.ts';
import { codes } from '../codes.ts';
import { commerce } from '../pg-schema.ts';
import { businessLicences } from './licences.ts';

/** Small premises (dossier §3.11 SmallPremises, kinds A.9). */
export const smallPremises = commerce.table(
  'small_premises',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').notNull(),
    ...address(),
    ...territory(),
    licenceId: uuid('licence_id').references(() => businessLicences.id),
    dwellingId: uuid('dwelling_id'),
    coordinatorId: uuid('coordinator_id'),
    ...provenance(),
  },
  (t) => [
    check('small_premises_kind_code', oneOf(t.kind, codes.SmallPremisesKind)),
    index('small_premises_licence').on(t.licenceId, t.id),
    index('small_premises_dwelling').on(t.dwellingId, t.id),
    index('small_premises_coordinator').on(t.coordinatorId, t.id),
    ...placeIndexes('small_premises', t, t.kind),
  ],
);

/** Markets (dossier §3.11 Market), published. */
export const markets = commerce.table(
  'markets',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    ...address(),
    ...territory(),
    stalls: integer('stalls'),
    coordinatorId: uuid('coordinator_id'),
    ...provenance(),
  },
  (t) => [
    check('markets_stalls', sql`${t.stalls} >= 0`),
    ...placeIndexes('markets', t, t.name),
    index('markets_name').on(t.name, t.id),
    index('markets_stalls_order').on(t.stalls, t.id),
    index('markets_coordinator').on(t.coordinatorId, t.id),
  ],
);

/** Routine inspections of premises and markets (dossier §3.11 PremisesInspection). */
export const premisesInspections = commerce.table(
  'premises_inspections',
  {
    id: uuid('id').primaryKey(),
    ...place(),
    occurredOn: day('occurred_on').notNull(),
    assistedById: uuid('assisted_by_id'),
    findings: text('findings').array().notNull(),
    ...rectification(),
    ...provenance(),
  },
  (t) => [
    placeCheck('premises_inspections_place', t),
    findingsCheck('premises_inspections_findings', t.findings, codes.PremisesFinding),
    rectificationCheck('premises_inspections_rectify', t.occurredOn, t),
    index('premises_inspections_premises').on(t.premisesId, t.occurredOn, t.id),
    index('premises_inspections_market').on(t.marketId, t.occurredOn, t.id),
    index('premises_inspections_assisted').on(t.assistedById, t.occurredOn, t.id),
    ...placeIndexes('premises_inspections', t, t.occurredOn),
    index('premises_inspections_occurred').on(t.occurredOn, t.id),
    index('premises_inspections_rectify_order').on(t.rectifyBy, t.id),
  ],
);
