import type { Sql } from 'postgres';
import { copyStream, copyText } from '../../store/copy.ts';

const chunkRows = 5000;

/** Makes a temp table for persons of the register in a transaction on any store. */
async function createPersons(tx: Sql): Promise<void> {
  await tx.unsafe(`create temp table import_persons (citizen_id_number text, migrant_id uuid,
    subdistrict_code text, station_code text, neighbourhood_code text, shielded boolean,
    home_subdistrict text, road text, lane text, building text, room text) on commit drop`);
}

const columns =
  'citizen_id_number, migrant_id, subdistrict_code, station_code, neighbourhood_code, shielded, home_subdistrict, road, lane, building, room';

/** The column that is asked for, and its type: a comparison as text would read the whole register for ids. */
const keyOf = { number: ['m.citizen_id_number', 'text'], id: ['m.id', 'uuid'] } as const;

/** A person with territory and the address of the current stay; `$1` is a list of numbers or of ids. */
const select = ([key, type]: (typeof keyOf)['number' | 'id']) => `
  select distinct on (${key}) m.citizen_id_number, m.id as migrant_id, m.subdistrict_code, m.station_code,
    m.neighbourhood_code, m.shielded, r.subdistrict_code as home_subdistrict, r.road, r.lane, r.building, r.room
  from public_security.migrants m
  left join public_security.residence_registrations r on r.id = m.current_registration_id
  where ${key} = any($1::text[]::${type}[]) and m.status <> 'MERGED'
  order by ${key}, m.verified_at nulls last, m.created_at, m.id`;

/**
 * Finds persons in the register and puts those found into `import_persons` of a store's transaction. The
 * register can be on another server, so the two meet here and not in one statement.
 * @param keys chunks of citizen identity numbers, or of ids of migrants
 */
export async function lookUpPersons(
  tx: Sql,
  register: Sql,
  by: 'number' | 'id',
  keys: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): Promise<void> {
  await createPersons(tx);
  const query = select(keyOf[by]);
  const found: string[] = [];
  for await (const chunk of keys) {
    const persons = await register.unsafe(query, [chunk as never]).values();
    for (const person of persons) found.push(`${person.map(copyText).join('\t')}\n`);
  }
  await copyStream(tx, `copy import_persons (${columns}) from stdin`, found);
  await tx.unsafe('analyze import_persons');
}

/** The answers, one text column, of a query in chunks that a look-up can take. */
export async function* chunksOf(tx: Sql, query: string): AsyncGenerator<readonly string[]> {
  for await (const rows of tx.unsafe(query).cursor(chunkRows))
    yield rows.map((row) => String(Object.values(row)[0]));
}
