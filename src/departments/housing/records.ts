import { sql } from 'drizzle-orm';
import { ofPerson, placeOf } from '../../contract/model/row-scope.ts';
import type { RecordSource } from '../department.ts';
import { dwellings, leaseFilings, leaseOccupancies, leases, propertyInspections } from './tables.ts';

/** Where the record types of housing are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  Dwelling: {
    table: dwellings,
    carries: { territory: placeOf(dwellings), concerned: [dwellings.id] },
    computed: {
      areaPerOccupant: () =>
        sql`case when ${dwellings.occupancyCount} > 0 then round(${dwellings.floorArea} / ${dwellings.occupancyCount}, 2) end`,
    },
  },
  Lease: {
    table: leases,
    // Besides the lessee's windows, the window of the latest filing: the lessee may be a company, or unregistered.
    carries: {
      territory: placeOf(leases),
      subjects: [leases.tenantMigrantId],
      window: { unit: leases.filingUnit, closedOn: leases.filingClosedOn },
      shield: leases.shielded,
    },
    staysInPlace: true,
    computed: {
      isFiledOn: ({ date }) =>
        sql`(${leases.filingStatus} = 'FILED' and ${date}::date between ${leases.startsOn} and ${leases.endsOn})`,
    },
  },
  LeaseOccupancy: {
    table: leaseOccupancies,
    carries: ofPerson(leaseOccupancies, [leaseOccupancies.personId]),
    staysInPlace: true,
  },
  LeaseFiling: {
    table: leaseFilings,
    carries: {
      territory: placeOf(leaseFilings),
      subjects: [leaseFilings.tenantMigrantId],
      window: { unit: leaseFilings.acceptedByUnit, closedOn: leaseFilings.decidedOn },
      shield: leaseFilings.shielded,
    },
    copies: {
      of: {
        by: leaseFilings.leaseId,
        id: leases.id,
        columns: [
          [leaseFilings.tenantMigrantId, leases.tenantMigrantId],
          [leaseFilings.subdistrictCode, leases.subdistrictCode],
          [leaseFilings.stationCode, leases.stationCode],
          [leaseFilings.neighbourhoodCode, leases.neighbourhoodCode],
          [leaseFilings.shielded, leases.shielded],
        ],
      },
    },
    defaultOrder: { column: leaseFilings.submittedOn, direction: 'desc' },
  },
  PropertyInspection: {
    table: propertyInspections,
    // A coordinator's own are those it made.
    carries: { territory: placeOf(propertyInspections), persons: [propertyInspections.inspectedBy] },
    defaultOrder: { column: propertyInspections.inspectedOn, direction: 'desc' },
  },
};
