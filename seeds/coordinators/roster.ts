import { citizenIdCheck } from '../../src/identifiers/citizen-id.ts';
import { demoCoordinatorId, personas } from '../../src/identity/personas.ts';
import { dateOf, dayNumber } from '../world/dates.ts';
import { nameOf } from '../world/names.ts';
import { neighbourhoodCode, neighbourhoodCount, stationOf } from '../world/places.ts';
import { hash } from '../world/random.ts';
import { type Place, seedId, type World } from '../world.ts';

/** A coordinator of the synthetic district. */
export interface Member {
  readonly ordinal: number;
  readonly id: string;
  readonly name: string;
  readonly place: Place;
  readonly station: string;
  readonly status: 'ACTIVE' | 'SECONDED' | 'LEFT';
  /** 1 to 24; of the last assignment for one who is in the field no more. */
  readonly neighbourhoods: readonly number[];
  /** How many others share these neighbourhoods and come before. */
  readonly rank: number;
}

/** How a place is staffed (dossier §4.4). */
export interface Staffing {
  readonly place: Place;
  readonly migrants: number;
  readonly standard: number;
  readonly adjustment: number;
  readonly actual: number;
  readonly seconded: number;
}

export const placeOf = ({ place, station }: Pick<Member, 'place' | 'station'>) => ({
  subdistrictCode: place.code,
  stationCode: station,
});

/** One for 500 migrants; the towns get three more, and none goes with fewer than two. */
function staffingOf(place: Place, migrants: number): Staffing {
  const standard = Math.ceil(migrants / 500);
  const adjustment = Math.max(place.share >= 150 ? 3 : 0, 2 - standard);
  const approved = standard + adjustment;
  const short = approved >= 4 && place.share % 20 === 10 ? 1 : 0;
  const seconded = place.share >= 180 ? 2 : place.share >= 150 ? 1 : 0;
  return { place, migrants, standard, adjustment, actual: approved - short, seconded };
}

const known = new WeakMap<World, readonly Staffing[]>();

/** How each place is staffed, by those who live there; one walk through a district. */
export function staffingsOf(world: World): readonly Staffing[] {
  const found = known.get(world);
  if (found) return found;
  const migrants = new Map<string, number>();
  for (let i = 0; i < world.size; i++) {
    const { departedOn, subdistrictCode } = world.person(i);
    if (departedOn === null) migrants.set(subdistrictCode, (migrants.get(subdistrictCode) ?? 0) + 1);
  }
  const made = world.units.map((place) => staffingOf(place, migrants.get(place.code) ?? 0));
  known.set(world, made);
  return made;
}

/** All coordinators: in the field first, then those on loan, then one who left, place by place. */
export function membersOf(staffings: readonly Staffing[]): Member[] {
  const members: Member[] = [];
  for (const { place, actual, seconded } of staffings) {
    const inField = actual - seconded;
    for (let k = 0; k <= actual; k++) {
      const ordinal = members.length;
      const isDemo = place.number === '015' && k === 0;
      const status = k < inField ? 'ACTIVE' : k < actual ? 'SECONDED' : 'LEFT';
      const { neighbourhoods, rank } =
        status === 'ACTIVE'
          ? areaOf(place, k, inField)
          : { neighbourhoods: [1 + (k % neighbourhoodCount)], rank: 0 };
      members.push({
        ordinal,
        id: isDemo ? demoCoordinatorId : seedId('coordinator', ordinal),
        name: isDemo
          ? (personas.find((p) => p.code === 'COR')?.name ?? '示例')
          : nameOf(1950, ordinal, ordinal % 3 === 0).name,
        place,
        station: stationOf(place, neighbourhoods[0] ?? 1),
        status,
        neighbourhoods,
        rank,
      });
    }
  }
  return members;
}

/** The neighbourhoods of the k-th of n: an even share, or one shared by several where there are more than enough. */
function areaOf(place: Place, k: number, n: number): Pick<Member, 'neighbourhoods' | 'rank'> {
  // The coordinator of the demonstration always has the first three of Changshou Road; the others share the rest.
  const reserved = place.number === '015' ? 3 : 0;
  if (reserved > 0 && k === 0) return { neighbourhoods: [1, 2, 3], rank: 0 };
  const [others, mine] = reserved > 0 ? [n - 1, k - 1] : [n, k];
  const free = neighbourhoodCount - reserved;
  if (others >= free)
    return { neighbourhoods: [reserved + 1 + (mine % free)], rank: Math.floor(mine / free) };
  const from = Math.floor((mine * free) / others);
  const to = Math.floor(((mine + 1) * free) / others);
  return { neighbourhoods: Array.from({ length: to - from }, (_, i) => reserved + 1 + from + i), rank: 0 };
}

