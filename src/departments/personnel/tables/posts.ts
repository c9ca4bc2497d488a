import { sql } from 'drizzle-orm';
import { check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { provenance } from '../../../store/columns.ts';
import { postRoles } from '../../post-roles.ts';
import { codes } from '../codes.ts';
import { personnel } from '../pg-schema.ts';

/** Posts of units (dossier §3.5 StaffingPost). */
export const staffingPosts = personnel.table(
  'staffing_posts',
  {
    id: uuid('id').primaryKey(),
    unitId: text('unit_id').notNull(),
    title: text('title').notNull(),
    role: text('role').notNull(),
    establishment: text('establishment').notNull(),
    quota: integer('quota').notNull(),
    filled: integer('filled').notNull(),
    ...provenance(),
  },
  (t) => [
    check('staffing_posts_role_code', oneOf(t.role, postRoles)),
    check('staffing_posts_establishment_code', oneOf(t.establishment, codes.Establishment)),
    check('staffing_posts_filled', sql`${t.filled} between 0 and ${t.quota}`),
    // Clause IV-2a: one or two work full-time in the population office of a sub-district or town.
    check(
      'staffing_posts_population_office',
      sql`left(${t.unitId}, 7) <> 'PT-SPO-' or (${t.quota} between 1 and 2 and ${t.role} = 'STAFF')`,
    ),
    unique('staffing_posts_once').on(t.unitId, t.role, t.title),
    index('staffing_posts_unit').on(t.unitId, t.id),
  ],
);
