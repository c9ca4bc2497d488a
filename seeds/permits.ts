import * as tables from '../src/departments/permits/tables.ts';
import type { Seed } from './load.ts';
import { materials, opinions, permitApplications } from './permits/applications.ts';
import { permitEvents, residencePermits } from './permits/permits.ts';

/** Fills the permits and their files: rows that others point to first. */
export const seedPermits: Seed = async (world, sink) => {
  await sink(tables.residencePermits, residencePermits(world));
  await sink(tables.permitEvents, permitEvents(world));
  await sink(tables.permitApplications, permitApplications(world));
  await sink(tables.applicationMaterials, materials(world));
  await sink(tables.departmentOpinions, opinions(world));
};
