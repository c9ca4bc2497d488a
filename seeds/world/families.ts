import type { Person, World } from '../world.ts';
import { firstPersonOf } from './dwellings.ts';
import { isChild } from './persons.ts';

/** Who took the dwelling is guardian of the children in it, as the population register has it; null for adults. */
export function guardianOf(world: World, child: Person): Person | null {
  if (child.ageYears >= 18) return null;
  const head = world.person(firstPersonOf(child.dwelling));
  return head === child || head.index === child.index || head.departedOn !== null ? null : head;
}

/** Children of the district, or every n-th person who is one. */
export function* childrenBy(world: World, step = 1, remainder = 0): Generator<Person> {
  for (let i = remainder; i < world.size; i += step) if (isChild(world, i)) yield world.person(i);
}

/** Children who live with a guardian, between two ages. */
export function* childrenOf(
  world: World,
  from: number,
  to: number,
): Generator<{ child: Person; guardian: Person }> {
  for (const child of childrenBy(world)) {
    if (child.ageYears < from || child.ageYears > to || child.departedOn !== null) continue;
    const guardian = guardianOf(world, child);
    if (guardian) yield { child, guardian };
  }
}
