import { sql } from 'drizzle-orm';
import type { FillFault, System, Values } from '../../../contract/doing/department-doing.ts';
import { stationIds, subdistrictCodes } from '../../../identity/units.ts';
import { residenceRegistrations as stays } from '../tables.ts';

/** Where rows of a place belong, by property. */
export interface PlaceCodes {
  readonly subdistrictCode: string;
  readonly stationCode: string;
  readonly neighbourhoodCode: string;
}

const addressParts = ['road', 'lane', 'building', 'room'] as const;

const wrong = (field: readonly string[], en: string, zh: string): FillFault => ({ path: field, en, zh });

/**
 * The place of a stay, from its dwelling or its address: the neighbourhood says the sub-district, and the station is the
 * one that has the neighbourhood's other stays.
 * @param given what the input gives of the stay
 * @param at where in the input the stay stands
 */
export async function placeOfStay(
  given: Values,
  system: Pick<System, 'row' | 'rows'>,
  at: readonly string[] = [],
): Promise<(PlaceCodes & Values) | FillFault> {
  const dwelling = given.dwellingId ? await system.row('Dwelling', String(given.dwellingId)) : null;
  const code = given.neighbourhoodCode ?? dwelling?.neighbourhoodCode;
  const field = [...at, 'address', 'neighbourhoodCode'];
  if (typeof code !== 'string' || !/^\d{12}$/.test(code))
    return wrong(field, 'The neighbourhood is needed, twelve digits.', '请填写十二位居委会代码。');
  const subdistrictCode = code.slice(0, 9);
  if (!subdistrictCodes.includes(subdistrictCode))
    return wrong(field, 'The neighbourhood is not in this district.', '该居委会不在本区。');
  if (given.subdistrictCode && given.subdistrictCode !== subdistrictCode)
    return wrong(
      [...at, 'address', 'subdistrictCode'],
      'The neighbourhood lies in another sub-district.',
      '居委会与街道、镇不符。',
    );
  if (dwelling && dwelling.subdistrictCode !== subdistrictCode)
    return wrong(
      [...at, 'dwelling'],
      'The dwelling lies in another sub-district than the address.',
      '房屋与地址不在同一街道、镇。',
    );
  const isAddressed = addressParts.some((part) => given[part]);
  return {
    subdistrictCode,
    neighbourhoodCode: code,
    stationCode:
      (dwelling?.stationCode as string | null | undefined) ??
      (await stationOf(code, subdistrictCode, system)),
    ...(dwelling && !isAddressed
      ? Object.fromEntries(addressParts.map((part) => [part, dwelling[part]]))
      : {}),
  };
}

async function stationOf(
  neighbourhood: string,
  subdistrict: string,
  system: Pick<System, 'rows'>,
): Promise<string> {
  const own = stationIds.filter((id) => id.startsWith(`PT-STN-${subdistrict.slice(6)}-`));
  if (own.length === 1) return own[0]!;
  const [known] = await system.rows<{ station: string }>(
    'public_security',
    sql`select ${stays.stationCode} as station from ${stays} where ${stays.neighbourhoodCode} = ${neighbourhood} order by ${stays.id} desc limit 1`,
  );
  return known?.station ?? own[0]!;
}

/** Territory and shield of a person, for a row about the person. */
export async function placeOfPerson(personId: unknown, system: Pick<System, 'row'>): Promise<Values> {
  const person = await system.row('Migrant', String(personId));
  if (!person) return {};
  const { subdistrictCode, stationCode, neighbourhoodCode, shielded } = person;
  return { subdistrictCode, stationCode, neighbourhoodCode, shielded };
}

/** What `placeOfPerson` fills. */
export const personPlace = ['subdistrictCode', 'stationCode', 'neighbourhoodCode', 'shielded'] as const;

export const isFault = (found: object): found is FillFault => 'path' in found;
