import { type SQL, sql } from 'drizzle-orm';
import type { System } from '../../../../contract/doing/department-doing.ts';
import type { PersonColumn } from './person-columns.ts';

type Place = Pick<PersonColumn, 'store' | 'table' | 'column' | 'isList'>;

const tableOf = ({ table }: Place): SQL => sql.raw(table);
const columnOf = ({ column }: Place): SQL => sql.raw(`"${column}"`);
const names = (place: Place, person: string): SQL =>
  place.isList ? sql`${person}::uuid = any(${columnOf(place)})` : sql`${columnOf(place)} = ${person}::uuid`;

/** Ids of the rows that name a person in a column. */
export async function rowsNaming(
  place: Place,
  person: string,
  system: System,
  more: SQL = sql``,
): Promise<readonly string[]> {
  const rows = await system.rows<{ id: string }>(
    place.store,
    sql`select id::text as id from ${tableOf(place)} where ${names(place, person)}${more} order by id`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Points rows from one person to another. Where the table does not take it of a row, such as a second open membership of
 * a household, that row stays as it is. @returns the ids of those that were changed
 */
export async function pointRows(
  place: Place,
  ids: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
  system: System,
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const value = place.isList
    ? sql`array_replace(${columnOf(place)}, ${from}::uuid, ${to}::uuid)`
    : sql`${to}::uuid`;
  const point = async (some: readonly string[]) => {
    const rows = await system.rows<{ id: string }>(
      place.store,
      sql`update ${tableOf(place)} set ${columnOf(place)} = ${value}, record_version = record_version + 1, updated_at = now() where id::text = any(string_to_array(${some.join(',')}, ',')) and ${names(place, from)} returning id::text as id`,
    );
    return rows.map(({ id }) => id);
  };
  try {
    return await point(ids);
  } catch (error) {
    if (!breaksRule(error)) throw error;
  }
  const changed: string[] = [];
  for (const id of ids)
    try {
      changed.push(...(await point([id])));
    } catch (error) {
      if (!breaksRule(error)) throw error;
    }
  return changed;
}

/** Whether the database refused a value by a rule of the table (SQLSTATE class 23). */
const breaksRule = (error: unknown): boolean => /^23/.test(String((error as { code?: unknown }).code ?? ''));
