import { civilAffairs } from './civil-affairs/index.ts';
import { commerce } from './commerce/index.ts';
import { construction } from './construction/index.ts';
import { coordinators } from './coordinators/index.ts';
import type { Department } from './department.ts';
import { education } from './education/index.ts';
import { familyPlanning } from './family-planning/index.ts';
import { health } from './health/index.ts';
import { housing } from './housing/index.ts';
import { justice } from './justice/index.ts';
import { labour } from './labour/index.ts';
import { organisation } from './organisation/index.ts';
import { permits } from './permits/index.ts';
import { publicSecurity } from './public-security/index.ts';
import { womensFederation } from './womens-federation/index.ts';

/** The registry: one line a department. */
export const departments: readonly Department[] = [
  organisation,
  publicSecurity,
  permits,
  housing,
  labour,
  coordinators,
  familyPlanning,
  health,
  education,
  civilAffairs,
  construction,
  commerce,
  womensFederation,
  justice,
];
