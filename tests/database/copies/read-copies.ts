import { getTableColumns } from 'drizzle-orm';
import type { Sql } from 'postgres';
import { departments } from '../../../src/departments/index.ts';
import { quotedTableOf } from '../../../src/store/table-name.ts';
import { testDay } from '../../support/graph.ts';

/** By table, a line for each row: what it carries. */
export type Copies = ReadonlyMap<string, readonly string[]>;

const columns = ['subdistrict_code', 'station_code', 'neighbourhood_code', 'shielded'];

/**
 * What the rows of a database carry of others. Links and areas that have ended by the day count as gone.
 * @param holds whether the database holds a store
 */
export async function readCopies(sql: Sql, holds: (store: string) => boolean = () => true): Promise<Copies> {
  const tables = new Map<string, string[]>();
  for (const { store, records } of departments)
    for (const { table } of Object.values(records)) {
      const names = Object.values(getTableColumns(table)).map(({ name }) => name);
      const carried = names.filter((name) =>
        [...columns, 'current_registration_id', 'insured_id', 'tenant_migrant_id'].includes(name),
      );
      if (names.includes('shielded') && holds(store)) tables.set(quotedTableOf(table), carried);
    }
  const found = new Map<string, string[]>();
  const read = async (name: string, query: string) =>
    found.set(
      name,
      (await sql.unsafe(query)).map((row) => Object.values(row).join(' ')),
    );
  for (const [name, carried] of tables) await read(name, `select id, ${carried.join(', ')} from ${name}`);
  await read(
    'links',
    `select holder, subject_id, until from access.links where until is null or until >= '${testDay}'`,
  );
  await read(
    'areas',
    `select holder, neighbourhood_code, until from access.areas where until is null or until >= '${testDay}'`,
  );
  await read('asked', 'select holder, subject_id, closed_on from access.asked');
  return found;
}
