import type * as tables from '../../src/departments/public-security/tables.ts';
import { territoryOf } from '../world/territory.ts';
import { type Person, seedId, type World } from '../world.ts';
import { householdOf, isAdult, residents } from './residents.ts';

interface SeedHousehold {
  readonly dwelling: number;
  readonly head: Person;
  readonly members: readonly Person[];
}

function* eachHousehold(world: World): Generator<SeedHousehold> {
  for (const together of residents(world)) {
    const members = householdOf(together);
    const head = members.find(isAdult) ?? members[0];
    if (head) yield { dwelling: head.dwelling, head, members };
  }
}

/** A household where at least two share a dwelling. */
export function* households(world: World): Generator<typeof tables.households.$inferInsert> {
  for (const { dwelling, head, members } of eachHousehold(world))
    yield {
      id: seedId('household', dwelling),
      dwellingId: world.dwelling(dwelling).id,
      headId: head.id,
      memberCount: members.length,
      ...territoryOf(head),
      shielded: members.some((member) => member.shielded),
    };
}

export function* householdMembers(world: World): Generator<typeof tables.householdMembers.$inferInsert> {
  for (const { dwelling, head, members } of eachHousehold(world))
    for (const member of members)
      yield {
        id: seedId('householdMember', member.index),
        householdId: seedId('household', dwelling),
        personId: member.id,
        relationToHead: relation(member, head),
        startsOn: member.arrivedHereOn,
        ...territoryOf(member),
      };
}

function relation(member: Person, head: Person) {
  if (member === head) return 'HEAD';
  if (!isAdult(member)) return member.sex === 'MALE' ? 'SON' : 'DAUGHTER';
  if (member.sex !== head.sex && isAdult(head)) return member.sex === 'MALE' ? 'HUSBAND' : 'WIFE';
  return member.index % 2 === 0 ? 'OTHER_RELATIVE' : 'NON_RELATIVE';
}

/** A grown-up head is guardian of the children of the household. */
export function* guardianships(world: World): Generator<typeof tables.guardianships.$inferInsert> {
  for (const { head, members } of eachHousehold(world))
    for (const child of members)
      if (isAdult(head) && !isAdult(child))
        yield {
          id: seedId('guardianship', child.index),
          guardianMemberId: seedId('householdMember', head.index),
          guardianId: head.id,
          childId: child.id,
          startsOn: child.arrivedHereOn,
          ...territoryOf(head),
          shielded: head.shielded || child.shielded,
        };
}
