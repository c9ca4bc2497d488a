import * as t from '../src/departments/coordinators/tables.ts';
import { assessmentRows, payRows, standardRows } from './coordinators/personnel.ts';
import { reportRows } from './coordinators/reports.ts';
import {
  allocationRows,
  assignmentRows,
  memberRows,
  membersOf,
  secondmentRows,
  staffingsOf,
} from './coordinators/roster.ts';
import { type Surroundings, taskRows, visitRows } from './coordinators/tasks.ts';
import type { Seed } from './load.ts';
import type { World } from './world.ts';

/** Fills the coordinators' store. */
export const seedCoordinators: Seed = async (world, sink) => {
  const surroundings = lookAround(world);
  const staffings = staffingsOf(world);
  const members = membersOf(staffings);
  await sink(t.coordinators, memberRows(world, members));
  await sink(t.coordinatorAllocations, allocationRows(world, staffings));
  await sink(t.coordinatorAssignments, assignmentRows(world, members));
  await sink(t.coordinatorSecondments, secondmentRows(world, members));
  await sink(t.coordinatorTasks, taskRows(world, members, surroundings));
  await sink(t.visits, visitRows(world, taskRows(world, members, surroundings)));
  await sink(t.fieldReports, reportRows(world, members, taskRows(world, members, surroundings)));
  await sink(t.coordinatorAssessments, assessmentRows(world, members));
  await sink(t.payStandards, standardRows());
  await sink(t.coordinatorPays, payRows(world, members));
};

/** Enough for the tasks of all who share a neighbourhood in a district of a million. */
const keptPersons = 100;
const keptEmployers = 8;

/** Some of those who live and work in each neighbourhood. */
function lookAround(world: World): Surroundings {
  const surroundings: Surroundings = { persons: new Map(), employers: new Map() };
  for (let i = 0; i < world.size; i++) {
    const person = world.person(i);
    if (!person.departedOn) keep(surroundings.persons, person, keptPersons);
  }
  for (let i = 0; i < world.employers; i++) keep(surroundings.employers, world.employer(i), keptEmployers);
  return surroundings;
}

function keep<T extends { readonly neighbourhoodCode: string }>(
  kept: Map<string, T[]>,
  one: T,
  limit: number,
): void {
  const found = kept.get(one.neighbourhoodCode);
  if (!found) kept.set(one.neighbourhoodCode, [one]);
  else if (found.length < limit) found.push(one);
}
