import { sql } from 'drizzle-orm';
import { check, index, numeric, text, unique, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { provenance } from '../../../store/columns.ts';
import { codes } from '../codes.ts';
import { informatisation } from '../pg-schema.ts';

/** Local keys of departments and the persons they stand for (clause ITC-b, dossier §3.20 MigrantCrosswalk). */
export const migrantCrosswalks = informatisation.table(
  'migrant_crosswalks',
  {
    id: uuid('id').primaryKey(),
    store: text('store').notNull(),
    // The unit whose store it is: the row is its own.
    storeUnitId: text('store_unit_id').notNull(),
    localKeyHash: text('local_key_hash').notNull(),
    personId: uuid('person_id').notNull(),
    method: text('method').notNull(),
    confidence: numeric('confidence', { precision: 4, scale: 3 }).notNull(),
    reviewedBy: text('reviewed_by'),
    ...provenance(),
  },
  (t) => [
    // Never a key in clear: it would lead back into the department's store.
    check('migrant_crosswalks_hash_form', sql`${t.localKeyHash} ~ '^[0-9a-f]{64}$'`),
    check('migrant_crosswalks_method_code', oneOf(t.method, codes.MatchMethod)),
    check('migrant_crosswalks_confidence', sql`${t.confidence} between 0 and 1`),
    check('migrant_crosswalks_exact', sql`${t.method} <> 'EXACT_ID' or ${t.confidence} = 1`),
    check('migrant_crosswalks_manual_reviewed', sql`${t.method} <> 'MANUAL' or ${t.reviewedBy} is not null`),
    unique('migrant_crosswalks_once').on(t.store, t.localKeyHash),
    index('migrant_crosswalks_unit').on(t.storeUnitId, t.id),
    index('migrant_crosswalks_confidence_order').on(t.confidence, t.id),
  ],
);
