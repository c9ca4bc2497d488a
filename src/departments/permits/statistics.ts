import { sql } from 'drizzle-orm';
import { subdistrict } from '../../statistics/keys.ts';
import type { Population } from '../../statistics/population.ts';
import { codesOf } from '../enum-codes.ts';
import { residencePermits as permits } from './tables.ts';

const permitsInForce: Population = {
  name: 'permits in force',
  rows: (day) => sql`
    select ${permits.subdistrictCode} as "SUBDISTRICT", ${permits.type} as "PERMIT_TYPE" from ${permits}
    where ${day} between ${permits.validFrom} and ${permits.validTo}
      and (${permits.endedOn} is null or ${permits.endedOn} > ${day})`,
  dimensions: [subdistrict('OTHER'), { name: 'PERMIT_TYPE', values: codesOf('PermitType'), other: null }],
  tables: [['SUBDISTRICT', 'PERMIT_TYPE']],
  measures: [{ name: 'PERMITS_IN_FORCE' }],
};

/** What is counted of residence permits. */
export const statistics: readonly Population[] = [permitsInForce];
