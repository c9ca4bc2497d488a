import { sql } from 'drizzle-orm';
import { ofPerson, placeOf } from '../../access/row-scope.ts';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

/** In a sub-district or town only the family-planning officer reads of persons (dossier §6.2, F1 and F2). */
const officer = { viewer: 'SUBDISTRICT', function: 'FP_OFFICER' } as const;

/** Where the record types of the family planning commission are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  FamilyPlanningRecord: {
    table: t.familyPlanningRecords,
    // Not of the sub-district where she lives, but of the one that she consented to be reminded by.
    scope: {
      ...ofPerson(t.familyPlanningRecords, [t.familyPlanningRecords.personId]),
      territory: {
        ...placeOf(t.familyPlanningRecords),
        subdistrict: t.familyPlanningRecords.reminderSubdistrictCode,
      },
      post: officer,
    },
    computed: {
      serviceDue: () =>
        sql`(${t.familyPlanningRecords.consentOn} is not null and ${t.familyPlanningRecords.nextServiceOn} is not null)`,
    },
  },
  MarriageFertilityCertificate: {
    table: t.marriageFertilityCertificates,
    scope: {
      ...ofPerson(t.marriageFertilityCertificates, [t.marriageFertilityCertificates.holderId]),
      post: officer,
    },
  },
  CertificateCheck: {
    table: t.certificateChecks,
    scope: { ...ofPerson(t.certificateChecks, [t.certificateChecks.personId]), post: officer },
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
    scope: { subjects: [t.familyPlanningServices.personId] },
    defaultOrder: { column: t.familyPlanningServices.occurredOn, direction: 'desc' },
  },
  PregnancyNotice: {
    table: t.pregnancyNotices,
    scope: { subjects: [t.pregnancyNotices.personId] },
  },
  JointCheckAction: {
    table: t.jointCheckActions,
    scope: {
      territory: { subdistrict: t.jointCheckActions.territory },
      units: [t.jointCheckActions.participantCodes],
    },
    defaultOrder: { column: t.jointCheckActions.plannedOn, direction: 'desc' },
  },
  FamilyPlanningActivity: {
    table: t.familyPlanningActivities,
    scope: {
      territory: { subdistrict: t.familyPlanningActivities.subdistrictCode },
      units: [t.familyPlanningActivities.participantCodes],
    },
    defaultOrder: { column: t.familyPlanningActivities.occurredOn, direction: 'desc' },
  },
};
