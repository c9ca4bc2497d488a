import * as tables from '../src/departments/public-security/tables.ts';
import type { Seed } from './load.ts';
import { importBatches, policeCaseParties, policeCases } from './public-security/cases.ts';
import { corrections } from './public-security/corrections.ts';
import { guardianships, householdMembers, households } from './public-security/households.ts';
import { documents, migrants } from './public-security/people.ts';
import { registrations } from './public-security/registrations.ts';

/** Fills the population register: rows that others point to first. */
export const seedPublicSecurity: Seed = async (world, sink) => {
  await sink(tables.migrants, migrants(world));
  await sink(tables.migrantDocuments, documents(world));
  await sink(tables.residenceRegistrations, registrations(world));
  await sink(tables.households, households(world));
  await sink(tables.householdMembers, householdMembers(world));
  await sink(tables.guardianships, guardianships(world));
  await sink(tables.policeCases, policeCases(world));
  await sink(tables.policeCaseParties, policeCaseParties(world));
  await sink(tables.correctionRequests, corrections(world));
  await sink(tables.registrationImportBatches, importBatches(world));
};
