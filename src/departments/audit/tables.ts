import { pgSchema, text } from 'drizzle-orm/pg-core';
import { entryColumns } from '../../audit/tables.ts';
import { provenance } from '../../store/columns.ts';

/** The log as the graph shows it, without the columns of the chain; provenance is computed (migrations/audit). */
export const trail = pgSchema('audit').table('entries', {
  ...entryColumns(),
  subjectRefs: text('subject_refs').array().notNull(),
  outcome: text('verdict'),
  ...provenance(),
});
