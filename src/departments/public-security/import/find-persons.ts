import { rowsOfFile } from '../../../import/report-number.ts';
import { capturedOf, identityOf, sameDocument, spellingOf } from './same-person.ts';

/** `import_known`: rows about what the register may know, with what says who is meant. */
export const createKnown = `
create temp table import_known (like import_rows,
  identity text generated always as (${identityOf('')}) stored,
  spelling text generated always as (${spellingOf('name', 'birth_date')}) stored) on commit drop`;

/**
 * Rows are taken in rounds in which each number occurs once, the earliest reports first: nearly all files need one
 * round, and what one report changes the next one sees.
 */
export const numberRounds = `
create temp table import_rounds on commit drop as
select line, (row_number() over (partition by identity order by captured_at, report_no))::int as round
from import_known`;

const isStale = '(s.captured_at, s.report_no) > (r.captured_at, r.report_no)';

/**
 * `import_round`: each row with the stay of its serial, and whose it is. Of the persons with the number it is the one
 * of this name and birth date, under whatever spelling a report of theirs had; else the one to whom the serial
 * belongs, whose name or birth date is corrected; else a person of its own. A stale row, one that was captured before
 * what the register has of its serial, does not move the stay. `$1` is the round.
 */
export const findPersons = `
create temp table import_round on commit drop as
select f.*, coalesce(f.found_id, f.migrant_id) as person_id, f.found_id is null as is_new
from (
  select r.*, s.id as stay_id, s.migrant_id as owner, coalesce(${isStale}, false) as stale,
    o.id as own_id, k.id as named_id, coalesce(k.exact, false) as exact,
    case when ${isStale} then coalesce(o.id, k.id) else coalesce(k.id, o.id) end as found_id
  from import_known r
  join import_rounds using (line)
  left join lateral (
    select r2.id, r2.migrant_id, r2.captured_at, r2.report_no
    from public_security.residence_registrations r2 where r2.serial_no = r.serial_no limit 1
  ) s on true
  left join lateral (
    select m.id from public_security.migrants m
    where m.id = s.migrant_id and m.status <> 'MERGED' and ${sameDocument('m', 'r')}
  ) o on true
  left join lateral (
    select m.id, ${spellingOf('m.name', 'm.birth_date')} = r.spelling as exact
    from public_security.migrants m
    where ${sameDocument('m', 'r')} and m.status <> 'MERGED'
      and (${spellingOf('m.name', 'm.birth_date')} = r.spelling or r.spelling = any(m.spellings_before))
    order by exact desc, m.verified_at nulls last, m.created_at, m.id limit 1
  ) k on true
  where import_rounds.round = $1
) f`;

/** Rows of a round that came after what the register has of their serial, or of the person of a new stay. */
export const countOlder = `
select count(*)::int as older from import_round r left join public_security.migrants m on m.id = r.person_id
where r.stale or (r.stay_id is null and (${capturedOf('m')}, m.report_no) > (r.captured_at, r.report_no)
  and m.report_no / ${rowsOfFile} <> r.report_no / ${rowsOfFile})`;
