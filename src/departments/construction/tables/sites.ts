import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { belongsTo, day, money, territory } from '../../../store/columns.ts';
import {
  address,
  decision,
  decisionCheck,
  findingsCheck,
  placeIndexes,
  rectification,
  rectificationCheck,
} from '../../../store/value-columns.ts';
import { codesOf } from '../../enum-codes.ts';
import { code, recordTables } from '../../record-table.ts';
import { constructionEnterprises } from './enterprises.ts';

const table = recordTables('construction');

/** Building sites (dossier §3.10 ConstructionSite). */
export const constructionSites = table(
  'construction_sites',
  {
    siteNo: text('site_no').notNull().unique(),
    name: text('name').notNull(),
    ...address(),
    ...territory(),
    generalContractorId: belongsTo('general_contractor_id', () => constructionEnterprises.id),
    startsOn: day('starts_on').notNull(),
    plannedEndOn: day('planned_end_on'),
    status: code('status', 'SiteStatus').notNull(),
    migrantWorkers: integer('migrant_workers'),
    wageGuaranteeBalance: money('wage_guarantee_balance'),
    coordinatorId: uuid('coordinator_id'),
  },
  (t) => [
    check('construction_sites_term', sql`${t.startsOn} <= ${t.plannedEndOn}`),
    check('construction_sites_counts', sql`${t.migrantWorkers} >= 0 and ${t.wageGuaranteeBalance} >= 0`),
    index('construction_sites_contractor').on(t.generalContractorId, t.id),
    ...placeIndexes(t, t.startsOn),
    index('construction_sites_coordinator').on(t.coordinatorId, t.id),
    index('construction_sites_name').on(t.name, t.id),
    index('construction_sites_starts').on(t.startsOn, t.id),
    index('construction_sites_ends').on(t.plannedEndOn, t.id),
    index('construction_sites_workers_order').on(t.migrantWorkers, t.id),
    index('construction_sites_balance_order').on(t.wageGuaranteeBalance, t.id),
  ],
);

const siteId = () => belongsTo('site_id', () => constructionSites.id);

/** Subcontractors of a site. */
export const siteSubcontracts = table(
  'site_subcontracts',
  {
    siteId: siteId(),
    enterpriseId: belongsTo('enterprise_id', () => constructionEnterprises.id),
  },
  (t) => [unique('site_subcontracts_once').on(t.siteId, t.enterpriseId)],
);

/** Safety inspections (dossier §3.10 SafetyInspection); the territory is the site's. */
export const safetyInspections = table(
  'safety_inspections',
  {
    siteId: siteId(),
    occurredOn: day('occurred_on').notNull(),
    officers: text('officers').array().notNull(),
    assistedById: uuid('assisted_by_id'),
    hazards: text('hazards').array().notNull(),
    level: code('level', 'Severity').notNull().default('LOW'),
    stopWork: boolean('stop_work').notNull().default(false),
    ...decision(),
    ...rectification(),
    ...territory(),
  },
  (t) => [
    check('safety_inspections_officers', sql`cardinality(${t.officers}) >= 1`),
    findingsCheck('safety_inspections_hazards', t.hazards, codesOf('SiteHazard')),
    decisionCheck('safety_inspections_stop_decided', t, sql`${t.stopWork}`),
    rectificationCheck('safety_inspections_rectify', t.occurredOn, t),
    index('safety_inspections_site').on(t.siteId, t.occurredOn, t.id),
    ...placeIndexes(t, t.occurredOn),
    index('safety_inspections_assisted').on(t.assistedById, t.occurredOn, t.id),
    index('safety_inspections_occurred').on(t.occurredOn, t.id),
    index('safety_inspections_rectify_order').on(t.rectifyBy, t.id),
  ],
);
