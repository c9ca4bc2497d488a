import { type Person, personsBy, type World } from '../world.ts';
import { hash, seedId } from './random.ts';
import { at } from './sites.ts';
import { placeOf, type Spot, spotOf } from './territory.ts';

/** Persons who run a business. */
export function* operators(world: World): Generator<Person> {
  for (const p of personsBy(world, 20, 4)) if (p.ageYears >= 18 && p.employer === null) yield p;
}

export interface Premises extends Omit<Spot, 'place' | 'lane'> {
  readonly index: number;
  readonly id: string;
  readonly kind: string;
  readonly lane: string;
  readonly dwellingId: string | null;
  readonly licenceId: string | null;
}

const kinds = ['BATH_HOUSE', 'HAIR_BEAUTY_SALON', 'HOSTEL', 'INTERNET_CAFE'];

/** One premises for each business of a person; one in four has no licence, one in five uses residential space. */
export function* premisesOf(world: World): Generator<Premises> {
  let index = 0;
  for (const p of operators(world)) {
    const x = hash(world.seed, 134, p.index, 3);
    const spot = spotOf(index);
    const dwelling = x % 5 === 0 ? world.dwelling(p.dwelling) : null;
    yield {
      ...placeOf(dwelling ?? spot),
      index,
      id: seedId('premises', index),
      kind: kinds[(x >>> 4) % kinds.length] ?? 'HOSTEL',
      lane: dwelling?.lane ?? spot.lane,
      dwellingId: dwelling?.id ?? null,
      licenceId: (x >>> 8) % 4 === 0 || x % 10 === 0 ? null : seedId('licence', p.index),
    };
    index += 1;
  }
}

/** The `Place` of premises. */
export const placeOfPremises = (p: Premises) =>
  at('SMALL_PREMISES', `示例路${p.lane}弄`, p, { premisesId: p.id });
