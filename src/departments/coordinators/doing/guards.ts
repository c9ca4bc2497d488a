import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { DepartmentDoing, Guard, RowColumn } from '../../../contract/doing/department-doing.ts';
import { today } from '../../../store/today.ts';
import * as t from '../tables.ts';
import { mostOpenTasks } from '../task-kinds.ts';

const {
  coordinators,
  coordinatorAllocations: allocations,
  coordinatorAssignments: assignments,
  coordinatorAssessments: assessments,
  coordinatorPays: pays,
  coordinatorSecondments: secondments,
  coordinatorTasks: tasks,
  payStandards: standards,
  visits,
} = t;

/** They hold a post. */
const inPost = sql.raw(`('ACTIVE', 'SECONDED', 'SUSPENDED')`);
const underWay = sql.raw(`('ASSIGNED', 'IN_PROGRESS')`);

/** Nobody leaves work behind. @param coordinator the column that holds who it is */
const noTaskUnderWay = (coordinator: PgColumn): Guard => ({
  holds: (row) =>
    sql`not exists (select 1 from ${tasks} where ${tasks.assigneeId} = ${row(coordinator)} and ${tasks.status} in ${underWay})`,
  en: 'Tasks are still under way: give them to another coordinator first.',
  zh: '尚有办理中的任务，请先改派。',
});

const isActive = (coordinator: PgColumn) => (row: RowColumn) =>
  sql`exists (select 1 from ${coordinators} where ${coordinators.id} = ${row(coordinator)} and ${coordinators.status} = 'ACTIVE')`;

const coordinatorActive = (coordinator: PgColumn): Guard => ({
  holds: isActive(coordinator),
  en: 'The coordinator is not in active service.',
  zh: '该协管员不在岗。',
});

const secondmentOf = (row: RowColumn) =>
  sql`exists (select 1 from ${secondments} where ${secondments.coordinatorId} = ${row(coordinators.id)} and ${secondments.endsOn} is null)`;

