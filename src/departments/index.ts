import { audit } from './audit/index.ts';
import { civilAffairs } from './civil-affairs/index.ts';
import { commerce } from './commerce/index.ts';
import { comprehensiveManagement } from './comprehensive-management/index.ts';
import { construction } from './construction/index.ts';
import { cooperation } from './cooperation/index.ts';
import { coordinators } from './coordinators/index.ts';
import type { Department } from './department.ts';
import { education } from './education/index.ts';
import { familyPlanning } from './family-planning/index.ts';
import { finance } from './finance/index.ts';
import { health } from './health/index.ts';
import { housing } from './housing/index.ts';
import { informatisation } from './informatisation/index.ts';
import { justice } from './justice/index.ts';
import { labour } from './labour/index.ts';
import { legalAffairs } from './legal-affairs/index.ts';
import { organisation } from './organisation/index.ts';
import { permits } from './permits/index.ts';
import { personnel } from './personnel/index.ts';
import { planning } from './planning/index.ts';
import { populationOffice } from './population-office/index.ts';
import { publicSecurity } from './public-security/index.ts';
import { statistics } from './statistics/index.ts';
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
  comprehensiveManagement,
  cooperation,
  legalAffairs,
  finance,
  personnel,
  populationOffice,
  planning,
  informatisation,
  health,
  education,
  civilAffairs,
  construction,
  commerce,
  womensFederation,
  justice,
  statistics,
  audit,
];
