import { sql } from 'drizzle-orm';
import { subdistrict } from '../../statistics/keys.ts';
import type { Population } from '../../statistics/population.ts';
import { siteWageDisputes as disputes } from './tables.ts';

/** Wage disputes of building sites; they carry no day of closing, so they are counted as they stand. */
const wageMatters: Population = {
  name: 'site wage matters',
  rows: (day) => sql`
    select ${disputes.subdistrictCode} as "SUBDISTRICT" from ${disputes}
    where ${disputes.reportedOn} <= ${day} and ${disputes.status} not in ('CLOSED', 'TRANSFERRED')`,
  dimensions: [subdistrict('OTHER')],
  tables: [['SUBDISTRICT']],
  measures: [{ name: 'SITE_WAGE_MATTERS' }],
};

/** What is counted of building sites. */
export const statistics: readonly Population[] = [wageMatters];
