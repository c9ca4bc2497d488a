import { citizenIdCheck } from '../../src/identifiers/citizen-id.ts';

/** Whole numbers of a seed, the same on every machine (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    below,
    chance: (probability: number) => next() < probability,
    pick: <T>(items: readonly T[]): T => items[below(items.length)]!,
  };
}

export type Random = ReturnType<typeof createRandom>;

/** A person who does not exist: county 9999 of the home province is unassigned (dossier appendix C). */
export interface SyntheticPerson {
  readonly name: string;
  readonly sex: '男' | '女';
  readonly citizenId: string;
  /** `YYYY-MM-DD` */
  readonly born: string;
  readonly division: string;
  readonly province: string;
  readonly unit: string;
  readonly committee: string;
  readonly lane: string;
  readonly building: string;
  readonly room: string;
}

const provinces = {
  '34': '安徽省',
  '32': '江苏省',
  '41': '河南省',
  '36': '江西省',
  '42': '湖北省',
  '51': '四川省',
};
const units = ['005', '014', '015', '016', '017', '020', '101', '102', '103'];
const families = [...'王李张刘陈杨赵黄周吴', '欧阳', '司马'];
const given = [...'伟芳娜敏静秀丽强磊洋艳勇军杰娟涛明超霞平刚桂英'];

const two = (n: number) => String(n).padStart(2, '0');
const three = (n: number) => String(n).padStart(3, '0');

/** The n-th person; two numbers below 2,000,000 never give one citizen identity number. */
export function syntheticPerson(n: number, random: Random): SyntheticPerson {
  const prefix = random.pick(Object.keys(provinces) as (keyof typeof provinces)[]);
  const day = Math.floor(n / 100);
  const born = new Date(Date.UTC(1942, 0, 1 + (day % 20_000))).toISOString().slice(0, 10);
  const sequence = (Math.floor(day / 20_000) * 100 + (n % 100)) % 1000;
  const body = `${prefix}9999${born.replaceAll('-', '')}${three(sequence)}`;
  return {
    name: random.pick(families) + random.pick(given) + (random.chance(0.5) ? random.pick(given) : ''),
    sex: sequence % 2 === 1 ? '男' : '女',
    citizenId: body + citizenIdCheck(body),
    born,
    division: `${prefix}9999`,
    province: provinces[prefix],
    unit: random.pick(units),
    committee: three(1 + random.below(24)),
    lane: String(1 + random.below(199)),
    building: String(1 + random.below(59)),
    room: `${1 + random.below(6)}${two(1 + random.below(4))}`,
  };
}
