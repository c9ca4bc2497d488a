import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * A text as it is compared: without what nobody can see in it (`access.fold`, migrations/access). Bytes order it, so that
 * an index serves beginnings in a database of any locale; an index and a condition must say it alike.
 */
export const folded = (text: SQLWrapper): SQL => sql`access.fold(${text}) collate "C"`;

/** The texts of a list, each as it is compared. */
export const foldedAll = (texts: SQLWrapper): SQL => sql`access.fold_all(${texts})`;
