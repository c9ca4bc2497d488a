import { sql } from 'drizzle-orm';
import { check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { belongsTo, day, money, shield, territory } from '../../../store/columns.ts';
import { placeIndexes } from '../../../store/value-columns.ts';
import { recordTables } from '../../record-table.ts';
import { constructionEnterprises } from './enterprises.ts';
import { constructionSites } from './sites.ts';

const table = recordTables('construction');

/** States of a site dispute (dossier §5.4): mediated, or handed on to the labour bureau. */
const disputeStates = ['REPORTED', 'MEDIATING', 'AGREED', 'EXECUTING', 'CLOSED', 'TRANSFERRED'];

/** Disputes about wages (dossier §3.10 SiteWageDispute); the territory is the site's. */
export const siteWageDisputes = table(
  'site_wage_disputes',
  {
    siteId: belongsTo('site_id', () => constructionSites.id),
    enterpriseId: belongsTo('enterprise_id', () => constructionEnterprises.id),
    workerCount: integer('worker_count').notNull(),
    amountClaimed: money('amount_claimed'),
    amountPaid: money('amount_paid'),
    reportedOn: day('reported_on').notNull(),
    mediatedOn: day('mediated_on'),
    status: text('status').notNull().default('REPORTED'),
    transferredToId: uuid('transferred_to_id'),
    // Units to which the dispute was referred: it is among their own.
    referredToUnits: text('referred_to_units').array().notNull().default([]),
    ...territory(),
  },
  (t) => [
    check('site_wage_disputes_workers', sql`${t.workerCount} >= 1`),
    check(
      'site_wage_disputes_amounts',
      sql`${t.amountClaimed} >= 0 and ${t.amountPaid} between 0 and ${t.amountClaimed}`,
    ),
    check('site_wage_disputes_mediated', sql`${t.reportedOn} <= ${t.mediatedOn}`),
    check('site_wage_disputes_status_code', oneOf(t.status, disputeStates)),
    check(
      'site_wage_disputes_transferred',
      sql`(${t.status} = 'TRANSFERRED') = (${t.transferredToId} is not null) and (${t.transferredToId} is null or 'PT-LSS' = any(${t.referredToUnits}))`,
    ),
    index('site_wage_disputes_site').on(t.siteId, t.reportedOn, t.id),
    ...placeIndexes(t, t.reportedOn),
    index('site_wage_disputes_transferred').on(t.transferredToId),
    index('site_wage_disputes_reported').on(t.reportedOn, t.id),
    index('site_wage_disputes_claimed_order').on(t.amountClaimed, t.id),
  ],
);

/** The workers of a dispute: hidden from the enterprise and every viewer who sees the dispute masked. */
export const disputeWorkers = table(
  'dispute_workers',
  {
    disputeId: belongsTo('dispute_id', () => siteWageDisputes.id),
    personId: uuid('person_id').notNull(),
    ...shield(),
  },
  (t) => [
    unique('dispute_workers_once').on(t.disputeId, t.personId),
    index('dispute_workers_person').on(t.personId),
  ],
);
