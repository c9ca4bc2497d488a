import { sql } from 'drizzle-orm';
import { placeOf } from '../../contract/model/row-scope.ts';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

/** Where the record types of commerce are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  BusinessLicence: {
    table: t.businessLicences,
    // The licence is a place's: that a person runs it makes the person the sub-bureau's own, not the row another's.
    carries: {
      territory: placeOf(t.businessLicences),
      persons: [t.businessLicences.coordinatorId],
      concerns: [t.businessLicences.operatorId],
    },
    defaultOrder: { column: t.businessLicences.issuedOn, direction: 'desc' },
  },
  QualificationCheck: {
    table: t.qualificationChecks,
    // Not `subjects`: a unit sees the checks it is asked to confirm, not all about the persons it serves (A3).
    carries: {
      units: [t.qualificationChecks.confirmingUnits],
      serves: [t.qualificationChecks.applicantId],
      shield: t.qualificationChecks.shielded,
    },
    defaultOrder: { column: t.qualificationChecks.requestedOn, direction: 'desc' },
  },
  SmallPremises: {
    table: t.smallPremises,
    // A coordinator's own are those of its area.
    carries: {
      territory: placeOf(t.smallPremises),
      persons: [t.smallPremises.coordinatorId],
      concerns: [t.smallPremises.dwellingId],
    },
    computed: { isUnlicensed: () => sql`(${t.smallPremises.licenceId} is null)` },
  },
  Market: {
    table: t.markets,
    carries: { territory: placeOf(t.markets), persons: [t.markets.coordinatorId] },
    defaultOrder: { column: t.markets.name, direction: 'asc' },
  },
  PremisesInspection: {
    table: t.premisesInspections,
    carries: { territory: placeOf(t.premisesInspections), persons: [t.premisesInspections.assistedById] },
    defaultOrder: { column: t.premisesInspections.occurredOn, direction: 'desc' },
  },
  CommerceCase: {
    table: t.commerceCases,
    carries: {
      territory: placeOf(t.commerceCases),
      units: [t.commerceCases.jointUnits],
      concerns: [t.commerceCases.dwellingId],
    },
    defaultOrder: { column: t.commerceCases.acceptedOn, direction: 'desc' },
  },
};
