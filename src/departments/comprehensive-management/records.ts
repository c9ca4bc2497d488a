import { sql } from 'drizzle-orm';
import { placeOf } from '../../contract/model/row-scope.ts';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

/** Where the record types of the comprehensive-management office are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  GovernanceMatter: {
    table: t.governanceMatters,
    carries: { territory: placeOf(t.governanceMatters), units: [t.governanceMatters.participantCodes] },
    defaultOrder: { column: t.governanceMatters.openedOn, direction: 'desc' },
  },
  GovernanceAction: {
    table: t.governanceActions,
    carries: { parent: t.governanceActions.matterId },
    defaultOrder: { column: t.governanceActions.dueOn, direction: 'asc' },
  },
  // Published: every row for everybody, also for those who see matters of their own only.
  CommunitySafetyActivity: {
    table: t.communitySafetyActivities,
    defaultOrder: { column: t.communitySafetyActivities.occurredOn, direction: 'desc' },
  },
  YouthPreventionActivity: {
    table: t.youthPreventionActivities,
    carries: {
      territory: placeOf(t.youthPreventionActivities),
      units: [t.youthPreventionActivities.participantCodes],
    },
    defaultOrder: { column: t.youthPreventionActivities.occurredOn, direction: 'desc' },
  },
  // The officer's own and nobody else's, not even of the same office; once sealed, nobody's. The young person does
  // not become the office's own either: it has no right on persons that this would open.
  YouthHelpPlan: {
    table: t.youthHelpPlans,
    carries: { persons: [t.youthHelpPlans.officerId] },
    where: sql`not ${t.youthHelpPlans.isSealed}`,
    defaultOrder: { column: t.youthHelpPlans.reviewOn, direction: 'asc' },
  },
};
