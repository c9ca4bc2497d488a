import { assignments, laterWins } from '../../../import/loading/later-wins.ts';
import { author, writtenCells } from '../../../import/loading/row-sql.ts';

const name = 'case when excluded.report_no >= t.report_no then excluded.name else t.name end';

export const upsertEmployers = `
insert into labour.employers as t (id, name, org_code, report_no, created_by, source_system)
select uuidv7(), e.name, e.org_code, e.report_no, '${author}', '${author}' from (
  select distinct on (org_code) employer_name as name, org_code, report_no
  from import_rows order by org_code, line desc
) e
on conflict (org_code) do update set name = ${name}, report_no = greatest(t.report_no, excluded.report_no),
  record_version = t.record_version + (t.name <> ${name})::int,
  updated_at = case when t.name <> ${name} then now() else t.updated_at end,
  as_of = case when t.name <> ${name} then now() else t.as_of end
where t.name <> ${name} or excluded.report_no > t.report_no`;

/** The rows with employer and person found; a contract without a month of its own is of the file's month. */
export const stageContracts = `
create temp table import_contracts on commit drop as
select r.line, r.report_no, e.id as employer_id, e.kind as employer_kind, r.person_number, r.person_document,
  r.employee_name, r.occupation, r.starts_on::date as starts_on, r.ends_on::date as ends_on,
  r.monthly_wage::bigint as monthly_wage, r.insured = 'yes' as insured, coalesce(r.month, $1) as month,
  (coalesce(r.month, $1) || '-01')::date as first_day, ${writtenCells} as as_written,
  p.migrant_id, p.subdistrict_code, p.station_code, p.neighbourhood_code, coalesce(p.shielded, false) as shielded,
  t.id as known_id
from import_rows r
join labour.employers e using (org_code)
left join import_persons p on p.number = r.person_number and p.document = r.person_document
left join labour.employments t on t.employer_id = e.id and t.employee_identity_number = r.person_number
  and t.employee_document_kind = r.person_document`;

export const countOlder = `
select count(*) filter (where c.migrant_id is null)::int as unmatched,
  count(*) filter (where t.report_no > c.report_no)::int as older
from import_contracts c left join labour.employments t on t.id = c.known_id`;

const place = ['subdistrict_code', 'station_code', 'neighbourhood_code', 'shielded'];
/** A person once found stays, and so does the place. */
const placeOf = (from: string) =>
  Object.fromEntries(
    place.map((column) => [
      column,
      `case when ${from}.migrant_id is null then t.${column} else ${from}.${column} end`,
    ]),
  );

const status = `case when r.ends_on <= $1::date then 'ENDED' else 'ACTIVE' end`;
const form = `case when r.ends_on is null then 'WRITTEN_OPEN' else 'WRITTEN_FIXED' end`;
const plain = ['employee_name', 'starts_on', 'ends_on', 'monthly_wage', 'as_written', 'report_no'];

const { list, set, changed, differs } = assignments(
  {
    ...laterWins({
      required: {
        ...Object.fromEntries(plain.map((column) => [column, `r.${column}`])),
        // A dispute or termination is not the file's to end, nor is a contract by word of mouth its to write.
        status: `case when t.status in ('ACTIVE', 'ENDED') then ${status} else t.status end`,
        form: `case when t.form in ('WRITTEN_OPEN', 'WRITTEN_FIXED') then ${form} else t.form end`,
      },
      optional: { occupation: { columns: { occupation: { value: 'r.occupation' } } } },
      isLater: 'r.report_no >= t.report_no',
      orderOfRow: 'to_jsonb(t.report_no)',
      orderOfReport: 'to_jsonb(r.report_no)',
    }),
    employee_id: 'coalesce(r.migrant_id, t.employee_id)',
    ...placeOf('r'),
    months_not_insured: `case when r.insured or r.month = any(t.months_not_insured) then t.months_not_insured
      else array(select m from unnest(coalesce(t.months_not_insured, '{}') || r.month) m order by m) end`,
  },
  ['report_no', 'earlier_reports', 'months_not_insured'],
);

export const mergeEmployments = `
update labour.employments t set ${set},
  record_version = t.record_version + (${changed})::int,
  updated_at = case when ${changed} then now() else t.updated_at end,
  as_of = case when ${changed} then now() else t.as_of end
from (
  select t.id, ${list}
  from import_contracts r join labour.employments t on t.id = r.known_id
) n
where t.id = n.id and ${differs}`;

