import { sql } from 'drizzle-orm';
import { subdistrict } from '../../statistics/keys.ts';
import type { Population } from '../../statistics/population.ts';
import { maternalRecords as records } from './tables.ts';

/** Women who have booked and not yet given birth, by the place where they live. */
const bookings: Population = {
  name: 'maternal bookings',
  rows: (day) => sql`
    select ${records.personId} as subject from ${records}
    where ${records.bookedOn} <= ${day} and ${records.bookedOn} > ${day} - 300
      and (${records.deliveredOn} is null or ${records.deliveredOn} > ${day})`,
  subject: ['SUBDISTRICT'],
  dimensions: [subdistrict('OTHER')],
  tables: [['SUBDISTRICT']],
  measures: [{ name: 'MATERNAL_BOOKINGS' }],
};

/** What is counted of maternal care. */
export const statistics: readonly Population[] = [bookings];
