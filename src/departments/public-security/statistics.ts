import { sql } from 'drizzle-orm';
import { originProvince, subdistrict } from '../../statistics/keys.ts';
import { type Population, yesNo } from '../../statistics/population.ts';
import { ageBandOn, ageBands } from './age-bands.ts';
import { migrants, policeCases, residenceRegistrations } from './tables.ts';

const stays = residenceRegistrations;

/** Persons by their open registration; of two open ones the later arrival counts. Who has no recorded sex is left out. */
const residents: Population = {
  name: 'residents',
  rows: (day) => sql`
    select distinct on (${stays.personId}) ${stays.subdistrictCode} as "SUBDISTRICT",
      ${ageBandOn(migrants.birthDate, day)} as "AGE_BAND", ${migrants.sex} as "SEX",
      left(${migrants.hukouDivision}, 2) || '0000' as "ORIGIN_PROVINCE",
      case when ${stays.confirmedAt} >= ${day} - 180 then 'YES' else 'NO' end as "TIMELY",
      case when cardinality(${migrants.qualityFlags}) = 0 then 'YES' else 'NO' end as "ACCURATE"
    from ${stays} join ${migrants} on ${migrants.id} = ${stays.personId}
    where ${stays.arrivedHereOn} <= ${day} and (${stays.departedOn} is null or ${stays.departedOn} > ${day})
    order by ${stays.personId}, ${stays.arrivedHereOn} desc, ${stays.id}`,
  dimensions: [
    subdistrict(),
    { name: 'AGE_BAND', values: ageBands, other: null },
    { name: 'SEX', values: ['MALE', 'FEMALE'], other: null },
    originProvince,
    yesNo('TIMELY'),
    yesNo('ACCURATE'),
  ],
  tables: [
    ['SUBDISTRICT', 'AGE_BAND', 'SEX'],
    ['SUBDISTRICT', 'ORIGIN_PROVINCE'],
    ['SUBDISTRICT', 'TIMELY'],
    ['SUBDISTRICT', 'ACCURATE'],
  ],
  measures: [
    { name: 'REGISTERED_MIGRANTS' },
    { name: 'REGISTERED_SCHOOL_AGE', slice: ['AGE_BAND', 'AGE_6_TO_14'] },
    { name: 'OPEN_REGISTRATIONS', keys: ['SUBDISTRICT'] },
    { name: 'TIMELY_REGISTRATIONS', slice: ['TIMELY', 'YES'] },
    { name: 'ACCURATE_REGISTRATIONS', slice: ['ACCURATE', 'YES'] },
  ],
};

/** Recorded cases by the statute and the place of what happened; nothing of who was part of it (dossier §0.2). */
const cases: Population = {
  name: 'cases',
  rows: (day) => sql`
    select ${policeCases.occurredSubdistrict} as "SUBDISTRICT", split_part(${policeCases.category}, '-', 1) as "CATEGORY"
    from ${policeCases}
    where ${policeCases.acceptedOn} <= ${day} and (${policeCases.closedOn} is null or ${policeCases.closedOn} > ${day})`,
  dimensions: [subdistrict(), { name: 'CATEGORY', values: ['PSAPL', 'CL', 'OTHER'], other: 'OTHER' }],
  tables: [['SUBDISTRICT', 'CATEGORY']],
  measures: [{ name: 'RECORDED_CASES' }],
};

/** What is counted of the register and of recorded cases. */
export const statistics: readonly Population[] = [residents, cases];