export const insertEmployments = `
insert into labour.employments (id, employer_id, employee_identity_number, employee_document_kind, employee_id,
  ${[...plain, 'occupation', ...place].join(', ')}, status, form, months_not_insured, created_by, source_system)
select uuidv7(), r.employer_id, r.person_number, r.person_document, r.migrant_id,
  ${[...plain, 'occupation', ...place].map((column) => `r.${column}`).join(', ')}, ${status}, ${form},
  case when not r.insured then array[r.month] end, '${author}', '${author}'
from import_contracts r where r.known_id is null
order by r.line`;

/** Whether an enrolment `t` is that of a contract `c`. */
export const sameEnrolment = `t.payer_id = c.employer_id and t.insured_identity_number = c.person_number
  and t.insured_document_kind = c.person_document`;

const enrolment: Readonly<Record<string, string>> = {
  insured_id: 'coalesce(excluded.insured_id, t.insured_id)',
  starts_on: 'least(t.starts_on, excluded.starts_on)',
  ...Object.fromEntries(
    place.map((c) => [c, `case when excluded.insured_id is null then t.${c} else excluded.${c} end`]),
  ),
};
const enrolmentColumns = Object.keys(enrolment);

/** Who is insured in a month is enrolled from it on; only an earlier month or a person changes that. */
export const upsertEnrolments = `
insert into labour.insurance_enrolments as t (id, insured_id, insured_identity_number, insured_document_kind, payer_id,
  scheme, benefits, starts_on, ${place.join(', ')}, paid_months, created_by, source_system)
select uuidv7(), c.migrant_id, c.person_number, c.person_document, c.employer_id,
  case when c.employer_kind = 'CONSTRUCTION_NONLOCAL' then 'CONSTRUCTION_NONLOCAL' else 'GENERAL' end,
  case when c.employer_kind = 'CONSTRUCTION_NONLOCAL' then array['ACCIDENT', 'HOSPITAL']
    else array['WORK_INJURY', 'HOSPITAL', 'OLD_AGE_SUBSIDY'] end,
  c.first_day, c.subdistrict_code, c.station_code, c.neighbourhood_code, c.shielded, 1, '${author}', '${author}'
from import_contracts c where c.insured
order by c.line
on conflict (payer_id, insured_identity_number, insured_document_kind) do update set
  ${enrolmentColumns.map((column) => `${column} = ${enrolment[column]}`).join(', ')},
  record_version = t.record_version + 1, updated_at = now(), as_of = now()
where (${enrolmentColumns.map((column) => `t.${column}`).join(', ')})
  is distinct from (${Object.values(enrolment).join(', ')})`;

/**
 * An enrolment ends before the first month without insurance after the last one that is paid, whatever came first of
 * the two; one that had ended before a month that is paid goes on. Another end is somebody's decision and stays.
 */
export const endOrResumeEnrolments = `
update labour.insurance_enrolments t
set ends_on = n.last_day, status = case when n.last_day is null then 'ENROLLED' else 'ENDED' end,
  record_version = t.record_version + 1, updated_at = now(), as_of = now()
from (
  select t.id, (paid.month || '-01')::date as paid_from,
    (select (min(m) || '-01')::date - 1 from unnest(e.months_not_insured) m where m > paid.month) as last_day
  from import_contracts c
  join labour.insurance_enrolments t on ${sameEnrolment}
  join labour.employments e on e.employer_id = c.employer_id and e.employee_identity_number = c.person_number
    and e.employee_document_kind = c.person_document
  cross join lateral (
    select coalesce(max(p.month), to_char(t.starts_on, 'YYYY-MM')) as month
    from labour.insurance_contributions p where p.enrolment_id = t.id
  ) paid
) n
where t.id = n.id and t.ends_on is distinct from n.last_day
  and (t.ends_on < n.paid_from or n.last_day < coalesce(t.ends_on, 'infinity'))`;

/** Contributions carry the person of their enrolment, once it is known. */
export const carryInsured = `
update labour.insurance_contributions c set insured_id = t.insured_id, shielded = t.shielded
from labour.insurance_enrolments t
where t.id = c.enrolment_id and c.insured_id is null and t.insured_id is not null`;
