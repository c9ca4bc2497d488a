import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RowScope } from '../../access/row-scope.ts';
import type { territory } from '../../store/columns.ts';
import type { RecordSource } from '../department.ts';
import { dwellings, leaseFilings, leaseOccupancies, leases, propertyInspections } from './tables.ts';

/** The place of the dwelling, carried in each row about it. */
const placeOf = (
  t: Readonly<Record<keyof ReturnType<typeof territory>, PgColumn>>,
): NonNullable<RowScope['territory']> => ({
  subdistrict: t.subdistrictCode,
  station: t.stationCode,
  neighbourhood: t.neighbourhoodCode,
});

/** Where the record types of housing are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  Dwelling: {
    table: dwellings,
    scope: { territory: placeOf(dwellings) },
    computed: {
      areaPerOccupant: () =>
        sql`case when ${dwellings.occupancyCount} > 0 then round(${dwellings.floorArea} / ${dwellings.occupancyCount}, 2) end`,
    },
  },
  Lease: {
    table: leases,
    // Besides the lessee's windows, the window of the latest filing: the lessee may be a company, or unregistered.
    scope: {
      territory: placeOf(leases),
      subjects: [leases.tenantMigrantId],
      window: { unit: leases.filingUnit, closedOn: leases.filingClosedOn },
      shielded: leases.shielded,
    },
    computed: {
      isFiledOn: ({ date }) =>
        sql`(${leases.filingStatus} = 'FILED' and ${date}::date between ${leases.startsOn} and ${leases.endsOn})`,
    },
  },
  LeaseOccupancy: {
    table: leaseOccupancies,
    scope: {
      territory: placeOf(leaseOccupancies),
      subjects: [leaseOccupancies.migrantId],
      shielded: leaseOccupancies.shielded,
    },
  },
  LeaseFiling: {
    table: leaseFilings,
    scope: {
      territory: placeOf(leaseFilings),
      subjects: [leaseFilings.tenantMigrantId],
      window: { unit: leaseFilings.acceptedByUnit, closedOn: leaseFilings.decidedOn },
      shielded: leaseFilings.shielded,
    },
    defaultOrder: { column: leaseFilings.submittedOn, direction: 'desc' },
  },
  PropertyInspection: {
    table: propertyInspections,
    // A coordinator's own are those it made.
    scope: { territory: placeOf(propertyInspections), persons: [propertyInspections.inspectedBy] },
    defaultOrder: { column: propertyInspections.inspectedOn, direction: 'desc' },
  },
};
