import { type Dwelling, makeDwelling } from './world/dwellings.ts';
import { type Employer, makeEmployer } from './world/employers.ts';
import { dwellingOf, makePerson, type Person } from './world/persons.ts';
import { type Place, places } from './world/places.ts';

export { seedId } from './world/random.ts';
export type { Dwelling, Employer, Person, Place };

/**
 * A synthetic district (dossier appendix C): every record follows from its index alone, so departments agree on
 * the same persons without reading each other's tables, and a million persons need no memory.
 */
export interface World {
  readonly size: number;
  readonly seed: number;
  /** The day at which the district stands. */
  readonly today: string;
  readonly dwellings: number;
  readonly employers: number;
  readonly units: readonly Place[];
  person(index: number): Person;
  dwelling(index: number): Dwelling;
  employer(index: number): Employer;
}

/** Persons whose index leaves a remainder: for registers that hold a part of the district without a look at the rest. */
export function* personsBy(world: World, step: number, remainder = 0): Generator<Person> {
  for (let i = remainder; i < world.size; i += step) yield world.person(i);
}

/** Persons that work for an employer, on average. */
const personsPerEmployer = 40;
/** A small district is made once and kept: every table walks through it. */
const keptPersons = 50_000;

export interface WorldOptions {
  readonly size: number;
  readonly seed?: number;
  readonly today?: string;
}

export function createWorld({ size, seed = 2007, today = '2007-03-01' }: WorldOptions): World {
  const kept: Person[] = [];
  let latest: Dwelling | undefined;
  const world: World = {
    size,
    seed,
    today,
    dwellings: size === 0 ? 0 : dwellingOf(size - 1) + 1,
    employers: size === 0 ? 0 : Math.max(9, Math.ceil(size / personsPerEmployer)),
    units: places,
    person(index) {
      if (size > keptPersons) return makePerson(world, index);
      const known = kept[index];
      if (known) return known;
      const made = makePerson(world, index);
      kept[index] = made;
      return made;
    },
    // Those who share a dwelling come one after the other.
    dwelling(index) {
      if (latest?.index !== index) latest = makeDwelling(world, index);
      return latest;
    },
    employer: (index) => makeEmployer(world, index),
  };
  return world;
}
