import { sql } from 'drizzle-orm';
import { subdistrict } from '../../statistics/keys.ts';
import type { Population } from '../../statistics/population.ts';
import { childEnrolments as enrolments, migrantSchools as schools } from './tables.ts';

/** Children in school in the school year of the day, which begins in September. */
const enrolled: Population = {
  name: 'enrolled',
  rows: (day) => sql`
    select distinct ${enrolments.childId} as subject from ${enrolments}
    where ${enrolments.status} = 'ENROLLED' and left(${enrolments.schoolYear}, 4)::int
      = extract(year from ${day} - interval '8 months')::int`,
  subject: ['SUBDISTRICT'],
  dimensions: [subdistrict('OTHER')],
  tables: [['SUBDISTRICT']],
  measures: [{ name: 'ENROLLED_CHILDREN' }],
};

const schoolPlaces: Population = {
  name: 'school places',
  rows: () => sql`
    select ${schools.subdistrictCode} as "SUBDISTRICT", ${schools.licenceStatus} as "CATEGORY", ${schools.capacity} as places
    from ${schools} where ${schools.licenceStatus} <> 'CLOSED'`,
  dimensions: [
    subdistrict('OTHER'),
    { name: 'CATEGORY', values: ['LICENSED', 'PROVISIONAL', 'UNLICENSED'], other: null },
  ],
  tables: [['SUBDISTRICT', 'CATEGORY']],
  measures: [{ name: 'SCHOOL_PLACES', sum: 'places' }],
};

/** What is counted of schooling. */
export const statistics: readonly Population[] = [enrolled, schoolPlaces];
