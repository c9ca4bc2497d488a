import { sql } from 'drizzle-orm';
import { check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, provenance } from '../../../store/columns.ts';
import { impersonal } from '../../../store/free-text.ts';
import { findingsCheck } from '../../../store/value-columns.ts';
import { matterStates } from '../../matter-states.ts';
import { codes } from '../codes.ts';
import { populationOffice } from '../pg-schema.ts';

/** Policies and how far they are carried out (dossier §3.18 PolicyMeasure). */
export const policyMeasures = populationOffice.table(
  'policy_measures',
  {
    id: uuid('id').primaryKey(),
    docNo: text('doc_no').unique(),
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    issuedOn: day('issued_on'),
    responsibleCodes: text('responsible_codes').array().notNull(),
    dueOn: day('due_on'),
    progress: integer('progress'),
    ...provenance(),
  },
  (t) => [
    check('policy_measures_kind_code', oneOf(t.kind, codes.PolicyKind)),
    check('policy_measures_responsible', sql`cardinality(${t.responsibleCodes}) >= 1`),
    check('policy_measures_progress', sql`${t.progress} between 0 and 100`),
    check('policy_measures_term', sql`${t.issuedOn} <= ${t.dueOn}`),
    index('policy_measures_issued').on(t.issuedOn, t.id),
    index('policy_measures_due').on(t.dueOn, t.id),
  ],
);

/** Matters between units (dossier §3.18 CoordinationMatter): no data about persons. */
export const coordinationMatters = populationOffice.table(
  'coordination_matters',
  {
    id: uuid('id').primaryKey(),
    subject: text('subject').notNull(),
    raisedById: text('raised_by_id').notNull(),
    assignedToCodes: text('assigned_to_codes').array().notNull(),
    dueOn: day('due_on'),
    status: text('status').notNull().default('OPEN'),
    ...provenance(),
  },
  (t) => [
    check('coordination_matters_subject_impersonal', impersonal(t.subject)),
    check(
      'coordination_matters_assigned',
      sql`${t.status} = 'OPEN' or cardinality(${t.assignedToCodes}) >= 1`,
    ),
    check('coordination_matters_status_code', oneOf(t.status, matterStates)),
    index('coordination_matters_raised').on(t.raisedById, t.id),
    index('coordination_matters_due').on(t.dueOn, t.id),
  ],
);

/** Inspections of units (clause II-2d, dossier §3.18 SupervisionInspection). */
export const supervisionInspections = populationOffice.table(
  'supervision_inspections',
  {
    id: uuid('id').primaryKey(),
    targetId: text('target_id').notNull(),
    occurredOn: day('occurred_on').notNull(),
    findings: text('findings').array().notNull(),
    rectifyBy: day('rectify_by'),
    closedOn: day('closed_on'),
    ...provenance(),
  },
  (t) => [
    findingsCheck('supervision_inspections_findings', t.findings, codes.SupervisionFinding),
    check(
      'supervision_inspections_dates',
      sql`${t.rectifyBy} >= ${t.occurredOn} and ${t.closedOn} >= ${t.occurredOn}`,
    ),
    index('supervision_inspections_target').on(t.targetId, t.id),
    index('supervision_inspections_occurred').on(t.occurredOn, t.id),
    index('supervision_inspections_rectify').on(t.rectifyBy, t.id),
  ],
);
