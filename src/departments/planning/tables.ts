import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, numeric, text, unique } from 'drizzle-orm/pg-core';
import { oneOf } from '../../store/code-check.ts';
import { day } from '../../store/columns.ts';
import { impersonal } from '../../store/free-text.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('planning');

/** Indicators of the year's plan (clause DRC-a, dossier §3.19 DevelopmentPlanItem). */
export const developmentPlanItems = table(
  'development_plan_items',
  {
    year: integer('year').notNull(),
    indicator: code('indicator', 'PlanIndicator').notNull(),
    target: numeric('target', { precision: 14, scale: 2 }),
    actual: numeric('actual', { precision: 14, scale: 2 }),
    unitOfMeasure: text('unit_of_measure').notNull(),
  },
  (t) => [
    check('development_plan_items_year', sql`${t.year} between 2000 and 2100`),
    check(
      'development_plan_items_rate',
      sql`${t.unitOfMeasure} <> '%' or (${t.target} between 0 and 100 and ${t.actual} between 0 and 100) is not false`,
    ),
    unique('development_plan_items_once').on(t.year, t.indicator),
  ],
);

/** An aggregate that a study used, as it is stored. */
export interface StoredAggregate {
  readonly measure: string;
  readonly groupedBy: string;
  readonly snapshotOn: string;
  readonly isSuppressed: true;
}

/** Studies and plans (clauses DRC-b, FPC-a, CMO-a, dossier §3.19 PopulationStudy): only suppressed aggregates. */
export const populationStudies = table(
  'population_studies',
  {
    ownerId: text('owner_id').notNull(),
    title: text('title').notNull(),
    kind: code('kind', 'PopulationStudyKind').notNull(),
    startsOn: day('starts_on'),
    endsOn: day('ends_on'),
    summary: text('summary'),
    publishedOn: day('published_on'),
    datasets: jsonb('datasets').$type<readonly StoredAggregate[]>(),
  },
  (t) => [
    check('population_studies_owner', oneOf(t.ownerId, ['PT-DRC', 'PT-FPC', 'PT-CMO'])),
    check('population_studies_title_impersonal', impersonal(t.title)),
    check('population_studies_term', sql`${t.startsOn} <= ${t.endsOn}`),
    check('population_studies_summary_impersonal', impersonal(t.summary, 2000)),
    check(
      'population_studies_suppressed',
      sql`jsonb_path_query_array(${t.datasets}, '$[*].isSuppressed') <@ '[true]' and jsonb_array_length(jsonb_path_query_array(${t.datasets}, '$[*].isSuppressed')) = jsonb_array_length(${t.datasets})`,
    ),
    index('population_studies_owner_all').on(t.ownerId, t.id),
    index('population_studies_starts').on(t.startsOn, t.id),
    index('population_studies_title').on(t.title, t.id),
  ],
);
