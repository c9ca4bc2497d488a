import { dateOf, dayNumber } from '../world/dates.ts';
import { hash } from '../world/random.ts';
import { seedId, type World } from '../world.ts';
import type { Member } from './roster.ts';
import type { TaskRow } from './tasks.ts';

/** Of every so manieth task that was cancelled or reported, a device came back too late. */
const every = 3;

/** What came from the field after the task had moved on: some still open, some settled. */
export function* reportRows(world: World, members: readonly Member[], tasks: Iterable<TaskRow>) {
  const today = dayNumber(world.today);
  const inService = new Set(members.filter(({ status }) => status === 'ACTIVE').map(({ id }) => id));
  let ordinal = 0;
  for (const task of tasks) {
    ordinal += 1;
    const isLate = task.status === 'CANCELLED' || task.status === 'REPORTED';
    if (!isLate || !task.assigneeId || !inService.has(task.assigneeId)) continue;
    const h = hash(world.seed, 66, ordinal, 1);
    if (h % every === 0 && ordinal > 20) continue;
    const isVisit = task.status === 'CANCELLED';
    const day = dateOf(today - 1 - (h % 5));
    const isSettled = h % 2 === 0;
    const isNotMine = isVisit && h % 4 < 2;
    // Made up, with a number of no place.
    const arrival = {
      name: '示例人',
      sex: 'FEMALE',
      citizenIdNumber: '349999198806150024',
      birthDate: '1988-06-15',
      hukouDivision: '340000',
      relationToHead: 'SPOUSE',
    };
    const hasPersons = isVisit && !isSettled && !isNotMine;
    yield {
      id: seedId('fieldReport', ordinal),
      cause: isNotMine ? 'NOT_MINE' : 'CONFLICT',
      kind: isVisit ? 'VISIT' : 'REPORT',
      taskId: task.id,
      coordinatorId: task.assigneeId,
      device: `PDA-${100 + (h % 900)}`,
      counter: 1 + (h % 40),
      madeAt: `${day}T02:10:00Z`,
      baseVersion: 1,
      startedAt: isVisit ? `${day}T01:50:00Z` : null,
      endedAt: isVisit ? `${day}T02:10:00Z` : null,
      outcome: isVisit ? 'DONE' : null,
      personsCaptured: isVisit ? 1 : null,
      result: isVisit ? null : 'INFORMED',
      note: h % 5 === 0 ? '另有一处待补' : null,
      arrivals: hasPersons ? [arrival] : null,
      departureIds: hasPersons ? [world.person(h % world.size).id] : null,
      status: isSettled ? 'SETTLED' : 'OPEN',
      settlement: isSettled ? 'NOTHING_TO_ENTER' : null,
      settledOn: isSettled ? dateOf(today) : null,
      subdistrictCode: task.subdistrictCode,
      stationCode: task.stationCode,
    };
  }
}
