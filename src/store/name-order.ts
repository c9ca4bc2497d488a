import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * What a person's name is ordered by: its pinyin, surnames by the reading that they have as surnames (migrations/access).
 * An index and an order must say it alike.
 */
export const nameOrder = (name: SQLWrapper): SQL =>
  sql`access.name_order(${name}) collate access.person_names`;
