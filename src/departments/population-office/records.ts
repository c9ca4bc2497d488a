import { sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

const { assessments, coordinationMatters, policyMeasures, supervisionInspections } = t;

/** Grades of units by the total ([D] of dossier §3.18). */
const grade = () => sql`case
  when ${assessments.total} is null then null
  when ${assessments.total} >= 90 then 'EXCELLENT'
  when ${assessments.total} >= 80 then 'GOOD'
  when ${assessments.total} >= 60 then 'PASS'
  else 'FAIL' end`;

/** Where the record types of the population office are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  // Published for everybody; how far it is carried out, a unit sees of those that it carries out.
  PolicyMeasure: {
    table: policyMeasures,
    carries: { units: [policyMeasures.responsibleCodes] },
    defaultOrder: { column: policyMeasures.issuedOn, direction: 'desc' },
  },
  CoordinationMatter: {
    table: coordinationMatters,
    carries: { units: [coordinationMatters.raisedById, coordinationMatters.assignedToCodes] },
  },
  SupervisionInspection: {
    table: supervisionInspections,
    carries: { units: [supervisionInspections.targetId] },
    defaultOrder: { column: supervisionInspections.occurredOn, direction: 'desc' },
  },
  // A unit sees its own; others' details never, their results after publication, as PublishedAssessment.
  Assessment: {
    table: assessments,
    carries: { units: [assessments.targetId] },
    computed: { grade },
    defaultOrder: { column: assessments.period, direction: 'desc' },
  },
  PublishedAssessment: {
    table: assessments,
    carries: { published: assessments.publishedOn },
    where: sql`${assessments.publishedOn} is not null`,
    computed: { grade },
    defaultOrder: { column: assessments.total, direction: 'desc' },
  },
};
