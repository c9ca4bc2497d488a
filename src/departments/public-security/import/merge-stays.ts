import { assignments, laterWins } from '../../../import/loading/later-wins.ts';
import { stayOrigin, stayValues } from './registration-values.ts';

const {
  road: _road,
  lane: _lane,
  building: _building,
  room: _room,
  arrived_shanghai_on: _,
  ...required
} = stayValues;

const order = (alias: string) =>
  `jsonb_build_array(extract(epoch from ${alias}.captured_at), ${alias}.report_no)`;

const taken = laterWins({
  required: {
    ...required,
    migrant_id: 'r.person_id',
    shielded: 'case when t.migrant_id <> r.person_id then m.shielded else t.shielded end',
    as_of: 'r.captured_at',
  },
  optional: {
    address: {
      columns: {
        road: { value: 'r.road' },
        lane: { value: 'r.lane' },
        building: { value: 'r.building' },
        room: { value: 'r.room' },
      },
      beside: { column: 'neighbourhood_code', value: 'r.neighbourhood_code' },
    },
    arrival: { columns: { arrived_shanghai_on: { value: 'r.arrived_shanghai_on', type: 'date' } } },
  },
  isLater: 'not r.stale',
  orderOfRow: order('t'),
  orderOfReport: order('r'),
});
// An arrival that an earlier report gives may be later than the day of moving in as it was corrected since.
const arrived_shanghai_on = `case when (${taken.arrived_shanghai_on}) <= (${taken.arrived_here_on})
  then (${taken.arrived_shanghai_on}) end`;
const { list, set, changed, differs } = assignments({ ...taken, arrived_shanghai_on }, [
  'report_no',
  'earlier_reports',
]);

/** Takes the rows of `import_round` into the stays that the register has. */
export const mergeStays = `
update public_security.residence_registrations t set ${set},
  record_version = t.record_version + (${changed})::int,
  updated_at = case when ${changed} then now() else t.updated_at end
from (
  select t.id, ${list}
  from import_round r
  join public_security.residence_registrations t on t.id = r.stay_id
  join public_security.migrants m on m.id = r.person_id
) n
where t.id = n.id and ${differs}`;

/** Whether a stay is closed is not the file's to say. */
export const insertStays = `
insert into public_security.residence_registrations (id, serial_no, migrant_id, shielded,
  ${Object.keys({ ...stayValues, ...stayOrigin }).join(', ')})
select r.registration_id, r.serial_no, r.person_id, m.shielded,
  ${Object.values({ ...stayValues, ...stayOrigin }).join(', ')}
from import_round r join public_security.migrants m on m.id = r.person_id
where r.stay_id is null
order by r.line`;

/** What stays of a person who turns out to be one that another row's serial belongs to. */
export const adoptStays = `
update public_security.residence_registrations t set migrant_id = m.id, shielded = m.shielded,
  record_version = t.record_version + 1, updated_at = now()
from import_round r join public_security.migrants m on m.id = r.own_id
where r.stale and r.exact and r.named_id <> r.own_id and t.migrant_id = r.named_id`;

const later = `(l.arrived_here_on, l.captured_at, l.serial_no) > (e.arrived_here_on, e.captured_at, e.serial_no)
  and (l.subdistrict_code, l.road, l.lane, l.building, l.room)
    is distinct from (e.subdistrict_code, e.road, e.lane, e.building, e.room)`;

/**
 * A stay ends on the day of the person's next arrival at another address, and is history then; it is open again when
 * that arrival is corrected or another person's. What somebody has closed stays closed.
 */
export const endStays = `
update public_security.residence_registrations t
set status = case when n.next is not null then 'CLOSED' when t.confirmed_at is not null then 'CONFIRMED' else 'OPEN' end,
  departed_on = n.next, ended_by_next = n.next is not null,
  record_version = t.record_version + 1, updated_at = now()
from (
  select e.id, (select min(l.arrived_here_on) from public_security.residence_registrations l
    where l.migrant_id = e.migrant_id and ${later}) as next
  from public_security.residence_registrations e
  where (e.status <> 'CLOSED' or e.ended_by_next) and e.migrant_id in (select id from import_touched)
) n
where t.id = n.id
  and (t.ended_by_next <> (n.next is not null) or (n.next is not null and t.departed_on is distinct from n.next))`;
