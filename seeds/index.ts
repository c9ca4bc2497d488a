import { seedCivilAffairs } from './civil-affairs.ts';
import { seedCommerce } from './commerce.ts';
import { seedConstruction } from './construction.ts';
import { seedCoordinators } from './coordinators.ts';
import { seedEducation } from './education.ts';
import { seedFamilyPlanning } from './family-planning.ts';
import { seedHealth } from './health.ts';
import { seedHousing } from './housing.ts';
import { seedJustice } from './justice.ts';
import { seedLabour } from './labour.ts';
import type { Seed } from './load.ts';
import { seedOrganisation } from './organisation.ts';
import { seedPermits } from './permits.ts';
import { seedPublicSecurity } from './public-security.ts';
import { seedWomensFederation } from './womens-federation.ts';

/** What fills each store: one line a department. */
export const seeds: Readonly<Record<string, Seed>> = {
  organisation: seedOrganisation,
  public_security: seedPublicSecurity,
  permits: seedPermits,
  housing: seedHousing,
  labour: seedLabour,
  coordinators: seedCoordinators,
  family_planning: seedFamilyPlanning,
  health: seedHealth,
  education: seedEducation,
  civil_affairs: seedCivilAffairs,
  construction: seedConstruction,
  commerce: seedCommerce,
  womens_federation: seedWomensFederation,
  justice: seedJustice,
};
