import { citizenIdCheck } from '../../src/identifiers/citizen-id.ts';
import type { World } from '../world.ts';
import { compactDateOf, dateOf, dayNumber } from './dates.ts';
import { firstPersonOf } from './dwellings.ts';
import { nameOf } from './names.ts';
import type { Place } from './places.ts';
import { hash, seedId } from './random.ts';

/** A synthetic person as all departments know them. */
export interface Person {
  readonly index: number;
  readonly id: string;
  readonly surname: string;
  readonly name: string;
  readonly sex: 'MALE' | 'FEMALE';
  /** As written on the form; rarely not what the identity number says. */
  readonly sexOnForm: 'MALE' | 'FEMALE';
  readonly birthDate: string;
  readonly ageYears: number;
  /** County 9999 is unassigned: no number belongs to anybody. Null for some children. */
  readonly citizenIdNumber: string | null;
  readonly hukouType: 'AGRICULTURAL' | 'NON_AGRICULTURAL';
  readonly hukouDivision: string;
  readonly hukouAddress: string;
  /** GB/T 3304 code of two digits. */
  readonly ethnicity: string;
  /** GB/T 2261.2. */
  readonly maritalStatus: '10' | '20' | '30' | '40';
  /** GB/T 4658, tens. */
  readonly educationLevel: '20' | '30' | '40' | '60' | '70' | '80';
  readonly mobilePhone: string;
  readonly dwelling: number;
  readonly place: Place;
  readonly subdistrictCode: string;
  readonly neighbourhoodCode: string;
  readonly stationCode: string;
  readonly arrivedShanghaiOn: string;
  readonly arrivedHereOn: string;
  readonly registeredAt: string;
  readonly confirmedOn: string;
  readonly stayReason: 'WORK' | 'BUSINESS' | 'STUDY' | 'JOIN_FAMILY' | 'MEDICAL' | 'VISIT' | 'OTHER';
  readonly dwellingRelation: 'TENANT' | 'OWNER' | 'EMPLOYER_DORM' | 'SITE_DORM' | 'WITH_RELATIVE' | 'OTHER';
  readonly source: 'WINDOW' | 'COORDINATOR_VISIT' | 'EMPLOYER_REPORT' | 'LANDLORD_REPORT';
  /** Set for one who left the district: there is no open registration. */
  readonly departedOn: string | null;
  /** The dwelling lived in before, in the district. */
  readonly previousDwelling: number | null;
  readonly shielded: boolean;
  /** Named as tenant in the lease of the dwelling. */
  readonly isTenant: boolean;
  readonly employer: number | null;
  readonly contractStartsOn: string;
  readonly occupation: string;
  /** Fen a month. */
  readonly monthlyWage: number;
  readonly insured: boolean;
  readonly permit: {
    readonly type: 'TALENT' | 'EMPLOYMENT' | 'DEPENDENT' | 'STUDY' | 'TEMPORARY';
    readonly validFrom: string;
    readonly validTo: string;
    readonly status: 'ACTIVE' | 'EXPIRED';
  } | null;
  /** The person this row is a second row of. */
  readonly duplicateOf: number | null;
}

const provinces = [
  ['34', '安徽省'],
  ['32', '江苏省'],
  ['33', '浙江省'],
  ['36', '江西省'],
  ['41', '河南省'],
  ['42', '湖北省'],
  ['51', '四川省'],
  ['35', '福建省'],
] as const;
const marital = ['10', '20', '20', '20', '30', '40'] as const;
const education = ['80', '70', '70', '60', '40', '30', '20'] as const;
const relations = [
  'TENANT',
  'TENANT',
  'TENANT',
  'EMPLOYER_DORM',
  'SITE_DORM',
  'WITH_RELATIVE',
  'OWNER',
  'TENANT',
] as const;
const reasons = ['WORK', 'WORK', 'WORK', 'WORK', 'BUSINESS', 'JOIN_FAMILY', 'STUDY', 'OTHER'] as const;
const sources = ['WINDOW', 'COORDINATOR_VISIT', 'EMPLOYER_REPORT', 'LANDLORD_REPORT'] as const;
const occupations = ['制造', '建筑', '餐饮', '零售', '运输', '家政'];
const permitTypes = [
  'EMPLOYMENT',
  'EMPLOYMENT',
  'EMPLOYMENT',
  'TEMPORARY',
  'TEMPORARY',
  'DEPENDENT',
  'STUDY',
  'TALENT',
] as const;
const permitDays = { TALENT: 1095, EMPLOYMENT: 365, DEPENDENT: 365, STUDY: 365, TEMPORARY: 182 } as const;

/** Serial numbers of one day and county, of one sex. */
const serials = 500;

/** Nine persons share five dwellings, so that households of one to three come up. */
export const dwellingOf = (index: number) => Math.floor((index * 5) / 9);

const threeDigits = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0'));
const fourDigits = Array.from({ length: 10_000 }, (_, i) => String(i).padStart(4, '0'));

/** One in eight is a child, the others 18 to 58; whoever took the dwelling is no child. Told without making the person. */
export const isChild = ({ seed }: World, index: number): boolean =>
  index !== firstPersonOf(dwellingOf(index)) && (hash(seed, 1, index, 2) >>> 1) % 100 < 28;