const teams = ['FLOATING_POPULATION', 'PUBLIC_SECURITY', 'HOUSING_RENTAL', 'NEW'];
const guidance = ['PT-PSB', 'PT-LSS', 'PT-HLR', 'PT-FPC', 'PT-HLT', 'PT-AIC', 'PT-CON', 'PT-CSO'];

export function* memberRows(world: World, members: readonly Member[]) {
  const today = dayNumber(world.today);
  for (const m of members) {
    const h = hash(world.seed, 60, m.ordinal, 1);
    const birthDate = dateOf(today - 11_500 - (h % 8000));
    // Local people: Shanghai's digits, and the unassigned county of every synthetic number.
    const seventeen = `319999${birthDate.replaceAll('-', '')}${String(h % 1000).padStart(3, '0')}`;
    yield {
      id: m.id,
      badgeNo: `XG${String(m.ordinal + 1).padStart(5, '0')}`,
      name: m.name,
      branchId: `PT-SVB-${m.place.number}`,
      originTeam: teams[(h >>> 8) & 3],
      linesLeadership: 'PT-POP',
      linesImplementation: `PT-SUB-${m.place.number}`,
      linesDailyManagement: m.station,
      linesBusinessGuidance: guidance,
      citizenIdNumber: seventeen + citizenIdCheck(seventeen),
      birthDate,
      phone: `1380000${String(h % 10_000).padStart(4, '0')}`,
      homeRoad: '示例路',
      homeLane: String(1 + ((h >>> 4) % 199)),
      homeBuilding: String(1 + ((h >>> 12) % 60)),
      homeRoom: String(101 + ((h >>> 16) % 6) * 100),
      homeNeighbourhoodCode: neighbourhoodCode(m.place, 1 + ((h >>> 20) % neighbourhoodCount)),
      homeSubdistrictCode: m.place.code,
      programme: 'TEN_THOUSAND_JOBS',
      hiredOn: dateOf(today - 200 - ((h >>> 10) % 900)),
      leftOn: m.status === 'LEFT' ? dateOf(today - 45) : null,
      status: m.status,
      ...placeOf(m),
    };
  }
}

export function* allocationRows(world: World, staffings: readonly Staffing[]) {
  const today = dayNumber(world.today);
  for (const [i, s] of staffings.entries())
    yield {
      id: seedId('allocation', i),
      unitId: `PT-SUB-${s.place.number}`,
      year: Number(world.today.slice(0, 4)),
      migrantCount: s.migrants,
      countedOn: dateOf(today - 29),
      standardHeadcount: s.standard,
      adjustment: s.adjustment,
      adjustmentReason: s.adjustment === 0 ? null : s.place.share >= 150 ? 'AREA_COMPLEXITY' : 'WORKLOAD',
      approvedHeadcount: s.standard + s.adjustment,
      approvedBy: 'demo-pop',
      status: 'APPROVED',
      actualHeadcount: s.actual,
      secondedCount: s.seconded,
      subdistrictCode: s.place.code,
    };
}

export function* assignmentRows(world: World, members: readonly Member[]) {
  const today = dayNumber(world.today);
  for (const m of members)
    yield {
      id: seedId('assignment', m.ordinal),
      coordinatorId: m.id,
      neighbourhoodCodes: m.neighbourhoods.map((n) => neighbourhoodCode(m.place, n)),
      startsOn: dateOf(today - 180),
      endsOn: m.status === 'ACTIVE' ? null : dateOf(today - 46),
      ...placeOf(m),
    };
}

export function* secondmentRows(world: World, members: readonly Member[]) {
  const today = dayNumber(world.today);
  const taken = new Map<string, number>();
  for (const m of members) {
    if (m.status !== 'SECONDED') continue;
    const seat = (taken.get(m.place.number) ?? 0) + 1;
    taken.set(m.place.number, seat);
    yield {
      id: seedId('secondment', m.ordinal),
      coordinatorId: m.id,
      toCentreId: `PT-CAC-${m.place.number}`,
      seat,
      startsOn: dateOf(today - 45),
      endsOn: null,
      ...placeOf(m),
    };
  }
}
