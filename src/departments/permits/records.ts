import { sql } from 'drizzle-orm';
import { ofPerson, placeOf } from '../../contract/model/row-scope.ts';
import { today } from '../../store/today.ts';
import type { RecordSource } from '../department.ts';
import {
  applicationMaterials,
  departmentOpinions,
  permitApplications,
  permitEvents,
  residencePermits,
} from './tables.ts';

/** Where permits and their files are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  PermitApplication: {
    table: permitApplications,
    carries: {
      territory: placeOf(permitApplications),
      subjects: [permitApplications.applicantId],
      concerned: [permitApplications.id],
      window: { unit: permitApplications.acceptedAtUnit, closedOn: permitApplications.closedOn },
      shield: permitApplications.shielded,
    },
    computed: {
      daysInStage: () =>
        sql`case when ${permitApplications.closedOn} is null then ${today} - greatest(${permitApplications.submittedOn}, ${permitApplications.acceptedOn}, ${permitApplications.decidedOn}) end`,
    },
    defaultOrder: { column: permitApplications.submittedOn, direction: 'desc' },
  },
  ApplicationMaterial: {
    table: applicationMaterials,
    carries: { parent: applicationMaterials.applicationId },
  },
  // Its author while the application is open, the window of the application, and the bureau: nobody else who reaches the
  // application (dossier §3.2), so neither territory, nor subjects, nor parent.
  DepartmentOpinion: {
    table: departmentOpinions,
    carries: {
      asked: {
        unit: departmentOpinions.authorUnit,
        closedOn: departmentOpinions.windowClosedOn,
        opens: {
          PermitApplication: departmentOpinions.applicationId,
          Migrant: departmentOpinions.applicantId,
        },
      },
      window: { unit: departmentOpinions.windowUnit, closedOn: departmentOpinions.windowClosedOn },
    },
    defaultOrder: { column: departmentOpinions.kind, direction: 'asc' },
  },
  ResidencePermit: {
    table: residencePermits,
    carries: ofPerson(residencePermits, [residencePermits.holderId]),
    computed: {
      // In its term and not ended before the day. The status alone would not do: it lags behind the clock, and
      // says nothing about a past day.
      isValidOn: ({ date }) =>
        sql`${date}::date between ${residencePermits.validFrom} and ${residencePermits.validTo} and (${residencePermits.endedOn} is null or ${date}::date < ${residencePermits.endedOn})`,
    },
    defaultOrder: { column: residencePermits.validTo, direction: 'desc' },
  },
  PermitEvent: {
    table: permitEvents,
    carries: { parent: permitEvents.permitId },
    defaultOrder: { column: permitEvents.occurredAt, direction: 'asc' },
  },
};