export function makePerson(world: World, index: number): Person {
  const { seed } = world;
  const today = dayNumber(world.today);
  const a = hash(seed, 1, index, 2);
  const b = hash(seed, 1, index, 3);
  const c = hash(seed, 1, index, 4);
  const d = hash(seed, 1, index, 5);
  const male = (a & 1) === 0;
  const { surname, name } = nameOf(seed, index, male);
  const dwelling = world.dwelling(dwellingOf(index));
  const isFirst = index === firstPersonOf(dwelling.index);
  const child = isChild(world, index);
  // Province, serial and day follow from the index one to one, so no identity number comes twice.
  const bucket = index % (provinces.length * serials);
  const turn = Math.floor(index / (provinces.length * serials));
  const birthday = hash(seed, 1, bucket, 8) + turn * 53;
  const ageDays = child ? 30 + (birthday % 5800) : 6600 + (birthday % 14_600);
  const birthDate = dateOf(today - ageDays);
  const [provinceCode, provinceName] = provinces[bucket % provinces.length] as (typeof provinces)[number];
  const serial = Math.floor(bucket / provinces.length) * 2 + (male ? 1 : 0);
  const seventeen = `${provinceCode}9999${compactDateOf(today - ageDays)}${threeDigits[serial]}`;
  // Nobody arrives before being born.
  const arrived = today - Math.min(20 + (c % 900), ageDays);
  const arrivedShanghai = Math.max(arrived - ((c >>> 8) % 700), today - ageDays);
  const adult = !child;
  const employer =
    adult && (c >>> 12) % 100 < 60 ? hash(seed, 1, index, 6) % Math.max(world.employers, 1) : null;
  const permitType = permitTypes[(d >>> 4) & 7] ?? 'EMPLOYMENT';
  const issued = today - ((d >>> 8) % 420);
  const validTo = issued + permitDays[permitType];
  return {
    index,
    id: seedId('migrant', index),
    surname,
    name,
    sex: male ? 'MALE' : 'FEMALE',
    sexOnForm: male !== (index % 97 === 13) ? 'MALE' : 'FEMALE',
    birthDate,
    ageYears: Math.floor(ageDays / 365.25),
    citizenIdNumber: child && (b >>> 16) % 3 === 0 ? null : seventeen + citizenIdCheck(seventeen),
    hukouType: (b >>> 20) % 10 < 8 ? 'AGRICULTURAL' : 'NON_AGRICULTURAL',
    hukouDivision: `${provinceCode}9999`,
    hukouAddress: `${provinceName}示例县示例镇`,
    ethnicity: (b >>> 24) % 30 === 0 ? '03' : '01',
    maritalStatus: adult ? (marital[(b >>> 8) % marital.length] ?? '20') : '10',
    educationLevel: child ? '80' : (education[(c >>> 4) % education.length] ?? '70'),
    mobilePhone: `1380000${fourDigits[d % 10_000]}`,
    dwelling: dwelling.index,
    place: dwelling.place,
    subdistrictCode: dwelling.subdistrictCode,
    neighbourhoodCode: dwelling.neighbourhoodCode,
    stationCode: dwelling.stationCode,
    arrivedShanghaiOn: dateOf(arrivedShanghai),
    arrivedHereOn: dateOf(arrived),
    registeredAt: `${dateOf(arrived + 3)}T08:30:00Z`,
    confirmedOn: dateOf(Math.min(today - 1, arrived + 10 + (d % 400))),
    stayReason: child ? ((b >>> 4) % 3 === 0 ? 'STUDY' : 'JOIN_FAMILY') : (reasons[(d >>> 16) & 7] ?? 'WORK'),
    dwellingRelation: dwelling.leased
      ? 'TENANT'
      : child
        ? 'WITH_RELATIVE'
        : (relations[(d >>> 20) & 7] ?? 'OTHER'),
    source: sources[(d >>> 24) & 3] ?? 'WINDOW',
    departedOn: (b >>> 12) % 25 === 0 ? dateOf(today - 1 - (b % 15)) : null,
    previousDwelling: (c >>> 20) % 10 === 0 ? hash(seed, 1, index, 7) % Math.max(world.dwellings, 1) : null,
    shielded: index % 2000 === 777,
    isTenant: dwelling.leased && isFirst,
    employer,
    // From sixteen years on.
    contractStartsOn: dateOf(today - Math.min(c % 1000, Math.max(ageDays - 5850, 0))),
    occupation: occupations[(c >>> 8) % occupations.length] ?? '制造',
    monthlyWage: 75_000 + ((d >>> 12) % 4000) * 100,
    insured: employer !== null && d >>> 28 < 11,
    permit:
      adult && (d & 15) < 8
        ? {
            type: permitType,
            validFrom: dateOf(issued),
            validTo: dateOf(validTo),
            status: validTo < today ? 'EXPIRED' : 'ACTIVE',
          }
        : null,
    duplicateOf: index > 0 && index % 1000 === 501 ? index - 1 : null,
  };
}
