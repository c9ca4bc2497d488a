import { sql } from 'drizzle-orm';
import { ofPerson, placeOf } from '../../contract/model/row-scope.ts';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

/** Where the record types of the family planning commission are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  FamilyPlanningRecord: {
    table: t.familyPlanningRecords,
    // Not of the sub-district where she lives, but of the one that she consented to be reminded by.
    carries: {
      ...ofPerson(t.familyPlanningRecords, [t.familyPlanningRecords.personId]),
      territory: {
        ...placeOf(t.familyPlanningRecords),
        subdistrict: t.familyPlanningRecords.reminderSubdistrictCode,
      },
    },
    computed: {
      serviceDue: () =>
        sql`(${t.familyPlanningRecords.consentOn} is not null and ${t.familyPlanningRecords.nextServiceOn} is not null)`,
    },
  },
  MarriageFertilityCertificate: {
    table: t.marriageFertilityCertificates,
    carries: {
      ...ofPerson(t.marriageFertilityCertificates, [t.marriageFertilityCertificates.holderId]),
    },
  },
  CertificateCheck: {
    table: t.certificateChecks,
    carries: {
      ...ofPerson(t.certificateChecks, [t.certificateChecks.personId]),
      former: {
        unit: t.certificateChecks.checkedById,
        subdistrict: t.certificateChecks.formerSubdistrict,
        leftOn: t.certificateChecks.leftOn,
      },
    },
    computed: {
      windowResult: () =>
        sql`case when ${t.certificateChecks.result} = 'NOT_APPLICABLE' then 'NOT_APPLICABLE' else 'DONE' end`,
    },
    defaultOrder: { column: t.certificateChecks.checkedOn, direction: 'desc' },
  },
  // Without a territory: the sub-district has no row of a service or a notice, not even one to count. Without a
  // shield, as all files that one department alone reads: it hides from others where somebody is.
  FamilyPlanningService: {
    table: t.familyPlanningServices,
    carries: { subjects: [t.familyPlanningServices.personId] },
    defaultOrder: { column: t.familyPlanningServices.occurredOn, direction: 'desc' },
  },
  PregnancyNotice: {
    table: t.pregnancyNotices,
    carries: { subjects: [t.pregnancyNotices.personId] },
  },
  JointCheckAction: {
    table: t.jointCheckActions,
    carries: {
      territory: { subdistrict: t.jointCheckActions.territory },
      units: [t.jointCheckActions.participantCodes],
    },
    defaultOrder: { column: t.jointCheckActions.plannedOn, direction: 'desc' },
  },
  FamilyPlanningActivity: {
    table: t.familyPlanningActivities,
    carries: {
      territory: { subdistrict: t.familyPlanningActivities.subdistrictCode },
      units: [t.familyPlanningActivities.participantCodes],
    },
    defaultOrder: { column: t.familyPlanningActivities.occurredOn, direction: 'desc' },
  },
};
