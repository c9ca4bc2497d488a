import { sql } from 'drizzle-orm';
import { placeOf } from '../../contract/model/row-scope.ts';
import type { RecordSource } from '../department.ts';
import { diseaseClassSql, reportDueSql, reportHoursSql } from './diseases.ts';
import * as t from './tables.ts';

const { infectiousReports: reports } = t;

/**
 * Where the record types of health are stored and whose rows are whose. Care and disease are the bureau's alone, so
 * their rows carry no place; and no shield: the bureau goes on caring for who is shielded, and nobody else asks here.
 */
export const records: Readonly<Record<string, RecordSource>> = {
  MaternalRecord: {
    table: t.maternalRecords,
    carries: { subjects: [t.maternalRecords.personId] },
    defaultOrder: { column: t.maternalRecords.bookedOn, direction: 'desc' },
  },
  ChildHealthRecord: {
    table: t.childHealthRecords,
    carries: { subjects: [t.childHealthRecords.childId, t.childHealthRecords.guardianId] },
  },
  InfectiousReport: {
    table: reports,
    carries: { subjects: [reports.patientId] },
    computed: {
      diseaseClass: () => diseaseClassSql(reports.disease),
      isReportedInTime: () =>
        sql`(extract(epoch from ${reports.reportedAt} - ${reports.diagnosedAt}) <= 3600 * ${reportHoursSql(reports.disease, reports.diagnosedAt)})`,
    },
    clocks: { reportDueAt: () => reportDueSql(reports.disease, reports.diagnosedAt) },
    defaultOrder: { column: reports.reportedAt, direction: 'desc' },
  },
  OutbreakResponse: {
    table: t.outbreakResponses,
    carries: { territory: placeOf(t.outbreakResponses), concerns: [t.outbreakResponses.dwellingId] },
    defaultOrder: { column: t.outbreakResponses.openedOn, direction: 'desc' },
  },
  OutbreakGrant: {
    table: t.outbreakGrants,
    carries: { units: [t.outbreakGrants.granteeId, t.outbreakGrants.ownerUnit] },
  },
  EpidemicSiteVisit: {
    table: t.epidemicSiteVisits,
    // A coordinator's own are those it came along to.
    carries: {
      territory: placeOf(t.epidemicSiteVisits),
      persons: [t.epidemicSiteVisits.assistedById],
      concerns: [t.epidemicSiteVisits.dwellingId],
    },
    defaultOrder: { column: t.epidemicSiteVisits.visitedOn, direction: 'desc' },
  },
  HealthEducationSession: {
    table: t.healthEducationSessions,
    defaultOrder: { column: t.healthEducationSessions.occurredOn, direction: 'desc' },
  },
  UnlicensedPracticeCase: {
    table: t.unlicensedPracticeCases,
    carries: {
      territory: placeOf(t.unlicensedPracticeCases),
      units: [t.unlicensedPracticeCases.jointUnits],
      concerns: [t.unlicensedPracticeCases.dwellingId],
    },
    defaultOrder: { column: t.unlicensedPracticeCases.acceptedOn, direction: 'desc' },
  },
};
