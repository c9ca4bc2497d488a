import { sql } from 'drizzle-orm';

/**
 * Today, as a parameter of the statement: the district's calendar day comes from the configuration, so that
 * records of another year (the synthetic district stands at 2007-03-01) are read at their own date.
 */
export const today = sql`${sql.placeholder('today')}::date`;
