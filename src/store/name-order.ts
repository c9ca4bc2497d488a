import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * The order of a person's name: its pinyin, with the reading that a surname has as a surname
 * (migrations/access). An index and an order must use the same expression.
 */
export const nameOrder = (name: SQLWrapper): SQL =>
  sql`access.name_order(${name}) collate access.person_names`;
