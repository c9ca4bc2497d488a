import { hasStays } from '../../../import/loading/register-look-up.ts';
import { sameDocument } from './same-person.ts';

const flagged = `'DUP_SUSPECT' = any(m.quality_flags)`;

/**
 * Persons who share a number since this round are flagged DUP_SUSPECT, each of them; what other departments had
 * joined to them by the number is let go, unless an officer has seen the document.
 */
export const flagDoubles = `
with doubles as (
  select distinct id from (
    select m.id, count(*) over (partition by r.line) as persons
    from import_round r
    join public_security.migrants m on ${sameDocument('m', 'r')}
    where (r.is_new or r.owner is distinct from r.person_id) and m.status <> 'MERGED' and ${hasStays('m')}
  ) s where persons > 1
), changed as (
  update public_security.migrants m set quality_flags = array_append(m.quality_flags, 'DUP_SUSPECT'),
    record_version = m.record_version + 1, updated_at = now()
  from doubles d where d.id = m.id and not ${flagged}
  returning m.id, m.verified_at
)
insert into imports.doubted_persons as t (migrant_id, doubted_at)
select id, clock_timestamp() from changed where verified_at is null
on conflict (migrant_id) do update set doubted_at = excluded.doubted_at`;

/** Who was flagged for somebody who has no stay left, and shares the number with nobody else, is no double any more. */
export const clearDoubles = `
with left_over as (
  select m.id, count(*) over (partition by e.id) as persons
  from import_emptied e
  join public_security.migrants o on o.id = e.id
  join public_security.migrants m on ${sameDocument('m', 'o')} and m.id <> o.id
  where e.was_double and m.status <> 'MERGED' and ${hasStays('m')}
)
update public_security.migrants m set quality_flags = array_remove(m.quality_flags, 'DUP_SUSPECT'),
  record_version = m.record_version + 1, updated_at = now()
where ${flagged} and (m.id in (select id from left_over where persons = 1)
  or m.id in (select id from import_emptied where was_double))`;

/** What other departments had joined to a person who is another now is joined again by number. */
export const letGoOfMerged = `
insert into imports.doubted_persons as t (migrant_id, doubted_at)
select id, clock_timestamp() from import_emptied where is_same
on conflict (migrant_id) do update set doubted_at = excluded.doubted_at`;
