import { sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

const { migrantCrosswalks: crosswalks } = t;

/** Where the record types of the informatisation commission are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  InformationSystem: {
    table: t.informationSystems,
    carries: { units: [t.informationSystems.ownerId] },
    defaultOrder: { column: t.informationSystems.name, direction: 'asc' },
  },
  DataExchangeJob: { table: t.dataExchangeJobs, carries: { units: [t.dataExchangeJobs.ownerCodes] } },
  // No subjects: whoever serves the person would learn which other departments do.
  MigrantCrosswalk: {
    table: crosswalks,
    carries: { units: [crosswalks.storeUnitId] },
    computed: {
      needsReview: () => sql`(${crosswalks.confidence} < 0.95 and ${crosswalks.reviewedBy} is null)`,
    },
  },
  DataQualityIssue: {
    table: t.dataQualityIssues,
    carries: { units: [t.dataQualityIssues.ownerUnitId] },
    defaultOrder: { column: t.dataQualityIssues.dueOn, direction: 'asc' },
  },
};
