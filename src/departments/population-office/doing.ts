import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { today } from '../../store/today.ts';
import { supervisionInspections as inspections, policyMeasures as measures } from './tables.ts';

/** Bodies of the district, police stations, sub-districts and towns. */
const assessedUnit = /^PT-(?:[A-Z]{3}|STN-\d{3}-\d|SUB-\d{3})$/;

/** Conditions of what the population office keeps (dossier §3.18). */
export const doing: DepartmentDoing = {
  guards: {
    PolicyMeasure: {
      measureNotDone: {
        holds: (row) => sql`coalesce(${row(measures.progress)}, 0) < 100`,
        en: 'The measure has been carried out already.',
        zh: '该措施已完成。',
      },
    },
    SupervisionInspection: {
      inspectedByToday: {
        after: true,
        holds: (row) => sql`${row(inspections.occurredOn)} <= ${today}`,
        en: 'An inspection is recorded after it has been made.',
        zh: '检查日期不得晚于今日。',
      },
      inspectionOpen: {
        holds: (row) => sql`${row(inspections.closedOn)} is null`,
        en: 'The inspection is settled already.',
        zh: '该督查已销号。',
      },
    },
  },
  fills: {
    targetAssessed: {
      sets: [],
      fill: async ({ given }) =>
        assessedUnit.test(String(given.targetId))
          ? {}
          : {
              path: ['target'],
              en: 'Departments, their stations and sub-districts are assessed.',
              zh: '考核对象须为部门（含派出所）或街道、镇。',
            },
    },
  },
};
