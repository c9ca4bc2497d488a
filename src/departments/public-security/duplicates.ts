import { type SQL, sql } from 'drizzle-orm';
import type { System } from '../../contract/doing/department-doing.ts';
import { migrantDocuments as documents, migrants } from './tables.ts';

/** Why two rows may be one person. */
export type Match = 'NUMBER' | 'DOCUMENT' | 'NAME_BIRTH_COUNTY';

const checkCharacters = [...'0123456789X'];

/**
 * The forms in which a number may stand: a number of 15 digits and that of 18 made from it are one, and so are two of 18
 * of which one has a wrong check character. Numbers of 15 digits are of persons born in the 1900s.
 */
export function formsOf(number: string): readonly string[] {
  const body = /^\d{15}$/.test(number) ? `${number.slice(0, 6)}19${number.slice(6)}` : number.slice(0, 17);
  if (!/^\d{17}$/.test(body)) return [number];
  const short = body.slice(6, 8) === '19' ? [body.slice(0, 6) + body.slice(8)] : [];
  return [...checkCharacters.map((check) => body + check), ...short];
}

const anyOf = (texts: readonly string[]): SQL => sql`any(string_to_array(${texts.join(',')}, ','))`;

/**
 * Rows that may be the same person as `of`, none of them merged: by number in either form, by another document, by name,
 * birth date and county. Nothing follows from it by itself (dossier §8.2).
 */
export async function duplicatesOf(
  of: Readonly<Record<string, unknown>>,
  system: Pick<System, 'rows'>,
): Promise<ReadonlyMap<string, readonly Match[]>> {
  const own = String(of.id);
  const seen = await system.rows<{ number: string }>(
    'public_security',
    sql`select ${documents.number} as number from ${documents} where ${documents.personId} = ${own}::uuid`,
  );
  const numbers = [of.citizenIdNumber, of.documentNumber, ...seen.map(({ number }) => number)].flatMap((n) =>
    typeof n === 'string' ? formsOf(n) : [],
  );
  const ways: readonly (readonly [Match, SQL])[] = [
    ['NUMBER', sql`${migrants.citizenIdNumber} = ${anyOf(numbers)}`],
    ['DOCUMENT', sql`${migrants.documentNumber} = ${anyOf(numbers)}`],
    [
      'DOCUMENT',
      sql`${migrants.id} in (select ${documents.personId} from ${documents} where ${documents.number} = ${anyOf(numbers)})`,
    ],
    [
      'NAME_BIRTH_COUNTY',
      sql`${migrants.birthDate} = ${String(of.birthDate)}::date and access.fold(${migrants.name}) = access.fold(${String(of.name)}) and ${migrants.hukouDivision} = ${String(of.hukouDivision)}`,
    ],
  ];
  const found = new Map<string, readonly Match[]>();
  for (const [match, holds] of ways) {
    const rows = await system.rows<{ id: string }>(
      'public_security',
      sql`select ${migrants.id} as id from ${migrants} where ${holds} and ${migrants.id} <> ${own}::uuid and ${migrants.status} <> 'MERGED' order by ${migrants.id} limit 50`,
    );
    for (const { id } of rows) found.set(id, [...new Set([...(found.get(id) ?? []), match])]);
  }
  return found;
}
