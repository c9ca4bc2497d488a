import { assignments, laterWins } from '../../../import/loading/later-wins.ts';
import { registrationFlags } from './file.ts';
import { personValues } from './registration-values.ts';
import { capturedOf, spellingOf } from './same-person.ts';

const { subdistrict_code, station_code, neighbourhood_code, ...facts } = personValues;

/** A person of whom the register has not heard; a stale row has no stay of its own to say where the person lives. */
export const insertPersons = `
insert into public_security.migrants (id, current_registration_id, subdistrict_code, station_code, neighbourhood_code,
  ${Object.keys(facts).join(', ')})
select r.person_id, ${[['r.registration_id'], [subdistrict_code], [station_code], [neighbourhood_code]]
  .map(([value]) => `case when not r.stale then ${value} end`)
  .join(', ')}, ${Object.values(facts).join(', ')}
from import_round r where r.is_new
order by r.person_id`;

const isLater = `(r.captured_at, r.report_no) >= (${capturedOf('t')}, t.report_no)`;
const own = `array[${registrationFlags.map((flag) => `'${flag}'`).join(', ')}]`;
/** What others have flagged stays; the file's own flags are those of the report. */
const flags = `(array(select f from unnest(t.quality_flags) f where f <> all(${own}))
  || array(select f from unnest(r.quality_flags) f where f = any(${own})))`;
const spelling = spellingOf('t.name', 't.birth_date');
const spellings = `case when ${spelling} = r.spelling and r.spellings_before is null then t.spellings_before
  else nullif(array(select distinct u from unnest(coalesce(t.spellings_before, '{}')
    || coalesce(r.spellings_before, '{}') || array[${spelling}, r.spelling]) u
    where u <> case when ${isLater} then r.spelling else ${spelling} end order by u), '{}') end`;

const { list, set, changed, differs } = assignments(
  {
    ...laterWins({
      required: {
        name: 'r.name',
        sex: 'r.sex',
        birth_date: 'r.birth_date',
        hukou_division: 'r.hukou_division',
        quality_flags: `case when t.quality_flags @> ${flags} and t.quality_flags <@ ${flags}
          then t.quality_flags else ${flags} end`,
        report_no: 'r.report_no',
        as_of: 'r.captured_at',
      },
      optional: {
        ethnicity: { columns: { ethnicity: { value: 'r.ethnicity' } } },
        hukouAddress: {
          columns: { hukou_address: { value: 'r.hukou_address' } },
          beside: { column: 'hukou_division', value: 'r.hukou_division' },
        },
        maritalStatus: { columns: { marital_status: { value: 'r.marital_status' } } },
        educationLevel: { columns: { education_level: { value: 'r.education_level' } } },
        mobilePhone: { columns: { mobile_phone: { value: 'r.mobile_phone' } } },
      },
      isLater,
      orderOfRow: `jsonb_build_array(extract(epoch from ${capturedOf('t')}), t.report_no)`,
      orderOfReport: `jsonb_build_array(extract(epoch from r.captured_at), r.report_no)`,
    }),
    spellings_before: spellings,
  },
  ['report_no', 'as_of', 'earlier_reports', 'spellings_before'],
);

/** Takes what reports say into the persons `person_id`. @param reports a table expression, the columns of a row */
const take = (reports: string) => `
update public_security.migrants t set ${set},
  record_version = t.record_version + (${changed})::int,
  updated_at = case when ${changed} then now() else t.updated_at end
from (
  select t.id, ${list}
  from ${reports} r join public_security.migrants t on t.id = r.person_id
) n
where t.id = n.id and ${differs}`;

/** Takes the rows of `import_round` into the persons that the register has. */
export const mergePersons = take(
  '(select i.*, null::text[] as spellings_before from import_round i where not i.is_new)',
);

/**
 * `import_emptied`: persons of whom this round has taken the last stay, into whom it went, and whether both have one
 * number. A person whose document an officer has seen stays.
 */
export const findEmptied = `
create temp table import_emptied on commit drop as
select distinct on (m.id) m.id, e.into_id, e.same_number and m.verified_at is null as is_same,
  'DUP_SUSPECT' = any(m.quality_flags) as was_double
from (
  select owner as id, person_id as into_id, own_id is not null as same_number
  from import_round where owner <> person_id and not stale
  union all
  select named_id, own_id, true from import_round where stale and exact and named_id <> own_id
) e
join public_security.migrants m using (id)
where m.status <> 'MERGED'
  and not exists (select from public_security.residence_registrations h where h.migrant_id = m.id)`;

/** What is known of a person who turns out to be another is known of that one. */
export const takeOver = take(`(
  select e.into_id as person_id, m.*, ${capturedOf('m')} as captured_at, ${spellingOf('m.name', 'm.birth_date')} as spelling
  from import_emptied e join public_security.migrants m using (id) where e.is_same)`);

export const markMerged = `
update public_security.migrants m set status = 'MERGED', merged_into_id = e.into_id,
  quality_flags = array_remove(m.quality_flags, 'DUP_SUSPECT'),
  record_version = m.record_version + 1, updated_at = now()
from import_emptied e where e.id = m.id and e.is_same`;
