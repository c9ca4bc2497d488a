import { checks } from './checks.ts';
import type { EnforcementPoint } from './point.ts';
import { reads } from './reads.ts';
import { sights } from './sights.ts';
import { wall } from './wall.ts';

/** Every place that enforces the policy. */
export const enforcementPoints: readonly EnforcementPoint[] = [...checks, ...sights, ...reads, ...wall];
