import { seedComprehensiveManagement } from './comprehensive-management.ts';
import { seedCooperation } from './cooperation.ts';
import { seedCoordinators } from './coordinators.ts';
import { seedFamilyPlanning } from './family-planning.ts';
import { seedFinance } from './finance.ts';
import { seedHousing } from './housing.ts';
import { seedInformatisation } from './informatisation.ts';
import { seedLabour } from './labour.ts';
import { seedLegalAffairs } from './legal-affairs.ts';
import type { Seed } from './load.ts';
import { seedOrganisation } from './organisation.ts';
import { seedPermits } from './permits.ts';
import { seedPersonnel } from './personnel.ts';
import { seedPlanning } from './planning.ts';
import { seedPopulationOffice } from './population-office.ts';
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
  comprehensive_management: seedComprehensiveManagement,
  cooperation: seedCooperation,
  legal_affairs: seedLegalAffairs,
  finance: seedFinance,
  personnel: seedPersonnel,
  population_office: seedPopulationOffice,
  planning: seedPlanning,
  informatisation: seedInformatisation,
};
