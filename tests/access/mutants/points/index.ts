import { askings } from './asked.ts';
import { checks } from './checks.ts';
import { doings } from './doing.ts';
import { fused } from './fused.ts';
import { granting } from './grants.ts';
import { linking } from './links.ts';
import { looking } from './looking.ts';
import { placed } from './places.ts';
import type { EnforcementPoint } from './point.ts';
import { publishing } from './published.ts';
import { reads } from './reads.ts';
import { sights } from './sights.ts';
import { around } from './surroundings.ts';
import { wall } from './wall.ts';

/** Every place that enforces the policy. */
export const enforcementPoints: readonly EnforcementPoint[] = [
  ...checks,
  ...sights,
  ...reads,
  ...fused,
  ...publishing,
  ...askings,
  ...linking,
  ...granting,
  ...placed,
  ...looking,
  ...wall,
  ...around,
  ...doings,
];
