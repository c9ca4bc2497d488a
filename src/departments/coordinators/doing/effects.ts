import { type SQL, sql } from 'drizzle-orm';
import type { DepartmentDoing, Happened, System } from '../../../contract/doing/department-doing.ts';
import {
  coordinatorAllocations as allocations,
  coordinatorAssignments as assignments,
  coordinators,
  coordinatorSecondments as secondments,
} from '../tables.ts';

const store = 'coordinators';

/** Whom an event of a coordinator or of a secondment is about. */
async function coordinatorOf({ record, id }: Happened, system: System): Promise<string> {
  if (record === 'Coordinator') return id;
  return String((await system.row(record, id))?.coordinatorId);
}

async function changeEach(system: System, record: string, event: string, query: SQL): Promise<void> {
  for (const { id } of await system.rows<{ id: string }>(store, query))
    await system.change(record, id, event);
}

/** What follows from service, loan and tasks of coordinators. */
export const effects: DepartmentDoing['effects'] = {
  async endArea(happened, system) {
    const id = await coordinatorOf(happened, system);
    await changeEach(
      system,
      'CoordinatorAssignment',
      'endWithService',
      sql`select ${assignments.id} as id from ${assignments} where ${assignments.coordinatorId} = ${id} and ${assignments.endsOn} is null`,
    );
  },
  async closeSecondment(happened, system) {
    const id = await coordinatorOf(happened, system);
    await changeEach(
      system,
      'CoordinatorSecondment',
      'endWithService',
      sql`select ${secondments.id} as id from ${secondments} where ${secondments.coordinatorId} = ${id} and ${secondments.endsOn} is null`,
    );
  },
  async markSeconded(happened, system) {
    await system.change('Coordinator', await coordinatorOf(happened, system), 'second');
  },
  async markBack(happened, system) {
    await system.change('Coordinator', await coordinatorOf(happened, system), 'comeBack');
  },
  async recountPosts(happened, system) {
    const coordinator = await system.row('Coordinator', happened.id);
    const [count] = await system.rows<{ id: string; actual: number; seconded: number }>(
      store,
      sql`select a.id, count(c.id)::int as actual, count(c.id) filter (where c.status = 'SECONDED')::int as seconded from ${allocations} a left join ${coordinators} c on c.subdistrict_code = a.subdistrict_code and c.status in ('ACTIVE', 'SECONDED', 'SUSPENDED') where a.subdistrict_code = ${coordinator?.subdistrictCode} and a.year = ${Number(happened.today.slice(0, 4))} and a.status in ('PROPOSED', 'APPROVED') group by a.id`,
    );
    if (!count) return;
    const { id, actual, seconded } = count;
    await system.change('CoordinatorAllocation', id, 'recount', {
      actualHeadcount: actual,
      secondedCount: seconded,
    });
  },
  async closeTask({ id }, system) {
    await system.change('CoordinatorTask', id, 'close');
  },
};
