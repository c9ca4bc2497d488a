import { sql } from 'drizzle-orm';

/**
 * Today, as a parameter of the statement. The configuration sets the district's calendar day, so that records
 * of another year (the synthetic district stands at 2007-03-01) are read at their own date.
 */
export const today = sql`${sql.placeholder('today')}::date`;
