import { dateOf, dayNumber } from '../world/dates.ts';
import { neighbourhoodCode, stationOf } from '../world/places.ts';
import { hash } from '../world/random.ts';
import { type Employer, type Person, type Place, seedId, type World } from '../world.ts';
import type { Member } from './roster.ts';

/** Whom and what there is to do in a neighbourhood, a bounded number of each. */
export interface Surroundings {
  readonly persons: Map<string, Person[]>;
  readonly employers: Map<string, Employer[]>;
}

/** What a coordinator gets to do: kind, giver, target, state, days from today to its due day and closing. */
const plan = [
  { kind: 'REGISTRATION_VISIT', by: 'STN', target: 'person', status: 'IN_PROGRESS', due: 7 },
  { kind: 'REGISTRATION_VISIT', by: 'SUB', target: 'person', status: 'ASSIGNED', due: 10 },
  { kind: 'PERMIT_SUPPORT', by: 'SUB', target: 'person', status: 'ASSIGNED', due: 14 },
  { kind: 'REGISTRATION_VISIT', by: 'STN', target: 'person', status: 'IN_PROGRESS', due: -3 },
  // Closed so lately that the person is still in reach, and so long ago that not (dossier §5.5: seven days).
  {
    kind: 'REGISTRATION_VISIT',
    by: 'SUB',
    target: 'person',
    status: 'CLOSED',
    due: -2,
    closed: -3,
    result: 'REGISTERED',
  },
  {
    kind: 'PERMIT_SUPPORT',
    by: 'SUB',
    target: 'person',
    status: 'CLOSED',
    due: -38,
    closed: -40,
    result: 'APPLICATION_PREPARED',
  },
  { kind: 'PROPERTY_PATROL', by: 'HLR', target: 'dwelling', status: 'ASSIGNED', due: 20 },
  { kind: 'PROPERTY_PATROL', by: 'HLR', target: 'dwelling', status: 'CANCELLED', due: 5, closed: -1 },
  { kind: 'INSURANCE_OUTREACH', by: 'LSS', target: 'employer', status: 'ASSIGNED', due: 21 },
  { kind: 'LABOUR_INSPECTION_SUPPORT', by: 'CON', target: 'employer', status: 'CREATED', due: 28 },
  { kind: 'FAMILY_PLANNING_OUTREACH', by: 'FPC', target: 'place', status: 'ASSIGNED', due: 15 },
  { kind: 'DISEASE_PREVENTION', by: 'HLT', target: 'place', status: 'REPORTED', due: 3, result: 'INFORMED' },
  {
    kind: 'PUBLIC_ORDER_SUPPORT',
    by: 'CSO',
    target: 'place',
    status: 'VERIFIED',
    due: 1,
    result: 'NOTHING_FOUND',
  },
  {
    kind: 'BUSINESS_CHECK',
    by: 'AIC',
    target: 'place',
    status: 'CLOSED',
    due: -18,
    closed: -20,
    result: 'FINDING_REPORTED',
  },
] as const;
const personsEach = 8;

export interface TaskRow {
  readonly id: string;
  readonly assigneeId: string | null;
  readonly status: string;
  readonly dueOn: string;
  readonly closedOn: string | null;
  readonly subdistrictCode: string;
  readonly stationCode: string;
}

export const codesOf = (m: Pick<Member, 'place' | 'neighbourhoods'>) =>
  m.neighbourhoods.map((n) => neighbourhoodCode(m.place, n));

export function* taskRows(world: World, members: readonly Member[], { persons, employers }: Surroundings) {
  const today = dayNumber(world.today);
  for (const m of members) {
    if (m.status !== 'ACTIVE') continue;
    const codes = codesOf(m);
    // In the order of the district, so that the tasks are spread over the area.
    const near = codes.flatMap((code) => persons.get(code) ?? []).sort((x, y) => x.index - y.index);
    const works = codes.flatMap((code) => employers.get(code) ?? []);
    let next = m.rank * personsEach;
    for (const [n, task] of plan.entries()) {
      const person = task.target === 'person' || task.target === 'dwelling' ? near[next++] : undefined;
      const employer = task.target === 'employer' ? works[(m.rank * 2 + n) % works.length] : undefined;
      if (task.target !== 'place' && !person && !employer) continue;
      yield {
        id: seedId('task', m.ordinal, n),
        kind: task.kind,
        priority: task.due < 0 ? 'HIGH' : 'NORMAL',
        issuedById: issuer(task.by, m),
        assigneeId: task.status === 'CREATED' ? null : m.id,
        targetMigrantId: task.target === 'person' ? (person?.id ?? null) : null,
        targetDwellingId: task.target === 'dwelling' && person ? seedId('dwelling', person.dwelling) : null,
        targetEmployerId: employer?.id ?? null,
        targetPlace:
          task.target === 'place' ? `示例路${1 + (hash(world.seed, 64, m.ordinal, n) % 199)}弄口` : null,
        dueOn: dateOf(today + task.due),
        status: task.status,
        result: 'result' in task ? task.result : null,
        closedOn: 'closed' in task ? dateOf(today + task.closed) : null,
        ...territoryOf(m.place, person?.neighbourhoodCode ?? employer?.neighbourhoodCode ?? codes[0] ?? ''),
        shielded: task.target === 'person' && person?.shielded === true,
      };
    }
  }
}

function issuer(by: string, m: Member): string {
  if (by === 'STN') return m.station;
  return by === 'SUB' ? `PT-SUB-${m.place.number}` : `PT-${by}`;
}

function territoryOf(place: Place, code: string) {
  return {
    subdistrictCode: place.code,
    stationCode: stationOf(place, Number(code.slice(9))),
    neighbourhoodCode: code,
  };
}

const visited = new Set(['IN_PROGRESS', 'REPORTED', 'VERIFIED', 'CLOSED']);

/** One visit a task that was begun; two where nobody was at home the first time. */
export function* visitRows(world: World, tasks: Iterable<TaskRow>) {
  const today = dayNumber(world.today);
  let ordinal = 0;
  for (const task of tasks) {
    ordinal += 1;
    if (!task.assigneeId || !visited.has(task.status)) continue;
    const h = hash(world.seed, 65, ordinal, 1);
    const day = task.closedOn ? dayNumber(task.closedOn) - 1 : today - 4;
    const done = task.status !== 'IN_PROGRESS';
    const visit = (n: number, on: number, outcome: string) => ({
      id: seedId('visit', ordinal, n),
      taskId: task.id,
      coordinatorId: task.assigneeId,
      startedAt: `${dateOf(on)}T01:${String(h % 60).padStart(2, '0')}:00Z`,
      endedAt: `${dateOf(on)}T02:${String(h % 60).padStart(2, '0')}:00Z`,
      outcome,
      personsCaptured: outcome === 'DONE' ? h % 4 : null,
      note: outcome === 'REFUSED' ? '改日再访' : null,
    });
    if (!done || h % 3 === 0) yield visit(0, day - 2, h % 5 === 0 ? 'REFUSED' : 'NOBODY_HOME');
    if (done) yield visit(1, day, 'DONE');
  }
}
