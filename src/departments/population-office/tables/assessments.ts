import { sql } from 'drizzle-orm';
import { check, index, jsonb, numeric, text, unique, uuid } from 'drizzle-orm/pg-core';
import { listOf, oneOf } from '../../../store/code-check.ts';
import { day, provenance } from '../../../store/columns.ts';
import { codes } from '../codes.ts';
import { populationOffice } from '../pg-schema.ts';

/** One score of an assessment, as it is stored. */
export interface StoredScore {
  readonly indicator: (typeof codes.AssessmentIndicator)[number];
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
export const assessments = populationOffice.table(
  'assessments',
  {
    id: uuid('id').primaryKey(),
    targetId: text('target_id').notNull(),
    period: text('period').notNull(),
    scheme: text('scheme').notNull(),
    scores: jsonb('scores').$type<readonly StoredScore[]>().notNull(),
    total: numeric('total', { precision: 5, scale: 2 }),
    status: text('status').notNull().default('OPEN'),
    publishedOn: day('published_on'),
    ...provenance(),
  },
  (t) => [
    check('assessments_period_form', sql`${t.period} ~ '^[0-9]{4}(H[12])?$'`),
    check(
      'assessments_indicators_codes',
      sql`jsonb_path_query_array(${t.scores}, '$[*].indicator') <@ to_jsonb(array[${listOf(codes.AssessmentIndicator)}])`,
    ),
    check('assessments_scores_make_total', sql`population_office.scores_make_total(${t.scores}, ${t.total})`),
    check('assessments_status_code', oneOf(t.status, codes.AssessmentStatus)),
    check(
      'assessments_scored_has_total',
      sql`${t.status} not in ('SCORED', 'COMMENTED', 'PUBLISHED') or ${t.total} is not null`,
    ),
    check('assessments_published_has_day', sql`(${t.status} = 'PUBLISHED') = (${t.publishedOn} is not null)`),
    unique('assessments_once').on(t.targetId, t.period),
    index('assessments_period').on(t.period, t.id),
    index('assessments_total_order').on(t.total, t.id),
  ],
);
