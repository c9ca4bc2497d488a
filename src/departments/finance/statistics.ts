import { sql } from 'drizzle-orm';
import { subdistrict } from '../../statistics/keys.ts';
import type { Population } from '../../statistics/population.ts';
import { coordinatorBudgets as budgets } from './tables.ts';

const uncovered = sql`(${budgets.totalNeed} - ${budgets.municipalFixedSubsidy} - ${budgets.districtSpecialBudget})`;

/**
 * The budgets of the sub-districts and towns for the year, of each the version in force, else the newest; the
 * district's own row is their sum and left out.
 */
const coordinatorCosts: Population = {
  name: 'coordinator budgets',
  rows: (day) => sql`
    select distinct on (${budgets.unitId}) ${budgets.subdistrictCode} as "SUBDISTRICT", ${budgets.totalNeed} as need,
      ${budgets.municipalFixedSubsidy} as municipal, ${budgets.districtSpecialBudget} as special,
      greatest(0, ${uncovered}) as remainder, greatest(0, -${uncovered}) as excess
    from ${budgets} where ${budgets.year} = extract(year from ${day})::int
    order by ${budgets.unitId}, (${budgets.status} in ('APPROVED', 'EXECUTING', 'CLOSED')) desc, ${budgets.versionNo} desc`,
  dimensions: [subdistrict()],
  tables: [['SUBDISTRICT']],
  measures: [
    { name: 'COORDINATOR_NEED', sum: 'need', money: true },
    { name: 'COORDINATOR_MUNICIPAL_SHARE', sum: 'municipal', money: true },
    { name: 'COORDINATOR_DISTRICT_SHARE', sum: 'special', money: true },
    { name: 'COORDINATOR_REMAINDER', sum: 'remainder', money: true },
    { name: 'COORDINATOR_EXCESS', sum: 'excess', money: true },
  ],
};

/** What is counted of the budgets. */
export const statistics: readonly Population[] = [coordinatorCosts];
