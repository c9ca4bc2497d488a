import type { Person, World } from '../world.ts';
import { firstPersonOf } from './dwellings.ts';

/** Who took the dwelling is guardian of the children in it, as the population register has it; null for adults. */
export function guardianOf(world: World, child: Person): Person | null {
  if (child.ageYears >= 18) return null;
  const head = world.person(firstPersonOf(child.dwelling));
  return head === child || head.index === child.index || head.departedOn !== null ? null : head;
}

/** Children of the district with a guardian, between two ages. */
export function* childrenOf(
  world: World,
  from: number,
  to: number,
): Generator<{ child: Person; guardian: Person }> {
  for (let i = 0; i < world.size; i++) {
    const child = world.person(i);
    if (child.ageYears < from || child.ageYears > to || child.departedOn !== null) continue;
    const guardian = guardianOf(world, child);
    if (guardian) yield { child, guardian };
  }
}
