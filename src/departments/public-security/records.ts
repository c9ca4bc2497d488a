import { sql } from 'drizzle-orm';
import { ofPerson } from '../../contract/model/row-scope.ts';
import { today } from '../../store/today.ts';
import type { RecordSource } from '../department.ts';
import { ageBandOn } from './age-bands.ts';
import { policeRecords } from './police-records.ts';
import {
  correctionRequests,
  guardianships,
  householdMembers,
  households,
  migrantDocuments,
  migrants,
  migrantTotals,
  registrationImportBatches,
  residenceRegistrations,
} from './tables.ts';

const registrationScope = ofPerson(residenceRegistrations, [residenceRegistrations.personId]);

/** Where the record types of the population register are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  Migrant: {
    table: migrants,
    carries: ofPerson(migrants, [migrants.id]),
    totals: migrantTotals,
    staysInPlace: true,
    copies: {
      stays: {
        person: residenceRegistrations.personId,
        id: residenceRegistrations.id,
        current: migrants.currentRegistrationId,
        open: sql`${residenceRegistrations.status} <> 'CLOSED'`,
        order: [
          residenceRegistrations.arrivedHereOn,
          residenceRegistrations.capturedAt,
          residenceRegistrations.serialNo,
        ],
      },
    },
    computed: {
      ageBand: () => ageBandOn(migrants.birthDate, today),
      birthYear: () => sql`extract(year from ${migrants.birthDate})::int`,
      originProvince: () => sql`left(${migrants.hukouDivision}, 2) || '0000'`,
    },
  },
  MigrantDocument: {
    table: migrantDocuments,
    carries: ofPerson(migrantDocuments, [migrantDocuments.personId]),
  },
  ResidenceRegistration: {
    table: residenceRegistrations,
    carries: registrationScope,
    staysInPlace: true,
    where: sql`${residenceRegistrations.status} <> 'CLOSED'`,
    defaultOrder: { column: residenceRegistrations.arrivedHereOn, direction: 'desc' },
  },
  // The same table and carries: the territory of a past stay is the place where it was.
  AddressHistoryEntry: {
    table: residenceRegistrations,
    carries: registrationScope,
    staysInPlace: true,
    where: sql`${residenceRegistrations.status} = 'CLOSED'`,
    defaultOrder: { column: residenceRegistrations.arrivedHereOn, direction: 'desc' },
  },
  // A service department reaches a household by its head; by another member it reads that person's membership.
  Household: {
    table: households,
    carries: ofPerson(households, [households.headId]),
    // Shielded when one member is.
    copies: {
      shieldedWith: {
        own: households.id,
        its: householdMembers.householdId,
        person: householdMembers.personId,
        where: sql`${householdMembers.endsOn} is null`,
      },
    },
  },
  HouseholdMember: {
    table: householdMembers,
    carries: ofPerson(householdMembers, [householdMembers.personId]),
  },
  Guardianship: {
    table: guardianships,
    carries: ofPerson(guardianships, [guardianships.guardianId, guardianships.childId]),
  },
  // The window's that took it in, and the authority's; to serve the person makes it nobody else's.
  CorrectionRequest: {
    table: correctionRequests,
    carries: {
      units: [correctionRequests.requestedByUnit, correctionRequests.authorityUnit],
      serves: [correctionRequests.personId],
      shield: correctionRequests.shielded,
    },
    defaultOrder: { column: correctionRequests.requestedOn, direction: 'desc' },
  },
  RegistrationImportBatch: {
    table: registrationImportBatches,
    carries: { units: [registrationImportBatches.sentByUnit] },
    defaultOrder: { column: registrationImportBatches.period, direction: 'desc' },
  },
  ...policeRecords,
};
