import { sql } from 'drizzle-orm';
import { subdistrict } from '../../statistics/keys.ts';
import { type Population, yesNo } from '../../statistics/population.ts';
import { dwellings, leases } from './tables.ts';

/** Leases by the place of the dwelling. */
const leasesInForce: Population = {
  name: 'leases in force',
  rows: (day) => sql`
    select ${dwellings.subdistrictCode} as "SUBDISTRICT",
      case when ${leases.filingStatus} = 'FILED' and coalesce(${leases.filingClosedOn}, ${day}) <= ${day} then 'YES' else 'NO' end
        as "FILED"
    from ${leases} join ${dwellings} on ${dwellings.id} = ${leases.dwellingId}
    where ${leases.status} <> 'DRAFT' and ${day} between ${leases.startsOn} and ${leases.endsOn}`,
  dimensions: [subdistrict(), yesNo('FILED')],
  tables: [['SUBDISTRICT', 'FILED']],
  measures: [{ name: 'LEASES_IN_FORCE' }, { name: 'FILED_LEASES', slice: ['FILED', 'YES'] }],
};

/** What is counted of leases. */
export const statistics: readonly Population[] = [leasesInForce];
