import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import {
  migrantCrosswalks as crosswalks,
  dataExchangeJobs as jobs,
  informationSystems as systems,
} from './tables.ts';

/** Systems, exchanges and the crosswalk (clauses ITC-a, ITC-b). */
export const doing: DepartmentDoing = {
  guards: {
    InformationSystem: {
      noJobsLeft: {
        holds: (row) =>
          sql`not exists (select 1 from ${jobs} where ${row(systems.id)} in (${jobs.fromSystemId}, ${jobs.toSystemId}))`,
        en: 'Jobs still take data from this system or bring data into it.',
        zh: '该系统尚有数据交换任务。',
      },
    },
    DataExchangeJob: {
      systemsInUse: {
        holds: (row) =>
          sql`not exists (select 1 from ${systems} where ${systems.id} in (${row(jobs.fromSystemId)}, ${row(jobs.toSystemId)}) and ${systems.status} = 'RETIRED')`,
        after: true,
        en: 'One of the systems is out of use.',
        zh: '所选系统已停用。',
      },
      ranByNow: {
        holds: (row) => sql`${row(jobs.lastRunAt)} <= ${row(jobs.asOf)}`,
        after: true,
        en: 'A run is recorded when it has been.',
        zh: '运行时间不得晚于现在。',
      },
    },
    MigrantCrosswalk: {
      matchUnsure: {
        holds: (row) => sql`${row(crosswalks.confidence)} < 0.95 and ${row(crosswalks.reviewedBy)} is null`,
        en: 'This match is sure, or somebody has looked at it already.',
        zh: '该匹配无需复核或已复核。',
      },
    },
  },
  fills: {
    takeOwners: {
      sets: ['ownerCodes'],
      async fill({ given }, system) {
        const owners = await Promise.all(
          [given.fromSystemId, given.toSystemId].map(
            async (id) => (await system.row('InformationSystem', String(id)))?.ownerId,
          ),
        );
        return { ownerCodes: [...new Set(owners.filter((owner) => owner != null))] };
      },
    },
  },
};
