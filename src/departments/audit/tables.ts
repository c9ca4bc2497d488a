import { boolean, integer, text, uuid } from 'drizzle-orm/pg-core';
import { audit } from '../../audit/pg-schema.ts';
import { instant, provenance } from '../../store/columns.ts';

/** The log as the graph shows it, without the columns of the chain; provenance is computed (migrations/audit). */
export const trail = audit.table('entries', {
  id: uuid('id').primaryKey(),
  occurredAt: instant('occurred_at').notNull(),
  operation: text('operation').notNull(),
  person: text('person').notNull(),
  viewer: text('viewer').notNull(),
  actingUnitId: text('acting_unit_id').notNull(),
  posts: text('posts').array().notNull(),
  purpose: text('purpose'),
  client: text('client'),
  coordinates: text('coordinates').array().notNull(),
  fieldGroups: text('field_groups').array().notNull(),
  deniedGroups: text('denied_groups').array().notNull(),
  subjectRefs: text('subject_refs').array().notNull(),
  outcome: text('verdict'),
  isMasked: boolean('is_masked').notNull(),
  rowCount: integer('row_count').notNull(),
  ...provenance(),
});
