import { sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

const { administrativeActReviews: reviews } = t;

/** Where the record types of the legal affairs office are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  AdministrativeActReview: {
    table: reviews,
    carries: { units: [reviews.unitId], concerns: [reviews.actId] },
    computed: { hasFault: () => sql`(${reviews.checks} @> '[{"isPassed": false}]')` },
    defaultOrder: { column: reviews.actRef, direction: 'desc' },
  },
  NormativeDocument: {
    table: t.normativeDocuments,
    defaultOrder: { column: t.normativeDocuments.issuedOn, direction: 'desc' },
  },
};
