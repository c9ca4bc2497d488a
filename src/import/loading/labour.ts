import { author, type Load, type LoadContext } from './load-context.ts';
import { chunksOf, lookUpPersons } from './register-look-up.ts';
import { rowsToLoad, suspendIndexes } from './suspended-indexes.ts';

/**
 * Employments and the month's insurance (dossier §3.4): employers by organisation code, contracts and enrolments
 * by employer and identity number, persons by identity number.
 * @returns rows whose employee the register does not know; they join when the person is registered
 */
async function loadEmployments({ tx, register, month, lastDay }: LoadContext): Promise<number> {
  await tx.unsafe('analyze import_rows');
  const numbers = chunksOf(tx, 'select distinct citizen_id_number from import_rows');
  await lookUpPersons(tx, register, 'number', numbers);
  await tx.unsafe(upsertEmployers);
  await tx.unsafe(stageContracts, [month]);
  await tx.unsafe('analyze import_contracts');
  const restore = await suspendIndexes(tx, {
    schema: 'labour',
    tables: ['employments', 'insurance_enrolments', 'insurance_contributions'],
    rows: await rowsToLoad(tx),
  });
  await tx.unsafe(upsertEmployments, [lastDay]);
  await tx.unsafe(upsertEnrolments);
  await tx.unsafe(endEnrolments);
  await tx.unsafe(insertContributions);
  await tx.unsafe(carryInsured);
  // While the foreign key is away, nothing else lets the contributions of earlier months follow.
  if (restore) await tx.unsafe(carryShield);
  await tx.unsafe(countPaidMonths);
  await restore?.();
  const [unmatched] = await tx`select count(*)::int as count from import_contracts where migrant_id is null`;
  return unmatched?.count ?? 0;
}

const upsertEmployers = `
insert into labour.employers as t (id, name, org_code, created_by, source_system)
select uuidv7(), e.name, e.org_code, '${author}', '${author}' from (
  select distinct on (org_code) employer_name as name, org_code from import_rows order by org_code, line desc
) e
on conflict (org_code) do update set name = excluded.name,
  record_version = t.record_version + 1, updated_at = now(), as_of = now()
where t.name <> excluded.name`;

/** The rows with employer and person found; a contract without a month of its own is of the file's month. */
const stageContracts = `
create temp table import_contracts on commit drop as
select r.line, e.id as employer_id, e.kind as employer_kind, r.citizen_id_number, r.employee_name, r.occupation,
  r.starts_on::date as starts_on, r.ends_on::date as ends_on, r.monthly_wage::bigint as monthly_wage,
  r.insured = 'yes' as insured, coalesce(r.month, $1) as month,
  (coalesce(r.month, $1) || '-01')::date as first_day,
  p.migrant_id, p.subdistrict_code, p.station_code, p.neighbourhood_code, coalesce(p.shielded, false) as shielded
from import_rows r
join labour.employers e using (org_code)
left join import_persons p using (citizen_id_number)`;

const place = ['subdistrict_code', 'station_code', 'neighbourhood_code', 'shielded'];

const contract = [
  'employee_id',
  'employee_name',
  'occupation',
  'starts_on',
  'ends_on',
  'monthly_wage',
  'status',
  ...place,
];
/** A dispute or termination is not the file's to end; a person once found stays. */
const contractKept: Readonly<Record<string, string>> = {
  employee_id: 'coalesce(excluded.employee_id, t.employee_id)',
  status: `case when t.status in ('ACTIVE', 'ENDED') then excluded.status else t.status end`,
  ...Object.fromEntries(
    place.map((c) => [c, `case when excluded.employee_id is null then t.${c} else excluded.${c} end`]),
  ),
};
const contractValue = (column: string) => contractKept[column] ?? `excluded.${column}`;

const upsertEmployments = `
insert into labour.employments as t (id, employer_id, employee_identity_number, ${contract.join(', ')}, form,
  created_by, source_system)
select uuidv7(), c.employer_id, c.citizen_id_number, c.migrant_id, c.employee_name, c.occupation,
  c.starts_on, c.ends_on, c.monthly_wage, case when c.ends_on <= $1::date then 'ENDED' else 'ACTIVE' end,
  c.subdistrict_code, c.station_code, c.neighbourhood_code, c.shielded,
  case when c.ends_on is null then 'WRITTEN_OPEN' else 'WRITTEN_FIXED' end, '${author}', '${author}'
from import_contracts c
order by c.line
on conflict (employer_id, employee_identity_number) do update set
  ${contract.map((column) => `${column} = ${contractValue(column)}`).join(', ')},
  record_version = t.record_version + 1, updated_at = now(), as_of = now()
where (${contract.map((column) => `t.${column}`).join(', ')})
  is distinct from (${contract.map(contractValue).join(', ')})`;

