import type { Sql } from 'postgres';
import { registrationFlags } from '../kinds/public-security.ts';
import { personValues, stayOrigin, stayValues } from './registration-values.ts';

/**
 * Loads the rows of `import_known`, which has the columns of `import_rows`: each makes or changes a stay, found by
 * its serial, and its person, found by the citizen identity number. Whatever is the same already is not touched.
 * A later arrival always prevails over an earlier one, whichever is loaded first.
 */
export async function loadKnown(tx: Sql): Promise<void> {
  await tx.unsafe(
    'drop table if exists pg_temp.import_known_stays, pg_temp.import_people, pg_temp.import_current',
  );
  await tx.unsafe('analyze import_known (citizen_id_number, serial_no)');
  await tx.unsafe(findKnownStays);
  await tx.unsafe('analyze import_known_stays (line)');
  await tx.unsafe(findPeople);
  await tx.unsafe(formerOwners);
  await tx.unsafe('analyze import_people');
  await tx.unsafe(insertMigrants);
  await tx.unsafe(upsertRegistrations);
  await tx.unsafe(closeEarlierStays);
  await tx.unsafe(findCurrentStays);
  await tx.unsafe('analyze import_current (id, line)');
  await tx.unsafe(rememberMoved);
  await tx.unsafe(updateMigrants);
}

/**
 * The file's stays that the register has. Asked row by row through the index: a join would read all of the
 * register for each slice.
 */
const findKnownStays = `
create temp table import_known_stays on commit drop as
select i.line, s.id, s.migrant_id
from import_known i cross join lateral (
  select r.id, r.migrant_id from public_security.residence_registrations r where r.serial_no = i.serial_no limit 1
) s`;

/**
 * One row a person of the file: who it is, and which of the file's rows speaks for the person: that of the last
 * arrival, unless the register knows a later one. Of several persons with one number the verified one is meant.
 */
const findPeople = `
create temp table import_people on commit drop as
with newest as (
  select distinct on (citizen_id_number) citizen_id_number, line, serial_no,
    arrived_here_on as arrived, captured_at as captured,
    count(*) over (partition by citizen_id_number) as stays
  from import_known
  order by citizen_id_number, arrived_here_on desc, captured_at desc, serial_no desc
)
select n.citizen_id_number, coalesce(k.id, uuidv7()) as id, k.id is null as is_new,
  coalesce(k.shielded, false) as shielded, n.line, coalesce(s.id, uuidv7()) as registration_id,
  n.stays > 1 or k.id is not null as has_others, n.serial_no, k.id is null or not exists (
    select from public_security.residence_registrations o
    where o.migrant_id = k.id and o.serial_no <> n.serial_no
      and (o.arrived_here_on, o.captured_at, o.serial_no) > (n.arrived, n.captured, n.serial_no)
      and not exists (select from import_known f where f.serial_no = o.serial_no)
  ) as speaks
from newest n
left join import_known_stays s using (line)
left join lateral (
  select m.id, m.shielded from public_security.migrants m
  where m.citizen_id_number = n.citizen_id_number and m.status <> 'MERGED'
  order by m.verified_at nulls last, m.created_at, m.id limit 1
) k on true`;

/** A corrected number moves a stay to another person; the one it is taken from is looked at too. */
const formerOwners = `
insert into import_people (id, is_new, has_others, shielded, speaks)
select distinct s.migrant_id, false, true, false, false
from import_known_stays s
join import_known r using (line)
join import_people p using (citizen_id_number)
where s.migrant_id <> p.id and not exists (select from import_people q where q.id = s.migrant_id)`;

const insertMigrants = `
insert into public_security.migrants (id, current_registration_id, ${Object.keys(personValues).join(', ')})
select p.id, p.registration_id, ${Object.values(personValues).join(', ')}
from import_people p join import_known r on r.line = p.line
where p.is_new
order by p.id`;

/** Whether a stay is closed is not the file's to say. */
const stay: Readonly<Record<string, string>> = { migrant_id: 'p.id', ...stayValues };
const stayColumns = Object.keys(stay);

