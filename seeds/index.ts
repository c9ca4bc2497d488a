import { seedCoordinators } from './coordinators.ts';
import { seedFamilyPlanning } from './family-planning.ts';
import { seedHousing } from './housing.ts';
import { seedLabour } from './labour.ts';
import type { Seed } from './load.ts';
import { seedOrganisation } from './organisation.ts';
import { seedPermits } from './permits.ts';
import { seedPublicSecurity } from './public-security.ts';

/** What fills each store: one line a department. */
export const seeds: Readonly<Record<string, Seed>> = {
  organisation: seedOrganisation,
  public_security: seedPublicSecurity,
  permits: seedPermits,
  housing: seedHousing,
  labour: seedLabour,
  coordinators: seedCoordinators,
  family_planning: seedFamilyPlanning,
};
