import { sql } from 'drizzle-orm';
import { placeOf } from '../../contract/model/row-scope.ts';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

/** Where the record types of education are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  MigrantSchool: {
    table: t.migrantSchools,
    carries: { territory: placeOf(t.migrantSchools) },
    computed: {
      isOverCapacity: () => sql`(${t.migrantSchools.enrolled} > ${t.migrantSchools.capacity})`,
      qualifiedTeacherRatio: () =>
        sql`round(${t.migrantSchools.qualifiedTeachers}::numeric / nullif(${t.migrantSchools.teachers}, 0), 2)`,
    },
    defaultOrder: { column: t.migrantSchools.name, direction: 'asc' },
  },
  SchoolLicence: {
    table: t.schoolLicences,
    // An application for a licence is no licence yet: a granted one has a first day (dossier §3.8).
    carries: { territory: placeOf(t.schoolLicences), published: t.schoolLicences.validFrom },
    defaultOrder: { column: t.schoolLicences.validFrom, direction: 'desc' },
  },
  SchoolInspection: {
    table: t.schoolInspections,
    carries: { territory: placeOf(t.schoolInspections) },
    defaultOrder: { column: t.schoolInspections.occurredOn, direction: 'desc' },
  },
  PrincipalTraining: {
    table: t.principalTrainings,
    carries: { territory: placeOf(t.principalTrainings) },
    defaultOrder: { column: t.principalTrainings.occurredOn, direction: 'desc' },
  },
  // Without a shield: the school of a shielded child is known to the education bureau, and to nobody else (§6.3).
  ChildEnrolment: {
    table: t.childEnrolments,
    carries: { subjects: [t.childEnrolments.childId, t.childEnrolments.guardianId] },
  },
};