/** What must hold before something happens to coordinators, their posts, areas and tasks (dossier §5.5, §5.6). */
export const guards: DepartmentDoing['guards'] = {
  Coordinator: {
    postFree: {
      holds: (row) =>
        sql`(select count(*) from ${coordinators} where ${coordinators.subdistrictCode} = ${row(coordinators.subdistrictCode)} and ${coordinators.status} in ${inPost}) < (select ${allocations.approvedHeadcount} from ${allocations} where ${allocations.subdistrictCode} = ${row(coordinators.subdistrictCode)} and ${allocations.status} = 'APPROVED' and ${allocations.year} = extract(year from ${today}))`,
      en: 'No approved post of this year is free.',
      zh: '本年度核定编制已满。',
    },
    noTaskUnderWay: noTaskUnderWay(coordinators.id),
    secondmentOpen: {
      holds: secondmentOf,
      en: 'No secondment is open.',
      zh: '无有效借调。',
    },
    noSecondmentOpen: {
      holds: (row) => sql`not ${secondmentOf(row)}`,
      en: 'A secondment is still open.',
      zh: '借调尚未结束。',
    },
  },
  CoordinatorAssignment: {
    coordinatorActive: coordinatorActive(assignments.coordinatorId),
    assignmentOpen: {
      holds: (row) => sql`${row(assignments.endsOn)} is null`,
      en: 'The assignment has ended.',
      zh: '该责任区安排已终止。',
    },
    // By itself an area ends with the service in it, not before.
    coordinatorAway: {
      holds: (row) =>
        sql`${row(assignments.endsOn)} is null and (not ${isActive(assignments.coordinatorId)(row)} or exists (select 1 from ${secondments} where ${secondments.coordinatorId} = ${row(assignments.coordinatorId)} and ${secondments.endsOn} is null))`,
      en: 'The coordinator is still in service in the area.',
      zh: '该协管员仍在责任区在岗。',
    },
  },
  CoordinatorSecondment: {
    coordinatorActive: coordinatorActive(secondments.coordinatorId),
    noTaskUnderWay: noTaskUnderWay(secondments.coordinatorId),
    secondmentStillOpen: {
      holds: (row) => sql`${row(secondments.endsOn)} is null`,
      en: 'The secondment has ended.',
      zh: '该借调已结束。',
    },
    coordinatorGone: {
      holds: (row) =>
        sql`${row(secondments.endsOn)} is null and exists (select 1 from ${coordinators} where ${coordinators.id} = ${row(secondments.coordinatorId)} and ${coordinators.status} = 'LEFT')`,
      en: 'The coordinator is still in service.',
      zh: '该协管员仍在职。',
    },
  },
  CoordinatorTask: {
    assigneeInService: {
      after: true,
      holds: isActive(tasks.assigneeId),
      en: 'The coordinator is not in active service.',
      zh: '该协管员不在岗。',
    },
    areaCoversTarget: {
      after: true,
      holds: (row) =>
        sql`exists (select 1 from ${assignments} where ${assignments.coordinatorId} = ${row(tasks.assigneeId)} and ${assignments.endsOn} is null and case when ${row(tasks.neighbourhoodCode)} is null then ${assignments.subdistrictCode} = ${row(tasks.subdistrictCode)} else ${row(tasks.neighbourhoodCode)} = any(${assignments.neighbourhoodCodes}) end)`,
      en: 'The target does not lie in the area of this coordinator.',
      zh: '对象不在该协管员责任区内。',
    },
    loadUnderCap: {
      after: true,
      holds: (row) =>
        sql`(select count(*) from ${tasks} where ${tasks.assigneeId} = ${row(tasks.assigneeId)} and ${tasks.status} in ${underWay}) <= ${sql.raw(String(mostOpenTasks))}`,
      en: `A coordinator has at most ${mostOpenTasks} tasks under way.`,
      zh: `协管员在办任务不得超过${mostOpenTasks}件。`,
    },
  },
  Visit: {
    taskMineUnderWay: {
      holds: (row) =>
        sql`exists (select 1 from ${tasks} where ${tasks.id} = ${row(visits.taskId)} and ${tasks.assigneeId} = ${row(visits.coordinatorId)} and ${tasks.status} = 'IN_PROGRESS')`,
      en: 'The task is not yours, or you have not started it.',
      zh: '该任务不属于您，或尚未开始办理。',
    },
  },
  CoordinatorAssessment: {
    monthOver: {
      holds: (row) => sql`${row(assessments.period)} < to_char(${today}, 'YYYY-MM')`,
      en: 'A month is assessed when it is over.',
      zh: '当月结束后方可考核。',
    },
  },
  CoordinatorPay: {
    wageByStandard: {
      holds: (row) =>
        sql`exists (select 1 from ${standards} join ${coordinators} on ${coordinators.programme} = ${standards.programme} where ${coordinators.id} = ${row(pays.coordinatorId)} and ${standards.monthlyWage} = ${row(pays.baseWage)} and (${row(pays.month)} || '-01')::date between ${standards.validFrom} and coalesce(${standards.validTo}, 'infinity'))`,
      field: 'baseWage',
      en: 'The base wage is not that of the pay standard of this month.',
      zh: '基本工资与当月薪酬标准不符。',
    },
  },
  PayStandard: {
    noStandardOverlaps: {
      after: true,
      holds: (row) =>
        sql`not exists (select 1 from ${standards} where ${standards.id} <> ${row(standards.id)} and ${standards.programme} = ${row(standards.programme)} and ${standards.category} = ${row(standards.category)} and daterange(${standards.validFrom}, ${standards.validTo}, '[]') && daterange(${row(standards.validFrom)}, ${row(standards.validTo)}, '[]'))`,
      field: 'validFrom',
      en: 'Another standard is in force on some of these days: end it first.',
      zh: '与另一标准的有效期重叠，请先终止该标准。',
    },
  },
};
