import type * as tables from '../../src/departments/permits/tables.ts';
import { dateOf, dayNumber } from '../world/dates.ts';
import { territoryOf } from '../world/territory.ts';
import { type Person, seedId, type World } from '../world.ts';

type PermitRow = typeof tables.residencePermits.$inferInsert;
type EventRow = typeof tables.permitEvents.$inferInsert;
type Permit = NonNullable<Person['permit']>;

/** The permit of those who have one, and before it for one in four an expired one. */
export function* residencePermits(world: World): Generator<PermitRow> {
  for (const [person, permit] of holders(world)) {
    const dwellingId = world.dwelling(registeredAt(world, person)).id;
    const common = {
      holderId: person.id,
      registeredDwellingId: dwellingId,
      ...territoryOf(person),
    };
    const state = stateOf(person, permit);
    const reason = endOf(state.status)?.reason ?? null;
    const isAdverse = state.status === 'SUSPENDED' || state.status === 'REVOKED';
    yield {
      id: seedId('permit', person.index),
      permitNo: `PTJ${String(person.index).padStart(9, '0')}`,
      type: permit.type,
      validFrom: permit.validFrom,
      validTo: permit.validTo,
      ...state,
      endReason: reason,
      decisionLegalBasis: isAdverse ? '《上海市居住证暂行规定》' : null,
      decisionReasons: isAdverse ? '示例:申请材料存疑' : null,
      decisionDecidedBy: isAdverse ? 'PT-PSB' : null,
      decisionDecidedOn: isAdverse ? state.endedOn : null,
      decisionRemedyNotice: isAdverse ? '可在六十日内申请行政复议,或在三个月内提起行政诉讼' : null,
      ...common,
      createdAt: `${permit.validFrom}T02:00:00Z`,
    };
    const past = pastTerm(person, permit);
    if (past)
      yield {
        id: seedId('pastPermit', person.index),
        permitNo: `PTH${String(person.index).padStart(9, '0')}`,
        type: 'TEMPORARY',
        ...past,
        status: 'EXPIRED',
        endedOn: null,
        endReason: null,
        decisionLegalBasis: null,
        decisionReasons: null,
        decisionDecidedBy: null,
        decisionDecidedOn: null,
        decisionRemedyNotice: null,
        ...common,
        createdAt: `${past.validFrom}T02:00:00Z`,
      };
  }
}

/** Some have moved since, and the permit was not changed: a disagreement (dossier §8.3). */
const registeredAt = (world: World, { index, dwelling }: Person) =>
  index % 43 === 8 ? (dwelling + 1) % world.dwellings : dwelling;

/** Second rows of one person got no permit of their own. */
function* holders(world: World): Generator<[Person, Permit]> {
  for (let i = 0; i < world.size; i++) {
    const person = world.person(i);
    if (person.permit && person.duplicateOf === null) yield [person, person.permit];
  }
}

/** As the world says, and for some in force: cancelled on leaving, lost, suspended, revoked. */
function stateOf(person: Person, permit: Permit) {
  const { index, departedOn } = person;
  if (permit.status !== 'ACTIVE') return { status: permit.status, endedOn: null } as const;
  const later = (day: string) => (day < permit.validFrom ? permit.validFrom : day);
  if (departedOn !== null) return { status: 'CANCELLED', endedOn: later(departedOn) } as const;
  if (index % 101 === 5) return { status: 'LOST', endedOn: later('2007-02-20') } as const;
  if (index % 307 === 6) return { status: 'SUSPENDED', endedOn: later('2007-02-15') } as const;
  if (index % 1511 === 7) return { status: 'REVOKED', endedOn: later('2007-01-15') } as const;
  return { status: 'ACTIVE', endedOn: null } as const;
}

/** Half a year that ended the day before the present term began. */
function pastTerm({ index }: Person, { validFrom }: Permit) {
  if (index % 4 !== 1) return undefined;
  const end = dayNumber(validFrom) - 1;
  return { validFrom: dateOf(end - 181), validTo: dateOf(end) };
}

const entered = (day: string) => ({ occurredAt: `${day}T02:00:00Z`, byUser: 'PT-PSB/permits' });

/** What happened to each permit, in the order of its days. */
export function* permitEvents(world: World): Generator<EventRow> {
  for (const [person, permit] of holders(world)) {
    const { index } = person;
    const permitId = seedId('permit', index);
    const { status, endedOn } = stateOf(person, permit);
    yield {
      id: seedId('permitEvent', index),
      permitId,
      kind: 'ISSUED',
      reason: null,
      ...entered(permit.validFrom),
    };
    const end = endOf(status);
    if (end)
      yield { id: seedId('permitEvent', index, 1), permitId, ...end, ...entered(endedOn ?? permit.validTo) };
    const past = pastTerm(person, permit);
    if (!past) continue;
    const pastId = seedId('pastPermit', index);
    yield {
      id: seedId('permitEvent', index, 2),
      permitId: pastId,
      kind: 'ISSUED',
      reason: null,
      ...entered(past.validFrom),
    };
    yield {
      id: seedId('permitEvent', index, 3),
      permitId: pastId,
      kind: 'EXPIRED',
      reason: null,
      ...entered(past.validTo),
    };
  }
}

function endOf(status: ReturnType<typeof stateOf>['status']): Pick<EventRow, 'kind' | 'reason'> | undefined {
  switch (status) {
    case 'EXPIRED':
      return { kind: 'EXPIRED', reason: null };
    case 'CANCELLED':
      return { kind: 'CANCELLED', reason: 'LEFT_SHANGHAI' };
    case 'LOST':
      return { kind: 'LOST_REPORTED', reason: null };
    case 'SUSPENDED':
      return { kind: 'SUSPENDED', reason: null };
    case 'REVOKED':
      return { kind: 'REVOKED', reason: 'FALSE_MATERIALS' };
    default:
      return undefined;
  }
}
