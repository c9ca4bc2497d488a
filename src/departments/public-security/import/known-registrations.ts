import type { Sql } from 'postgres';
import { clearDoubles, flagDoubles, letGoOfMerged } from './doubles.ts';
import { countOlder, findPersons, numberRounds } from './find-persons.ts';
import { findEmptied, insertPersons, markMerged, mergePersons, takeOver } from './merge-persons.ts';
import { adoptStays, endStays, insertStays, mergeStays } from './merge-stays.ts';

/**
 * Loads the rows of `import_known`: each makes or changes a stay, found by its serial, and its person. What was
 * captured later stays, whichever comes first; whatever is the same already is not touched.
 * @returns how many rows were captured before what the register has
 */
export async function loadKnown(tx: Sql): Promise<number> {
  await tx.unsafe('drop table if exists pg_temp.import_rounds');
  await tx.unsafe('analyze import_known (citizen_id_number, serial_no)');
  await tx.unsafe(numberRounds);
  await tx.unsafe('analyze import_rounds');
  const [last] = await tx`select max(round) as round from import_rounds`;
  let older = 0;
  for (let round = 1; round <= Number(last?.round ?? 0); round++) older += await loadRound(tx, round);
  return older;
}

async function loadRound(tx: Sql, round: number): Promise<number> {
  await tx.unsafe(
    'drop table if exists pg_temp.import_round, pg_temp.import_touched, pg_temp.import_emptied, pg_temp.import_current',
  );
  await tx.unsafe(findPersons.replace('$1', String(round)));
  await tx.unsafe('analyze import_round (line, stay_id, person_id)');
  const [counted] = await tx.unsafe(countOlder);
  await tx.unsafe(insertPersons);
  await tx.unsafe(adoptStays);
  await tx.unsafe(insertStays);
  await tx.unsafe(mergeStays);
  await tx.unsafe(mergePersons);
  await tx.unsafe(findEmptied);
  await tx.unsafe(takeOver);
  await tx.unsafe(markMerged);
  await tx.unsafe(letGoOfMerged);
  await tx.unsafe(flagDoubles);
  await tx.unsafe(clearDoubles);
  await tx.unsafe(findTouched);
  await tx.unsafe('analyze import_touched');
  await tx.unsafe(endStays);
  await tx.unsafe(findCurrentStays);
  await tx.unsafe('analyze import_current (id)');
  await tx.unsafe(rememberMoved);
  await tx.unsafe(updateWhereabouts);
  return counted?.older ?? 0;
}

/** A corrected number moves a stay to another person; the one it is taken from is looked at too. */
const findTouched = `
create temp table import_touched on commit drop as
select person_id as id from import_round
union select owner from import_round where owner is not null
union select named_id from import_round where stale and exact`;

/** Where each touched person lives now; nulls for one without an open registration. */
const findCurrentStays = `
create temp table import_current on commit drop as
select p.id, c.id as registration_id, c.subdistrict_code, c.station_code, c.neighbourhood_code
from import_touched p
left join lateral (
  select r.* from public_security.residence_registrations r
  where r.migrant_id = p.id and r.status <> 'CLOSED'
  order by r.arrived_here_on desc, r.captured_at desc, r.serial_no desc limit 1
) c on true`;

const rememberMoved = `
insert into imports.moved_persons as t (migrant_id, moved_at)
select c.id, clock_timestamp() from import_current c join public_security.migrants m using (id)
where (m.subdistrict_code, m.station_code, m.neighbourhood_code)
  is distinct from (c.subdistrict_code, c.station_code, c.neighbourhood_code)
on conflict (migrant_id) do update set moved_at = excluded.moved_at`;

const status = `case when m.status = 'DEPARTED' and c.registration_id is not null then 'ACTIVE' else m.status end`;

const updateWhereabouts = `
update public_security.migrants m set status = ${status}, current_registration_id = c.registration_id,
  subdistrict_code = c.subdistrict_code, station_code = c.station_code, neighbourhood_code = c.neighbourhood_code,
  record_version = m.record_version + 1, updated_at = now()
from import_current c
where m.id = c.id
  and (m.status, m.current_registration_id, m.subdistrict_code, m.station_code, m.neighbourhood_code)
    is distinct from (${status}, c.registration_id, c.subdistrict_code, c.station_code, c.neighbourhood_code)`;
