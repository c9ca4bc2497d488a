import { organisationCodeCheck } from '../../src/identifiers/organisation-code.ts';
import { registrationNumberCheck } from '../../src/identifiers/registration-number.ts';
import type { World } from '../world.ts';
import { neighbourhoodCode, neighbourhoodCount, type Place, placeByShare, stationOf } from './places.ts';
import { hash, seedId } from './random.ts';

export interface Employer {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly orgCode: string;
  readonly registrationNo: string;
  readonly kind:
    | 'ENTERPRISE'
    | 'CONSTRUCTION_NONLOCAL'
    | 'INSTITUTION'
    | 'INDIVIDUAL_BUSINESS'
    | 'HOUSEHOLD_EMPLOYER';
  /** GB/T 4754-2002, a letter and two digits. */
  readonly industry: string;
  readonly place: Place;
  readonly subdistrictCode: string;
  readonly neighbourhoodCode: string;
  readonly stationCode: string;
  readonly lane: string;
  readonly building: string;
  readonly room: string;
  readonly contactName: string;
  readonly contactPhone: string;
}

const kinds = [
  'ENTERPRISE',
  'ENTERPRISE',
  'ENTERPRISE',
  'ENTERPRISE',
  'CONSTRUCTION_NONLOCAL',
  'INDIVIDUAL_BUSINESS',
  'INDIVIDUAL_BUSINESS',
  'INSTITUTION',
] as const;
const industries = ['C17', 'C34', 'E47', 'F52', 'H63', 'H65', 'I66', 'I67', 'O82'];

export function makeEmployer(world: World, index: number): Employer {
  const h = hash(world.seed, 40, index, 1);
  const place = placeByShare(hash(world.seed, 40, index, 2) % 1000);
  const neighbourhood = (h % neighbourhoodCount) + 1;
  const kind = kinds[(h >>> 8) & 7] ?? 'ENTERPRISE';
  // The zone PDY00001–PDY99999 is reserved for internal use: no code belongs to a real organisation.
  const eight = `PDY${String((index % 99_999) + 1).padStart(5, '0')}`;
  const first = kind === 'INDIVIDUAL_BUSINESS' ? '6' : '0';
  const fourteen = `310107${first}${String(index + 1).padStart(7, '0')}`;
  return {
    index,
    id: seedId('employer', index),
    name: `示例企业${String(index + 1).padStart(4, '0')}有限公司`,
    orgCode: `${eight}-${organisationCodeCheck(eight)}`,
    // A third still has the thirteen digits of before 2007.
    registrationNo: index % 3 === 0 ? fourteen.slice(0, 13) : fourteen + registrationNumberCheck(fourteen),
    kind,
    industry: industries[(h >>> 12) % industries.length] ?? 'C17',
    place,
    subdistrictCode: place.code,
    neighbourhoodCode: neighbourhoodCode(place, neighbourhood),
    stationCode: stationOf(place, neighbourhood),
    lane: String(1 + ((h >>> 16) % 199)),
    building: String(1 + ((h >>> 20) % 60)),
    room: '101',
    contactName: '示例联系人',
    contactPhone: `1380000${String(h % 10_000).padStart(4, '0')}`,
  };
}
