import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * A text as it is compared: without what nobody can see in it (`access.fold`, migrations/access). It is
 * ordered by bytes, so that an index serves beginnings in a database of any locale. An index and a condition
 * must use the same expression.
 */
export const folded = (text: SQLWrapper): SQL => sql`access.fold(${text}) collate "C"`;

/** The texts of a list, each as it is compared. */
export const foldedAll = (texts: SQLWrapper): SQL => sql`access.fold_all(${texts})`;
