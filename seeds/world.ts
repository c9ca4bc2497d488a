import { type Dwelling, makeDwelling } from './world/dwellings.ts';
import { type Employer, makeEmployer } from './world/employers.ts';
import { makePerson, type Person } from './world/persons.ts';
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

/** Persons that share a dwelling on average, and that work for an employer. */
const personsPerDwelling = 1.8;
const personsPerEmployer = 40;

export interface WorldOptions {
  readonly size: number;
  readonly seed?: number;
  readonly today?: string;
}

export function createWorld({ size, seed = 2007, today = '2007-03-01' }: WorldOptions): World {
  const world: World = {
    size,
    seed,
    today,
    dwellings: Math.ceil(size / personsPerDwelling),
    employers: size === 0 ? 0 : Math.max(9, Math.ceil(size / personsPerEmployer)),
    units: places,
    person: (index) => makePerson(world, index),
    dwelling: (index) => makeDwelling(world, index),
    employer: (index) => makeEmployer(world, index),
  };
  return world;
}
