import { sql } from 'drizzle-orm';
import { check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, instant, provenance } from '../../../store/columns.ts';
import { codes } from '../codes.ts';
import { informatisation } from '../pg-schema.ts';

/** Systems of departments (clause ITC-a, dossier §3.20 SystemRegistry). */
export const informationSystems = informatisation.table(
  'information_systems',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull().unique(),
    ownerId: text('owner_id').notNull(),
    endpoint: text('endpoint'),
    status: text('status').notNull().default('PLANNED'),
    ...provenance(),
  },
  (t) => [
    check('information_systems_status_code', oneOf(t.status, codes.SystemStatus)),
    // An address, not a way in.
    check(
      'information_systems_endpoint_without_secret',
      sql`${t.endpoint} !~ '(@|[?&](key|token|password)=)'`,
    ),
    index('information_systems_owner').on(t.ownerId, t.id),
  ],
);

/** Exchange between systems (clause ITC-b, dossier §3.20 DataExchangeJob). */
export const dataExchangeJobs = informatisation.table(
  'data_exchange_jobs',
  {
    id: uuid('id').primaryKey(),
    fromSystemId: uuid('from_system_id')
      .notNull()
      .references(() => informationSystems.id),
    toSystemId: uuid('to_system_id')
      .notNull()
      .references(() => informationSystems.id),
    // The owners of both: the job is the own of each.
    ownerCodes: text('owner_codes').array().notNull(),
    schedule: text('schedule').notNull(),
    lastRunAt: instant('last_run_at'),
    rows: integer('rows'),
    result: text('result'),
    ...provenance(),
  },
  (t) => [
    check('data_exchange_jobs_two_systems', sql`${t.fromSystemId} <> ${t.toSystemId}`),
    check('data_exchange_jobs_schedule_form', sql`${t.schedule} ~ '^[0-9*/,-]+( [0-9*/,-]+){4}$'`),
    check('data_exchange_jobs_rows', sql`${t.rows} >= 0`),
    check('data_exchange_jobs_result_code', oneOf(t.result, codes.ExchangeResult)),
    check('data_exchange_jobs_run', sql`(${t.lastRunAt} is null) = (${t.result} is null)`),
    index('data_exchange_jobs_from').on(t.fromSystemId, t.id),
    index('data_exchange_jobs_to').on(t.toSystemId, t.id),
    index('data_exchange_jobs_last_run').on(t.lastRunAt, t.id),
  ],
);

/** Counts of rows that do not keep a rule (dossier §3.20 DataQualityIssue). */
export const dataQualityIssues = informatisation.table(
  'data_quality_issues',
  {
    id: uuid('id').primaryKey(),
    store: text('store').notNull(),
    rule: text('rule').notNull(),
    count: integer('count').notNull(),
    ownerUnitId: text('owner_unit_id').notNull(),
    dueOn: day('due_on'),
    ...provenance(),
  },
  (t) => [
    check('data_quality_issues_rule_code', oneOf(t.rule, codes.QualityRule)),
    check('data_quality_issues_count', sql`${t.count} >= 0`),
    unique('data_quality_issues_once').on(t.store, t.rule),
    index('data_quality_issues_owner').on(t.ownerUnitId, t.id),
    index('data_quality_issues_due').on(t.dueOn, t.id),
  ],
);