const upsertRegistrations = `
insert into public_security.residence_registrations as t (id, serial_no, ${stayColumns.join(', ')}, shielded,
  ${Object.keys(stayOrigin).join(', ')})
select case when r.line = p.line then p.registration_id else uuidv7() end, r.serial_no,
  ${Object.values(stay).join(', ')}, p.shielded, ${Object.values(stayOrigin).join(', ')}
from import_known r join import_people p using (citizen_id_number)
order by r.line
on conflict (serial_no) do update set
  ${stayColumns.map((column) => `${column} = excluded.${column}`).join(', ')},
  record_version = t.record_version + 1, updated_at = now(), as_of = excluded.as_of
where (${stayColumns.map((column) => `t.${column}`).join(', ')})
  is distinct from (${stayColumns.map((column) => `excluded.${column}`).join(', ')})`;

/** A stay ends on the day of the person's next arrival at another address, and is history then. */
const closeEarlierStays = `
with ended as (
  select e.id, min(l.arrived_here_on) as departed_on
  from public_security.residence_registrations e
  join public_security.residence_registrations l on l.migrant_id = e.migrant_id
    and (l.arrived_here_on, l.captured_at, l.serial_no) > (e.arrived_here_on, e.captured_at, e.serial_no)
    and (l.subdistrict_code, l.road, l.lane, l.building, l.room)
      is distinct from (e.subdistrict_code, e.road, e.lane, e.building, e.room)
  where e.status <> 'CLOSED' and e.migrant_id in (select id from import_people where has_others)
  group by e.id
)
update public_security.residence_registrations e set status = 'CLOSED', departed_on = ended.departed_on,
  record_version = e.record_version + 1, updated_at = now()
from ended where e.id = ended.id`;

/** Where each known person of the file lives now; nulls for one without an open registration. */
const findCurrentStays = `
create temp table import_current on commit drop as
select p.id, p.line, p.speaks, c.id as registration_id, c.subdistrict_code, c.station_code, c.neighbourhood_code
from import_people p
left join lateral (
  select r.* from public_security.residence_registrations r
  where r.migrant_id = p.id and r.status <> 'CLOSED'
  order by r.arrived_here_on desc, r.captured_at desc, r.serial_no desc limit 1
) c on true
where not p.is_new`;

const rememberMoved = `
insert into imports.moved_persons as t (migrant_id, moved_at)
select c.id, clock_timestamp() from import_current c join public_security.migrants m using (id)
where (m.subdistrict_code, m.station_code, m.neighbourhood_code)
  is distinct from (c.subdistrict_code, c.station_code, c.neighbourhood_code)
on conflict (migrant_id) do update set moved_at = excluded.moved_at`;

const ownFlags = `array[${registrationFlags.map((flag) => `'${flag}'`).join(', ')}]`;

/** What a row says of a person; where it says nothing the register keeps what it knows. */
const person: Readonly<Record<string, string>> = {
  name: 'coalesce(r.name, m.name)',
  sex: 'coalesce(r.sex, m.sex)',
  birth_date: 'coalesce(r.birth_date, m.birth_date)',
  ethnicity: 'coalesce(r.ethnicity, m.ethnicity)',
  hukou_division: 'coalesce(r.hukou_division, m.hukou_division)',
  hukou_address: 'coalesce(r.hukou_address, m.hukou_address)',
  marital_status: 'coalesce(r.marital_status, m.marital_status)',
  education_level: 'coalesce(r.education_level, m.education_level)',
  mobile_phone: `case when 'PHONE_INVALID' = any(r.quality_flags) then null
    else coalesce(r.mobile_phone, m.mobile_phone) end`,
  quality_flags: `case when r.line is null then m.quality_flags else
    array(select f from unnest(m.quality_flags) f where f <> all(${ownFlags})) || r.quality_flags end`,
  status: `case when m.status = 'DEPARTED' and c.registration_id is not null then 'ACTIVE' else m.status end`,
  current_registration_id: 'c.registration_id',
  subdistrict_code: 'c.subdistrict_code',
  station_code: 'c.station_code',
  neighbourhood_code: 'c.neighbourhood_code',
};
const personColumns = Object.keys(person);

const updateMigrants = `
update public_security.migrants m set ${personColumns.map((column) => `${column} = n.${column}`).join(', ')},
  record_version = m.record_version + 1, updated_at = now(), as_of = coalesce(n.captured_at, m.as_of)
from (
  select m.id, r.captured_at as captured_at,
    ${Object.entries(person)
      .map(([column, value]) => `${value} as ${column}`)
      .join(', ')}
  from import_current c
  join public_security.migrants m on m.id = c.id
  left join import_known r on r.line = c.line and c.speaks
) n
where m.id = n.id and (${personColumns.map((column) => `m.${column}`).join(', ')})
  is distinct from (${personColumns.map((column) => `n.${column}`).join(', ')})`;
