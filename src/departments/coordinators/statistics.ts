import { sql } from 'drizzle-orm';
import { subdistrict } from '../../statistics/keys.ts';
import type { Population } from '../../statistics/population.ts';
import { coordinatorAllocations as allocations } from './tables.ts';

/** The allocation of the year, one for 500 and what was adjusted (clause IV-4b). */
const headcounts: Population = {
  name: 'coordinators',
  rows: (day) => sql`
    select ${allocations.subdistrictCode} as "SUBDISTRICT", ${allocations.standardHeadcount} as standard,
      ${allocations.approvedHeadcount} as approved, ${allocations.actualHeadcount} as actual
    from ${allocations} where ${allocations.year} = extract(year from ${day})::int`,
  dimensions: [subdistrict()],
  tables: [['SUBDISTRICT']],
  measures: [
    { name: 'COORDINATORS_STANDARD', sum: 'standard' },
    { name: 'COORDINATORS_APPROVED', sum: 'approved' },
    { name: 'COORDINATORS_ACTUAL', sum: 'actual' },
  ],
};

/** What is counted of the coordinators. */
export const statistics: readonly Population[] = [headcounts];
