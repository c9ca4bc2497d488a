import { seedCivilAffairs } from './civil-affairs.ts';
import { seedCommerce } from './commerce.ts';
import { seedComprehensiveManagement } from './comprehensive-management.ts';
import { seedConstruction } from './construction.ts';
import { seedCooperation } from './cooperation.ts';
import { seedCoordinators } from './coordinators.ts';
import { seedEducation } from './education.ts';
import { seedFamilyPlanning } from './family-planning.ts';
import { seedFinance } from './finance.ts';
import { seedHealth } from './health.ts';
import { seedHousing } from './housing.ts';
import { seedInformatisation } from './informatisation.ts';
import { seedJustice } from './justice.ts';
import { seedLabour } from './labour.ts';
import { seedLegalAffairs } from './legal-affairs.ts';
import type { Seed } from './load.ts';
import { seedOrganisation } from './organisation.ts';
import { seedPermits } from './permits.ts';
import { seedPersonnel } from './personnel.ts';
import { seedPlanning } from './planning.ts';
import { seedPopulationOffice } from './population-office.ts';
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
  comprehensive_management: seedComprehensiveManagement,
  cooperation: seedCooperation,
  legal_affairs: seedLegalAffairs,
  finance: seedFinance,
  personnel: seedPersonnel,
  population_office: seedPopulationOffice,
  planning: seedPlanning,
  informatisation: seedInformatisation,
  health: seedHealth,
  education: seedEducation,
  civil_affairs: seedCivilAffairs,
  construction: seedConstruction,
  commerce: seedCommerce,
  womens_federation: seedWomensFederation,
  justice: seedJustice,
};
