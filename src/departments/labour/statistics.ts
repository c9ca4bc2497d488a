import { sql } from 'drizzle-orm';
import { industry, subdistrict } from '../../statistics/keys.ts';
import { type Population, yesNo } from '../../statistics/population.ts';
import {
  wageArrearsCases as cases,
  employers,
  employments,
  insuranceEnrolments as enrolments,
} from './tables.ts';

/** Employments by the place where the employee lives; insured is who has an enrolment that covers the day. */
const employed: Population = {
  name: 'employed',
  rows: (day) => sql`
    select ${employments.subdistrictCode} as "SUBDISTRICT", left(${employers.industry}, 1) as "INDUSTRY",
      case when i.insured_id is null then 'NO' else 'YES' end as "INSURED"
    from ${employments} join ${employers} on ${employers.id} = ${employments.employerId}
    left join (
      select distinct ${enrolments.insuredIdentityNumber} as insured_id from ${enrolments}
      where ${enrolments.status} <> 'SUSPENDED' and ${enrolments.startsOn} <= ${day}
        and (${enrolments.endsOn} is null or ${enrolments.endsOn} > ${day})
    ) i on i.insured_id = ${employments.employeeIdentityNumber}
    where ${employments.startsOn} <= ${day} and (${employments.endsOn} is null or ${employments.endsOn} > ${day})`,
  dimensions: [subdistrict('OTHER'), industry, yesNo('INSURED')],
  tables: [
    ['SUBDISTRICT', 'INDUSTRY'],
    ['SUBDISTRICT', 'INSURED'],
    ['INDUSTRY', 'INSURED'],
  ],
  measures: [
    { name: 'EMPLOYED_MIGRANTS' },
    { name: 'INSURABLE_MIGRANTS' },
    { name: 'INSURED_MIGRANTS', slice: ['INSURED', 'YES'] },
  ],
};

/** Wage-arrears cases by the place and the industry of the employer; each is one employer's. */
const arrears: Population = {
  name: 'arrears',
  rows: (day) => sql`
    select ${cases.subdistrictCode} as "SUBDISTRICT", left(${employers.industry}, 1) as "INDUSTRY",
      coalesce(${cases.amountClaimed}, 0) as claimed
    from ${cases} join ${employers} on ${employers.id} = ${cases.employerId}
    where ${cases.acceptedOn} <= ${day} and (${cases.closedOn} is null or ${cases.closedOn} > ${day})`,
  dimensions: [subdistrict('OTHER'), industry],
  tables: [['SUBDISTRICT'], ['INDUSTRY']],
  measures: [{ name: 'ARREARS_CASES' }, { name: 'ARREARS_CLAIMED', sum: 'claimed', money: true }],
};

/** What is counted of employment, insurance and wage arrears. */
export const statistics: readonly Population[] = [employed, arrears];
