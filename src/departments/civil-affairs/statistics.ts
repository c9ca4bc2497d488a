import { sql } from 'drizzle-orm';
import { originProvince, subdistrict } from '../../statistics/keys.ts';
import type { Population } from '../../statistics/population.ts';
import { aidCases } from './tables.ts';

/** Aid that was asked for and has not ended, by where its person lives or comes from. */
const aid: Population = {
  name: 'aid',
  rows: (day) => sql`
    select ${aidCases.personId} as subject from ${aidCases}
    where ${aidCases.requestedOn} <= ${day} and (${aidCases.leftOn} is null or ${aidCases.leftOn} > ${day})`,
  subject: ['SUBDISTRICT', 'ORIGIN_PROVINCE'],
  dimensions: [subdistrict('OTHER'), originProvince],
  tables: [['SUBDISTRICT'], ['ORIGIN_PROVINCE']],
  measures: [{ name: 'AID_MATTERS' }],
};

/** What is counted of aid. */
export const statistics: readonly Population[] = [aid];
