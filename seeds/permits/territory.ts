import type { Person } from '../world.ts';

/** Where a permit or application belongs: the place of the holder's open registration, nowhere for one who left. */
export function territoryOf(person: Person) {
  const here = person.departedOn === null;
  return {
    subdistrictCode: here ? person.subdistrictCode : null,
    stationCode: here ? person.stationCode : null,
    neighbourhoodCode: here ? person.neighbourhoodCode : null,
    shielded: person.shielded,
  };
}
