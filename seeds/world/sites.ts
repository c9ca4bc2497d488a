import type { Employer, Person, World } from '../world.ts';
import { seedId } from './random.ts';
import { isDemoArea, type Spot, spotOf } from './territory.ts';

/** A building site and the enterprise that leads the work. */
export interface Site {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly siteNo: string;
  readonly spot: Spot;
  readonly contractor: Employer;
}

const kept = new WeakMap<
  World,
  { builders: readonly Employer[]; workers: ReadonlyMap<number, readonly Person[]> }
>();
/** Of each enterprise so many workers are known to sites; the registers of sites need no more. */
const mostWorkers = 12;

function construction(world: World) {
  const known = kept.get(world);
  if (known) return known;
  const builders: Employer[] = [];
  for (let i = 0; i < world.employers; i++) {
    const employer = world.employer(i);
    if (employer.kind === 'CONSTRUCTION_NONLOCAL') builders.push(employer);
  }
  const workers = new Map<number, Person[]>(builders.map((builder) => [builder.index, []]));
  for (let i = 0; i < world.size; i++) {
    const person = world.person(i);
    const crew = person.employer === null ? undefined : workers.get(person.employer);
    if (crew && crew.length < mostWorkers && person.departedOn === null) crew.push(person);
  }
  const made = { builders, workers };
  kept.set(world, made);
  return made;
}

/** Construction enterprises from elsewhere. */
export const buildersOf = (world: World): readonly Employer[] => construction(world).builders;

/** Some of those who work for an enterprise. */
export const workersOf = (world: World, builder: Employer): readonly Person[] =>
  construction(world).workers.get(builder.index) ?? [];

/** Two sites an enterprise, and at least three in each sub-district and town. */
export function sitesOf(world: World): readonly Site[] {
  const builders = buildersOf(world);
  if (builders.length === 0) return [];
  return Array.from({ length: Math.max(27, builders.length * 2) }, (_, index) => {
    const contractor = builders[index % builders.length] as Employer;
    const turn = Math.floor(index / builders.length);
    return {
      index,
      id: seedId('site', index),
      name: `示例工地${index + 1}`,
      siteNo: turn === 0 ? `SITE-${contractor.index}` : `SITE-${contractor.index}-${turn + 1}`,
      spot: spotOf(index),
      contractor,
    };
  });
}

/** A named spot with a record of its own: a school, a market. */
export interface NamedSpot {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly spot: Spot;
}

const named = (kind: 'school' | 'market', name: string, count: number): readonly NamedSpot[] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    id: seedId(kind, index),
    name: `${name}${index + 1}`,
    spot: spotOf(index),
  }));

/** Schools for migrants' children, in every sub-district and town. */
export const schools = named('school', '示例民工子女学校', 18);
export const markets = named('market', '示例集贸市场', 27);

type PlaceLink = 'siteId' | 'employerId' | 'dwellingId' | 'marketId' | 'schoolId' | 'premisesId';

/** Columns of a `Place` (src/store/value-columns.ts) at a spot, with the record that it has. */
export const at = (
  placeKind: string,
  placeName: string,
  { subdistrictCode, stationCode, neighbourhoodCode }: Omit<Spot, 'place' | 'lane'>,
  link: Partial<Record<PlaceLink, string>> = {},
) => ({
  placeKind,
  placeName,
  siteId: link.siteId ?? null,
  employerId: link.employerId ?? null,
  dwellingId: link.dwellingId ?? null,
  marketId: link.marketId ?? null,
  schoolId: link.schoolId ?? null,
  premisesId: link.premisesId ?? null,
  subdistrictCode,
  stationCode,
  neighbourhoodCode,
});

/** The coordinator of the demonstration, in its area; of others the district's registers name none. */
export const coordinatorAt = (neighbourhood: string, coordinator: string): string | null =>
  isDemoArea(neighbourhood) ? coordinator : null;

/** An adverse decision as five columns, or none. */
export const decisionOf = (by: string, on: string | null, legalBasis: string, reasons: string) => ({
  decisionLegalBasis: on && legalBasis,
  decisionReasons: on && reasons,
  decisionDecidedBy: on && by,
  decisionDecidedOn: on,
  decisionRemedyNotice: on && '可申请行政复议或提起行政诉讼',
});
