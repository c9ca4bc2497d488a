import { placeOf } from '../../contract/model/row-scope.ts';
import { amountBand, countBand, monthOf } from '../../store/derived-values.ts';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

const { siteWageDisputes: disputes } = t;

/** Where the record types of construction are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  ConstructionEnterprise: {
    table: t.constructionEnterprises,
    carries: { territory: placeOf(t.constructionEnterprises) },
  },
  ConstructionSite: {
    table: t.constructionSites,
    // A coordinator's own are those of its area.
    carries: {
      territory: placeOf(t.constructionSites),
      persons: [t.constructionSites.coordinatorId],
    },
    defaultOrder: { column: t.constructionSites.startsOn, direction: 'desc' },
  },
  SiteSubcontract: {
    table: t.siteSubcontracts,
    carries: { parent: t.siteSubcontracts.siteId },
  },
  SafetyInspection: {
    table: t.safetyInspections,
    // A coordinator's own are those it came along to.
    carries: { territory: placeOf(t.safetyInspections), persons: [t.safetyInspections.assistedById] },
    defaultOrder: { column: t.safetyInspections.occurredOn, direction: 'desc' },
  },
  SiteTraining: {
    table: t.siteTrainings,
    carries: { territory: placeOf(t.siteTrainings) },
    defaultOrder: { column: t.siteTrainings.occurredOn, direction: 'desc' },
  },
  // Neither place nor parent nor subjects, here and for workers of disputes: whoever sees site and dispute masked, or
  // serves the same worker, has no row of a person, not even one to count.
  TrainingAttendance: {
    table: t.trainingAttendances,
    carries: { serves: [t.trainingAttendances.personId], shield: t.trainingAttendances.shielded },
  },
  ConstructionPenalty: {
    table: t.constructionPenalties,
    carries: {
      territory: placeOf(t.constructionPenalties),
      published: t.constructionPenalties.publishedOn,
    },
    defaultOrder: { column: t.constructionPenalties.decisionDecidedOn, direction: 'desc' },
  },
  SiteWageDispute: {
    table: disputes,
    // What labour made of a dispute that was handed on is construction's own case too (L5, clause CON-d).
    carries: {
      territory: placeOf(disputes),
      units: [disputes.referredToUnits],
      concerns: [disputes.transferredToId],
    },
    computed: {
      workerCountBand: () => countBand(disputes.workerCount),
      claimBand: () => amountBand(disputes.amountClaimed),
      reportedMonth: () => monthOf(disputes.reportedOn),
    },
    defaultOrder: { column: disputes.reportedOn, direction: 'desc' },
  },
  DisputeWorker: {
    table: t.disputeWorkers,
    carries: { serves: [t.disputeWorkers.workerId], shield: t.disputeWorkers.shielded },
  },
};
