import { areas } from '../src/access/tables.ts';
import * as t from '../src/departments/coordinators/tables.ts';
import { assessmentRows, payRows, standardRows } from './coordinators/personnel.ts';
import {
  allocationRows,
  areaRows,
  assignmentRows,
  memberRows,
  membersOf,
  secondmentRows,
  staffingOf,
} from './coordinators/roster.ts';
import { type Surroundings, taskRows, visitRows } from './coordinators/tasks.ts';
import type { Seed } from './load.ts';
import type { World } from './world.ts';

/** Fills the coordinators' store, and the areas that bound what each coordinator sees. */
export const seedCoordinators: Seed = async (world, sink) => {
  const { migrants, surroundings } = lookAround(world);
  const staffings = world.units.map((place) => staffingOf(place, migrants.get(place.code) ?? 0));
  const members = membersOf(staffings);
  await sink(t.coordinators, memberRows(world, members));
  await sink(t.coordinatorAllocations, allocationRows(world, staffings));
  await sink(t.coordinatorAssignments, assignmentRows(world, members));
  await sink(t.coordinatorSecondments, secondmentRows(world, members));
  await sink(t.coordinatorTasks, taskRows(world, members, surroundings));
  await sink(t.visits, visitRows(world, taskRows(world, members, surroundings)));
  await sink(t.coordinatorAssessments, assessmentRows(world, members));
  await sink(t.payStandards, standardRows());
  await sink(t.coordinatorPays, payRows(world, members));
  await sink(areas, areaRows(members));
};

/** Enough for the tasks of all who share a neighbourhood in a district of a million. */
const keptPersons = 100;
const keptEmployers = 8;

/** One walk through the district: how many live in each place, and some of those who live in each neighbourhood. */
function lookAround(world: World): { migrants: Map<string, number>; surroundings: Surroundings } {
  const migrants = new Map<string, number>();
  const surroundings: Surroundings = { persons: new Map(), employers: new Map() };
  for (let i = 0; i < world.size; i++) {
    const person = world.person(i);
    if (person.departedOn) continue;
    migrants.set(person.subdistrictCode, (migrants.get(person.subdistrictCode) ?? 0) + 1);
    keep(surroundings.persons, person, keptPersons);
  }
  for (let i = 0; i < world.employers; i++) keep(surroundings.employers, world.employer(i), keptEmployers);
  return { migrants, surroundings };
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