/** An enrolment that ended before the month is taken up again; else only an earlier month or a person changes it. */
const enrolment: Readonly<Record<string, string>> = {
  insured_id: 'coalesce(excluded.insured_id, t.insured_id)',
  starts_on: 'least(t.starts_on, excluded.starts_on)',
  ends_on: 'case when t.ends_on < excluded.starts_on then null else t.ends_on end',
  status: `case when t.ends_on < excluded.starts_on then 'ENROLLED' else t.status end`,
  ...Object.fromEntries(
    place.map((c) => [c, `case when excluded.insured_id is null then t.${c} else excluded.${c} end`]),
  ),
};
const enrolmentColumns = Object.keys(enrolment);

const upsertEnrolments = `
insert into labour.insurance_enrolments as t (id, insured_id, insured_identity_number, payer_id, scheme, benefits,
  starts_on, ${place.join(', ')}, paid_months, created_by, source_system)
select uuidv7(), c.migrant_id, c.citizen_id_number, c.employer_id,
  case when c.employer_kind = 'CONSTRUCTION_NONLOCAL' then 'CONSTRUCTION_NONLOCAL' else 'GENERAL' end,
  case when c.employer_kind = 'CONSTRUCTION_NONLOCAL' then array['ACCIDENT', 'HOSPITAL']
    else array['WORK_INJURY', 'HOSPITAL', 'OLD_AGE_SUBSIDY'] end,
  c.first_day, c.subdistrict_code, c.station_code, c.neighbourhood_code, c.shielded, 1, '${author}', '${author}'
from import_contracts c where c.insured
order by c.line
on conflict (payer_id, insured_identity_number) do update set
  ${enrolmentColumns.map((column) => `${column} = ${enrolment[column]}`).join(', ')},
  record_version = t.record_version + 1, updated_at = now(), as_of = now()
where (${enrolmentColumns.map((column) => `t.${column}`).join(', ')})
  is distinct from (${Object.values(enrolment).join(', ')})`;

/** Not insured in a month: the enrolment ended before it, unless a later month is paid already. */
const endEnrolments = `
update labour.insurance_enrolments t set status = 'ENDED', ends_on = c.first_day - 1,
  record_version = t.record_version + 1, updated_at = now(), as_of = now()
from import_contracts c
where not c.insured and t.payer_id = c.employer_id and t.insured_identity_number = c.citizen_id_number
  and t.starts_on < c.first_day and (t.ends_on is null or t.ends_on >= c.first_day)
  and not exists (
    select from labour.insurance_contributions p where p.enrolment_id = t.id and p.month >= c.month)`;

/**
 * The base is 60 % of a city average wage, the rates those of the two schemes (order 123 of 2002 and its
 * amendments; dossier A.10): fen and per cent from a month on.
 */
const rules = `(values ('2002-09', 122700, 12.50, 5.50)) as rule (valid_from, base, general, construction)`;

const insertContributions = `
insert into labour.insurance_contributions (id, enrolment_id, insured_id, shielded, month, contribution_base, rate, amount, state,
  created_by, source_system)
select uuidv7(), t.id, t.insured_id, t.shielded, c.month, rule.base, rate.percent, round(rule.base * rate.percent / 100), 'PAID',
  '${author}', '${author}'
from import_contracts c
join labour.insurance_enrolments t
  on t.payer_id = c.employer_id and t.insured_identity_number = c.citizen_id_number
cross join lateral (select * from ${rules} where valid_from <= c.month order by valid_from desc limit 1) rule
cross join lateral (select case t.scheme when 'GENERAL' then rule.general else rule.construction end as percent) rate
where c.insured
order by c.line
on conflict (enrolment_id, month) do nothing`;

/** Contributions carry the person of their enrolment, once it is known. */
export const carryInsured = `
update labour.insurance_contributions c set insured_id = t.insured_id, shielded = t.shielded
from labour.insurance_enrolments t
where t.id = c.enrolment_id and c.insured_id is null and t.insured_id is not null`;

const carryShield = `
update labour.insurance_contributions c set shielded = t.shielded
from labour.insurance_enrolments t
where t.id = c.enrolment_id and t.shielded <> c.shielded`;

const countPaidMonths = `
update labour.insurance_enrolments t set paid_months = n.months,
  record_version = t.record_version + 1, updated_at = now(), as_of = now()
from (
  select p.enrolment_id, count(*)::int as months
  from labour.insurance_contributions p
  where p.state in ('PAID', 'LATE') and p.enrolment_id in (
    select e.id from labour.insurance_enrolments e join import_contracts c
      on e.payer_id = c.employer_id and e.insured_identity_number = c.citizen_id_number)
  group by p.enrolment_id
) n
where t.id = n.enrolment_id and t.paid_months <> n.months`;

export const employmentsLoad: Load = { begin: async (context) => ({ load: () => loadEmployments(context) }) };
