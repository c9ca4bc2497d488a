import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Carriers } from '../../contract/model/row-scope.ts';
import type { territory } from '../../store/columns.ts';
import { today } from '../../store/today.ts';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

type Placed = Readonly<Record<keyof ReturnType<typeof territory>, PgColumn>>;

/**
 * Rows about a coordinator: of the branch's and the station's territory, and the coordinator's own. The branch is
 * no `unit` of theirs: a coordinator acts for the branch too, and would see what colleagues are paid.
 */
const ofCoordinator = (table: Placed, coordinator: PgColumn): Carriers => ({
  territory: { subdistrict: table.subdistrictCode, station: table.stationCode },
  persons: [coordinator],
});

const { coordinatorAllocations: allocations, coordinatorTasks: tasks } = t;

/** Where the coordinators' record types are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  Coordinator: {
    table: t.coordinators,
    carries: ofCoordinator(t.coordinators, t.coordinators.id),
    defaultOrder: { column: t.coordinators.badgeNo, direction: 'asc' },
  },
  CoordinatorAllocation: {
    table: allocations,
    carries: { territory: { subdistrict: allocations.subdistrictCode }, units: [allocations.unitId] },
    computed: {
      fieldHeadcount: () => sql`(${allocations.actualHeadcount} - ${allocations.secondedCount})`,
      gap: () => sql`(${allocations.approvedHeadcount} - ${allocations.actualHeadcount})`,
    },
    defaultOrder: { column: allocations.year, direction: 'desc' },
  },
  CoordinatorAssignment: {
    table: t.coordinatorAssignments,
    carries: ofCoordinator(t.coordinatorAssignments, t.coordinatorAssignments.coordinatorId),
    copies: {
      areas: {
        holder: t.coordinatorAssignments.coordinatorId,
        neighbourhoods: t.coordinatorAssignments.neighbourhoodCodes,
        startsOn: t.coordinatorAssignments.startsOn,
        endsOn: t.coordinatorAssignments.endsOn,
      },
    },
    defaultOrder: { column: t.coordinatorAssignments.startsOn, direction: 'desc' },
  },
  CoordinatorSecondment: {
    table: t.coordinatorSecondments,
    carries: ofCoordinator(t.coordinatorSecondments, t.coordinatorSecondments.coordinatorId),
    defaultOrder: { column: t.coordinatorSecondments.startsOn, direction: 'desc' },
  },
  CoordinatorTask: {
    table: tasks,
    carries: {
      territory: {
        subdistrict: tasks.subdistrictCode,
        station: tasks.stationCode,
        neighbourhood: tasks.neighbourhoodCode,
      },
      // Not `subjects`: a department's own tasks are those it issued, not all about the persons it serves (K3).
      units: [tasks.issuedById],
      // Not `persons`: a coordinator's own task is out of reach seven days after it was closed (§5.5).
      task: {
        assignee: tasks.assigneeId,
        closedOn: tasks.closedOn,
        subject: tasks.targetMigrantId,
        subdistrict: tasks.subdistrictCode,
      },
      shield: tasks.shielded,
    },
    computed: {
      targetKind: () => sql`case
        when ${tasks.targetMigrantId} is not null then 'MIGRANT'
        when ${tasks.targetDwellingId} is not null then 'DWELLING'
        when ${tasks.targetEmployerId} is not null then 'EMPLOYER'
        else 'PLACE' end`,
      isOverdue: () =>
        sql`(${tasks.dueOn} < ${today} and ${tasks.status} in ('CREATED', 'ASSIGNED', 'IN_PROGRESS'))`,
    },
    defaultOrder: { column: tasks.dueOn, direction: 'asc' },
  },
  Visit: {
    table: t.visits,
    carries: { parent: t.visits.taskId },
    defaultOrder: { column: t.visits.startedAt, direction: 'desc' },
  },
  FieldReport: {
    table: t.fieldReports,
    carries: ofCoordinator(t.fieldReports, t.fieldReports.coordinatorId),
    defaultOrder: { column: t.fieldReports.madeAt, direction: 'desc' },
  },
  CoordinatorAssessment: {
    table: t.coordinatorAssessments,
    carries: ofCoordinator(t.coordinatorAssessments, t.coordinatorAssessments.coordinatorId),
    defaultOrder: { column: t.coordinatorAssessments.period, direction: 'desc' },
  },
  CoordinatorPay: {
    table: t.coordinatorPays,
    carries: ofCoordinator(t.coordinatorPays, t.coordinatorPays.coordinatorId),
    defaultOrder: { column: t.coordinatorPays.month, direction: 'desc' },
  },
  PayStandard: {
    table: t.payStandards,
    defaultOrder: { column: t.payStandards.validFrom, direction: 'desc' },
  },
};
