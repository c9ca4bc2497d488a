import * as t from '../src/departments/health/tables.ts';
import { childRows, maternalRows, reportRows } from './health/care.ts';
import { caseRows, educationRows, outbreakRows, visitRows } from './health/places.ts';
import type { Seed } from './load.ts';

/** Fills the health bureau's store. No grant is in force for an outbreak. */
export const seedHealth: Seed = async (world, sink) => {
  await sink(t.maternalRecords, maternalRows(world));
  await sink(t.childHealthRecords, childRows(world));
  await sink(t.infectiousReports, reportRows(world));
  await sink(t.outbreakResponses, outbreakRows(world));
  await sink(t.epidemicSiteVisits, visitRows(world));
  await sink(t.healthEducationSessions, educationRows(world));
  await sink(t.unlicensedPracticeCases, caseRows(world));
};
