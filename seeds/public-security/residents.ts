import type { Person, World } from '../world.ts';

/** The persons of each dwelling, in the order of the world: those who share one follow each other. */
export function* residents(world: World): Generator<readonly Person[]> {
  let together: Person[] = [];
  for (let i = 0; i < world.size; i++) {
    const person = world.person(i);
    if (together[0] && together[0].dwelling !== person.dwelling) {
      yield together;
      together = [];
    }
    together.push(person);
  }
  if (together.length > 0) yield together;
}

/** Those of a dwelling who make a household: at least two, none of them gone. */
export function householdOf(together: readonly Person[]): readonly Person[] {
  const here = together.filter((person) => person.departedOn === null);
  return here.length > 1 ? here : [];
}

export const isAdult = (person: Person): boolean => person.ageYears >= 18;
