import type { World } from '../world.ts';
import { dateOf, dayNumber } from './dates.ts';
import { surnameOf } from './names.ts';
import { neighbourhoodCode, neighbourhoodCount, type Place, placeByShare, stationOf } from './places.ts';
import { hash, seedId } from './random.ts';

/** A dwelling and the lease on it, where there is one. */
export interface Dwelling {
  readonly index: number;
  readonly id: string;
  readonly place: Place;
  readonly road: string;
  readonly lane: string;
  readonly building: string;
  readonly room: string;
  readonly neighbourhoodCode: string;
  readonly subdistrictCode: string;
  readonly stationCode: string;
  readonly usage: 'RESIDENTIAL' | 'DORMITORY' | 'SITE_SHED' | 'VILLAGE_HOUSE';
  /** Square metres, two decimals. */
  readonly floorArea: string;
  readonly rooms: number;
  readonly leased: boolean;
  readonly filed: boolean;
  /** Fen a month. */
  readonly rent: number;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly landlordName: string;
  /** The person named in the lease. */
  readonly tenant: number;
}

const usages = [
  'RESIDENTIAL',
  'RESIDENTIAL',
  'RESIDENTIAL',
  'RESIDENTIAL',
  'DORMITORY',
  'VILLAGE_HOUSE',
  'SITE_SHED',
  'RESIDENTIAL',
] as const;

/** The first person whose dwelling this is; see `dwellingOf` in persons.ts. */
export const firstPersonOf = (index: number) => Math.ceil((index * 9) / 5);

export function makeDwelling(world: World, index: number): Dwelling {
  const { seed } = world;
  const h = hash(seed, 30, index, 1);
  const g = hash(seed, 30, index, 2);
  const place = placeByShare(hash(seed, 30, index, 3) % 1000);
  const neighbourhood = (h % neighbourhoodCount) + 1;
  const start = dayNumber(world.today) - (g % 700);
  const months = 6 + (h >>> 28);
  return {
    index,
    id: seedId('dwelling', index),
    place,
    road: '示例路',
    // The index makes the address unique in the district.
    lane: String(1 + (index % 199)),
    building: String(1 + (Math.floor(index / 199) % 60)),
    room: String(101 + (Math.floor(index / 11940) % 6) * 100 + Math.floor(index / 71640)),
    neighbourhoodCode: neighbourhoodCode(place, neighbourhood),
    subdistrictCode: place.code,
    stationCode: stationOf(place, neighbourhood),
    usage: usages[(h >>> 8) & 7] ?? 'RESIDENTIAL',
    floorArea: `${18 + ((h >>> 12) % 90)}.${String((g >>> 8) % 100).padStart(2, '0')}`,
    rooms: 1 + ((g >>> 16) % 4),
    leased: (g >>> 20) % 100 < 60,
    filed: (h >>> 20) % 3 !== 0,
    rent: 50_000 + ((h >>> 4) % 3000) * 100,
    startsOn: dateOf(start),
    endsOn: dateOf(start + months * 30),
    landlordName: `${surnameOf(g)}某`,
    tenant: firstPersonOf(index),
  };
}
