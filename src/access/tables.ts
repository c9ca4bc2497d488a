import { date, index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { access } from './pg-schema.ts';

/**
 * Which subjects are linked to whose own work (dossier §6.3): a holder is an acting unit (`PT-HLR`,
 * `PT-CAC-015`) or a coordinator's id. Bare ids without a reason, like the shield of dossier §6.3;
 * `until` is the last day of the link, null while it lasts.
 */
export const links = access.table(
  'links',
  {
    holder: text('holder').notNull(),
    subjectId: uuid('subject_id').notNull(),
    until: date('until', { mode: 'string' }),
  },
  (t) => [primaryKey({ columns: [t.holder, t.subjectId] }), index('links_subject').on(t.subjectId)],
);

/** The neighbourhoods a coordinator is assigned to (open assignments only). */
export const areas = access.table(
  'areas',
  {
    holder: text('holder').notNull(),
    neighbourhoodCode: text('neighbourhood_code').notNull(),
    until: date('until', { mode: 'string' }),
  },
  (t) => [primaryKey({ columns: [t.holder, t.neighbourhoodCode] })],
);
