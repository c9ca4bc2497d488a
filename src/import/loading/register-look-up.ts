import type { Sql } from 'postgres';
import { copyStream } from '../../store/copy.ts';
import { copyText } from '../../store/copy-text.ts';

const chunkRows = 5000;

/** Whether a person was ever registered at an address: who has no stay left is nobody's double. */
export const hasStays = (m: string): string =>
  `exists (select from public_security.residence_registrations h where h.person_id = ${m}.id)`;

/** Makes a temp table for persons of the register in a transaction on any store. */
async function createPersons(tx: Sql): Promise<void> {
  await tx.unsafe(`create temp table import_persons (document text, number text, migrant_id uuid,
    subdistrict_code text, station_code text, neighbourhood_code text, shielded boolean,
    home_subdistrict text, road text, lane text, building text, room text) on commit drop`);
}

const columns =
  'document, number, migrant_id, subdistrict_code, station_code, neighbourhood_code, shielded, home_subdistrict, road, lane, building, room';

/** A person `m` with territory and the address of the current stay. */
const person = `m.id as migrant_id, m.subdistrict_code, m.station_code, m.neighbourhood_code, m.shielded,
  r.subdistrict_code as home_subdistrict, r.road, r.lane, r.building, r.room`;
const home = `left join public_security.residence_registrations r on r.id = m.current_registration_id`;

/**
 * `$1` is a list of documents with their numbers (`RESIDENT_ID 349999…`). Of several persons with one number the one
 * is meant whose document an officer has seen, else the only one with a stay; where that leaves a doubt, nobody.
 */
const byNumber = `
with asked as (
  select split_part(k, ' ', 1) as document, split_part(k, ' ', 2) as number from unnest($1::text[]) k
), found as (
  select a.document, a.number, m.id from asked a
  join public_security.migrants m on m.citizen_id_number = a.number
  where a.document = 'RESIDENT_ID' and m.status <> 'MERGED'
  union all
  select a.document, a.number, m.id from asked a
  join public_security.migrants m on m.document_number = a.number and m.document_kind = a.document
  where a.document <> 'RESIDENT_ID' and m.status <> 'MERGED'
), counted as (
  select f.*, count(*) over (partition by document, number) as persons from found f
), judged as (
  select c.*, case when persons > 1 then
    (select case when m.verified_at is not null then 2 when ${hasStays('m')} then 1 else 0 end
      from public_security.migrants m where m.id = c.id) end as standing
  from counted c
), meant as (
  select distinct on (document, number) document, number, id, persons = 1 or (standing > 0 and alike = 1) as is_sure
  from (select j.*, count(*) over (partition by document, number, standing) as alike from judged j) s
  order by document, number, standing desc nulls last
)
select w.document, w.number, ${person}
from meant w join public_security.migrants m using (id) ${home}
where w.is_sure`;

/**
 * Finds persons in the register and puts those found into `import_persons` of a store's transaction. The
 * register can be on another server, so the two meet here and not in one statement.
 * @param keys chunks of documents with their numbers (`RESIDENT_ID 349999…`)
 */
export async function lookUpPersons(
  tx: Sql,
  register: Sql,
  keys: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): Promise<void> {
  await createPersons(tx);
  async function* lines() {
    for await (const chunk of keys) {
      const persons = await register.unsafe(byNumber, [chunk as never]).values();
      for (const person of persons) yield `${person.map(copyText).join('\t')}\n`;
    }
  }
  await copyStream(tx, `copy import_persons (${columns}) from stdin`, await gathered(lines()));
  await tx.unsafe('analyze import_persons');
}

/** The keys are read by a cursor of the same transaction, so the COPY can begin only when all are known. */
async function gathered(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

/** The answers, one text column, of a query in chunks that a look-up can take. */
export async function* chunksOf(tx: Sql, query: string): AsyncGenerator<readonly string[]> {
  for await (const rows of tx.unsafe(query).cursor(chunkRows))
    yield rows.map((row) => String(Object.values(row)[0]));
}

/** The documents of a file's rows, for a look-up. */
export const documentsOfRows = `
  select distinct person_document || ' ' || person_number from import_rows where person_number is not null`;
