import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, numeric, text, unique } from 'drizzle-orm/pg-core';
import type { AssessmentIndicator } from '../../generated/resolvers.ts';
import { listOf } from '../../store/code-check.ts';
import { day } from '../../store/columns.ts';
import { impersonal } from '../../store/free-text.ts';
import { findingsCheck } from '../../store/value-columns.ts';
import { codesOf } from '../enum-codes.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('population_office');

/** One score of an assessment, as it is stored. */
export interface StoredScore {
  readonly indicator: AssessmentIndicator;
  /** Per cent. */
  readonly weight: number;
  /** 0 to 100, one decimal. */
  readonly score: string;
  readonly evidence: string | null;
}

/**
 * Assessments of departments and sub-districts (clause II-2d, dossier §3.18, states §5.6). The weights
 * make a hundred and the total is the weighted scores: a function of the store sums them up.
 */
export const assessments = table(
  'assessments',
  {
    targetId: text('target_id').notNull(),
    period: text('period').notNull(),
    scheme: text('scheme').notNull(),
    selfReport: text('self_report'),
    scores: jsonb('scores').$type<readonly StoredScore[]>().notNull().default([]),
    total: numeric('total', { precision: 5, scale: 2 }),
    scoredOn: day('scored_on'),
    comment: text('comment'),
    status: code('status', 'AssessmentStatus').notNull().default('OPEN'),
    publishedOn: day('published_on'),
  },
  (t) => [
    check('assessments_period_form', sql`${t.period} ~ '^[0-9]{4}(H[12])?$'`),
    check(
      'assessments_indicators_codes',
      sql`jsonb_path_query_array(${t.scores}, '$[*].indicator') <@ to_jsonb(array[${listOf(codesOf('AssessmentIndicator'))}])`,
    ),
    check('assessments_scores_make_total', sql`population_office.scores_make_total(${t.scores}, ${t.total})`),
    check(
      'assessments_scored_has_total',
      sql`${t.status} not in ('SCORED', 'COMMENTED', 'PUBLISHED') or ${t.total} is not null`,
    ),
    check(
      'assessments_words_impersonal',
      sql`(${impersonal(t.selfReport, 2000)}) is not false and (${impersonal(t.comment, 1000)}) is not false`,
    ),
    check('assessments_published_has_day', sql`(${t.status} = 'PUBLISHED') = (${t.publishedOn} is not null)`),
    unique('assessments_once').on(t.targetId, t.period),
    index('assessments_period').on(t.period, t.id),
    index('assessments_total_order').on(t.total, t.id),
  ],
);

/** Policies and how far they are carried out (dossier §3.18 PolicyMeasure). */
export const policyMeasures = table(
  'policy_measures',
  {
    docNo: text('doc_no').unique(),
    title: text('title').notNull(),
    kind: code('kind', 'PolicyKind').notNull(),
    issuedOn: day('issued_on'),
    responsibleCodes: text('responsible_codes').array().notNull(),
    dueOn: day('due_on'),
    progress: integer('progress'),
  },
  (t) => [
    check('policy_measures_responsible', sql`cardinality(${t.responsibleCodes}) >= 1`),
    check('policy_measures_progress', sql`${t.progress} between 0 and 100`),
    check('policy_measures_term', sql`${t.issuedOn} <= ${t.dueOn}`),
    index('policy_measures_issued').on(t.issuedOn, t.id),
    index('policy_measures_due').on(t.dueOn, t.id),
  ],
);

/** Matters between units (dossier §3.18 CoordinationMatter): no data about persons. */
export const coordinationMatters = table(
  'coordination_matters',
  {
    subject: text('subject').notNull(),
    raisedById: text('raised_by_id').notNull(),
    assignedToCodes: text('assigned_to_codes').array().notNull().default([]),
    dueOn: day('due_on'),
    status: code('status', 'MatterStatus').notNull().default('OPEN'),
  },
  (t) => [
    check('coordination_matters_subject_impersonal', impersonal(t.subject)),
    check(
      'coordination_matters_assigned',
      sql`${t.status} = 'OPEN' or cardinality(${t.assignedToCodes}) >= 1`,
    ),
    index('coordination_matters_raised').on(t.raisedById, t.id),
    index('coordination_matters_due').on(t.dueOn, t.id),
  ],
);

/** Inspections of units (clause II-2d, dossier §3.18 SupervisionInspection). */
export const supervisionInspections = table(
  'supervision_inspections',
  {
    targetId: text('target_id').notNull(),
    occurredOn: day('occurred_on').notNull(),
    findings: text('findings').array().notNull(),
    rectifyBy: day('rectify_by'),
    closedOn: day('closed_on'),
  },
  (t) => [
    findingsCheck('supervision_inspections_findings', t.findings, codesOf('SupervisionFinding')),
    check(
      'supervision_inspections_dates',
      sql`${t.rectifyBy} >= ${t.occurredOn} and ${t.closedOn} >= ${t.occurredOn}`,
    ),
    index('supervision_inspections_target').on(t.targetId, t.id),
    index('supervision_inspections_occurred').on(t.occurredOn, t.id),
    index('supervision_inspections_rectify').on(t.rectifyBy, t.id),
  ],
);
