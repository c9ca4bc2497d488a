import type { Person } from './persons.ts';
import { neighbourhoodCode, neighbourhoodCount, type Place, places, stationOf } from './places.ts';

/** Where rows about a person belong: the place of the open registration, nowhere for one who left. */
export function territoryOf(person: Person) {
  const here = person.departedOn === null;
  return {
    subdistrictCode: here ? person.subdistrictCode : null,
    stationCode: here ? person.stationCode : null,
    neighbourhoodCode: here ? person.neighbourhoodCode : null,
    shielded: person.shielded,
  };
}

/** The territory columns of a dwelling, an employer or a spot. */
export const placeOf = ({
  subdistrictCode,
  stationCode,
  neighbourhoodCode,
}: Omit<Spot, 'place' | 'lane'>) => ({
  subdistrictCode,
  stationCode,
  neighbourhoodCode,
});

/** A spot in the district that is no dwelling: a site, a school, a market. */
export interface Spot {
  readonly place: Place;
  readonly lane: string;
  readonly subdistrictCode: string;
  readonly stationCode: string;
  readonly neighbourhoodCode: string;
}

/** The n-th spot: round the nine sub-districts and towns, then through their neighbourhoods. */
export function spotOf(n: number): Spot {
  const place = places[n % places.length] as Place;
  const neighbourhood = 1 + (Math.floor(n / places.length) % neighbourhoodCount);
  return {
    place,
    lane: String(1 + ((n * 7) % 199)),
    subdistrictCode: place.code,
    stationCode: stationOf(place, neighbourhood),
    neighbourhoodCode: neighbourhoodCode(place, neighbourhood),
  };
}

/** The first three neighbourhoods of Changshou Road are the area of the demonstration's coordinator. */
export const isDemoArea = (neighbourhood: string): boolean =>
  neighbourhood.startsWith('310107015') && Number(neighbourhood.slice(9)) <= 3;
