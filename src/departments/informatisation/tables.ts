import { sql } from 'drizzle-orm';
import { check, index, integer, numeric, text, unique, uuid } from 'drizzle-orm/pg-core';
import { belongsTo, day, instant } from '../../store/columns.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('informatisation');

/** Local keys of departments and the persons they stand for (clause ITC-b, dossier §3.20 MigrantCrosswalk). */
export const migrantCrosswalks = table(
  'migrant_crosswalks',
  {
    store: text('store').notNull(),
    // The unit whose store it is: the row is its own.
    storeUnitId: text('store_unit_id').notNull(),
    localKeyHash: text('local_key_hash').notNull(),
    migrantId: uuid('migrant_id').notNull(),
    method: code('method', 'MatchMethod').notNull(),
    confidence: numeric('confidence', { precision: 4, scale: 3 }).notNull(),
    reviewedBy: text('reviewed_by'),
  },
  (t) => [
    // Never a key in clear: it would lead back into the department's store.
    check('migrant_crosswalks_hash_form', sql`${t.localKeyHash} ~ '^[0-9a-f]{64}$'`),
    check('migrant_crosswalks_confidence', sql`${t.confidence} between 0 and 1`),
    check('migrant_crosswalks_exact', sql`${t.method} <> 'EXACT_ID' or ${t.confidence} = 1`),
    check('migrant_crosswalks_manual_reviewed', sql`${t.method} <> 'MANUAL' or ${t.reviewedBy} is not null`),
    unique('migrant_crosswalks_once').on(t.store, t.localKeyHash),
    index('migrant_crosswalks_unit').on(t.storeUnitId, t.id),
    index('migrant_crosswalks_confidence_order').on(t.confidence, t.id),
  ],
);

/** Systems of departments (clause ITC-a, dossier §3.20 SystemRegistry). */
export const informationSystems = table(
  'information_systems',
  {
    name: text('name').notNull().unique(),
    ownerId: text('owner_id').notNull(),
    endpoint: text('endpoint'),
    status: code('status', 'SystemStatus').notNull().default('PLANNED'),
  },
  (t) => [
    // An address, not a way in.
    check(
      'information_systems_endpoint_without_secret',
      sql`${t.endpoint} !~ '(@|[?&](key|token|password)=)'`,
    ),
    index('information_systems_owner').on(t.ownerId, t.id),
  ],
);

/** Exchange between systems (clause ITC-b, dossier §3.20 DataExchangeJob). */
export const dataExchangeJobs = table(
  'data_exchange_jobs',
  {
    fromSystemId: belongsTo('from_system_id', () => informationSystems.id),
    toSystemId: belongsTo('to_system_id', () => informationSystems.id),
    // The owners of both: the job is the own of each.
    ownerCodes: text('owner_codes').array().notNull(),
    schedule: text('schedule').notNull(),
    lastRunAt: instant('last_run_at'),
    rows: integer('rows'),
    result: code('result', 'ExchangeResult'),
  },
  (t) => [
    check('data_exchange_jobs_two_systems', sql`${t.fromSystemId} <> ${t.toSystemId}`),
    check('data_exchange_jobs_schedule_form', sql`${t.schedule} ~ '^[0-9*/,-]+( [0-9*/,-]+){4}$'`),
    check('data_exchange_jobs_rows', sql`${t.rows} >= 0`),
    check('data_exchange_jobs_run', sql`(${t.lastRunAt} is null) = (${t.result} is null)`),
    index('data_exchange_jobs_from').on(t.fromSystemId, t.id),
    index('data_exchange_jobs_to').on(t.toSystemId, t.id),
    index('data_exchange_jobs_last_run').on(t.lastRunAt, t.id),
  ],
);

/** Counts of rows that do not keep a rule (dossier §3.20 DataQualityIssue). */
export const dataQualityIssues = table(
  'data_quality_issues',
  {
    store: text('store').notNull(),
    rule: code('rule', 'QualityRule').notNull(),
    count: integer('count').notNull(),
    ownerUnitId: text('owner_unit_id').notNull(),
    dueOn: day('due_on'),
  },
  (t) => [
    check('data_quality_issues_count', sql`${t.count} >= 0`),
    unique('data_quality_issues_once').on(t.store, t.rule),
    index('data_quality_issues_owner').on(t.ownerUnitId, t.id),
    index('data_quality_issues_due').on(t.dueOn, t.id),
  ],
);
