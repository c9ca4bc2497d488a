import { sql } from 'drizzle-orm';
import type { Fill, FillFault, Filling, System, Values } from '../contract/doing/department-doing.ts';

// Where a new row belongs. It is written with the row, so that its unit can work with it at once.

type Reader = Pick<System, 'row' | 'rows'>;

const levels = ['subdistrictCode', 'stationCode', 'neighbourhoodCode'] as const;

/** The territory that another row has. */
export const territoryOf = (row: Values): Values =>
  Object.fromEntries(levels.map((level) => [level, row[level] ?? null]));

const nobody = (path: string): FillFault => ({
  path: [path],
  en: 'There is no such record that you may use.',
  zh: '无此记录，或您无权使用。',
});

/** Territory and shield of the person that the row is about. @param property of the row, which holds the person's id */
export const placeOfPerson = (property: string, field: string): Fill => ({
  sets: [...levels, 'shielded'],
  async fill({ given }, system) {
    const person = await system.row('Migrant', String(given[property]));
    return person ? { ...territoryOf(person), shielded: person.shielded } : nobody(field);
  },
});

/** The territory of a record that the row belongs to. @param properties of it that the row has too */
export const placeOfParent = (
  record: string,
  property: string,
  field: string,
  properties: readonly string[] = levels,
): Fill => ({
  sets: properties,
  async fill({ given, row }, system) {
    const parent = await system.row(record, String(given[property] ?? row?.[property]));
    return parent
      ? Object.fromEntries(properties.map((name) => [name, parent[name] ?? null]))
      : nobody(field);
  },
});

/** Links of a place, each with the record type that knows where it lies. */
const linked = {
  siteId: 'ConstructionSite',
  employerId: 'Employer',
  dwellingId: 'Dwelling',
  marketId: 'Market',
  schoolId: 'MigrantSchool',
  premisesId: 'SmallPremises',
} as const;

/** The territory of a place: of the record that it links to, else the sub-district that is given. */
export const placeOfLink: Fill = {
  sets: levels,
  async fill({ given, row, subdistrict }, system) {
    for (const [property, record] of Object.entries(linked)) {
      const id = given[property];
      const found = id == null ? null : await system.row(record, String(id));
      if (found) return territoryOf(found);
    }
    const subdistrictCode = given.subdistrictCode ?? row?.subdistrictCode ?? subdistrict;
    return { subdistrictCode, stationCode: row?.stationCode ?? null, neighbourhoodCode: null };
  },
};

/** The police station of a neighbourhood, by the dwellings that lie in it; null where none does. */
export async function stationOf(neighbourhood: unknown, system: Reader): Promise<unknown> {
  if (neighbourhood == null) return null;
  const [found] = await system.rows<{ station: string }>(
    'housing',
    sql`select station_code as station from housing.dwellings where neighbourhood_code = ${String(neighbourhood)} and station_code is not null limit 1`,
  );
  return found?.station ?? null;
}

/** The age in whole years on a day. @param born YYYY-MM-DD */
export function ageOn(born: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

/** The day on which somebody is so many years old. Who was born on 29 February is so on 1 March of common years. */
export function birthdayAt(born: string, years: number): string {
  const year = Number(born.slice(0, 4)) + years;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${year}-${born.slice(5) === '02-29' && !isLeap ? '03-01' : born.slice(5)}`;
}

/** Demands that a person of the row is of an age, in whole years, on the day of the act. It sets nothing. */
export const agedBetween = (property: string, field: string, least: number, most: number): Fill => ({
  sets: [],
  async fill({ given, today }, system) {
    const person = await system.row('Migrant', String(given[property]));
    if (!person) return nobody(field);
    const age = ageOn(String(person.birthDate), today);
    return age >= least && age <= most
      ? {}
      : {
          path: [field],
          en: `This is for persons of ${least} to ${most} years.`,
          zh: `仅限${least}至${most}周岁人员。`,
        };
  },
});

/** A number that goes up by one within what it begins with. */
export const numbered = (
  store: string,
  table: string,
  column: string,
  property: string,
  beginning: (filling: Filling) => string,
  digits: number,
): Fill => ({
  sets: [property],
  async fill(filling, system) {
    const start = beginning(filling);
    const name = sql.raw(`"${column}"`);
    const [last] = await system.rows<{ serial: number | null }>(
      store,
      sql`select max(right(${name}, ${sql.raw(String(digits))})::int) as serial from ${sql.raw(`"${store}"."${table}"`)} where ${name} ~ ${`^${start}[0-9]{${digits}}$`}`,
    );
    return { [property]: `${start}${String(Number(last?.serial ?? 0) + 1).padStart(digits, '0')}` };
  },
});

/** The year of the district's day. */
export const yearOf = ({ today }: Pick<Filling, 'today'>): string => today.slice(0, 4);
