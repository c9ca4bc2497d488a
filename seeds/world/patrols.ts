import type { Dwelling, World } from '../world.ts';
import { dayNumber } from './dates.ts';
import { hash } from './random.ts';

/** What a patrol of a dwelling found; days by their numbers. */
export interface Patrol {
  readonly on: number;
  readonly finding: string;
  readonly severity: string;
  readonly rectifiedOn: number | null;
}

const findings = [
  'NONE',
  'UNFILED_LEASE',
  'OVER_OCCUPANCY',
  'UNSAFE_WIRING',
  'GAS_RISK',
  'BLOCKED_EXIT',
  'USE_CHANGED',
];

/** Let for another use than the dwelling's: a defect that inspections find. */
export const hasOtherUse = (d: Dwelling) => d.index % 211 === 5;

/** The patrol of one dwelling in ten, and of those of another use; null for the rest. */
export function patrolOf(world: World, d: Dwelling): Patrol | null {
  if (d.index % 10 !== 3 && !hasOtherUse(d)) return null;
  const today = dayNumber(world.today);
  const h = hash(world.seed, 34, d.index, 1);
  const finding = hasOtherUse(d) ? 'USE_CHANGED' : (findings[h % findings.length] ?? 'NONE');
  const on = today - 1 - (h % 200);
  const isFound = finding !== 'NONE';
  return {
    on,
    finding,
    severity: isFound ? (['LOW', 'MEDIUM', 'HIGH'][(h >>> 8) % 3] ?? 'LOW') : 'LOW',
    rectifiedOn: isFound && (h >>> 12) % 2 === 0 ? Math.min(on + 20, today) : null,
  };
}

/** Dwellings, at most so many, with a grave finding that is not put right: what joint matters are about. */
export function gravelyFaulted(world: World, atMost: number): Dwelling[] {
  const found: Dwelling[] = [];
  for (let i = 0; i < world.dwellings && found.length < atMost; i++) {
    const d = world.dwelling(i);
    const patrol = patrolOf(world, d);
    if (patrol?.severity === 'HIGH' && patrol.rectifiedOn === null) found.push(d);
  }
  return found;
}
