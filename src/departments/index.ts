import { audit } from './audit/index.ts';
import { coordinators } from './coordinators/index.ts';
import type { Department } from './department.ts';
import { housing } from './housing/index.ts';
import { labour } from './labour/index.ts';
import { organisation } from './organisation/index.ts';
import { permits } from './permits/index.ts';
import { publicSecurity } from './public-security/index.ts';

/** The registry: one line a department. */
export const departments: readonly Department[] = [
  organisation,
  publicSecurity,
  permits,
  housing,
  labour,
  coordinators,
  audit,
];
