import { chunksOf, documentsOfRows, lookUpPersons } from '../../../import/loading/register-look-up.ts';
import { author } from '../../../import/loading/row-sql.ts';
import { rowsToLoad, suspendIndexes } from '../../../import/loading/suspended-indexes.ts';
import { type LoadContext, type Loaded, type MonthlyFile, wholeFile } from '../../../import/monthly-file.ts';
import { insuranceRates } from '../insurance-rates.ts';
import {
  carryInsured,
  countOlder,
  endOrResumeEnrolments,
  insertEmployments,
  mergeEmployments,
  sameEnrolment,
  stageContracts,
  upsertEmployers,
  upsertEnrolments,
} from './contract-rows.ts';
import { lettingGo, waiting } from './employees.ts';
import { kind } from './file.ts';

/**
 * Employments and the month's insurance (dossier §3.4): employers by organisation code, contracts and enrolments
 * by employer and identity number, persons by identity number. What a later file says stays, whichever comes first.
 * @returns rows whose employee the register does not know, or not for sure; they join when it does
 */
async function loadEmployments({ tx, register, month, lastDay }: LoadContext): Promise<Loaded> {
  await tx.unsafe('analyze import_rows');
  await lookUpPersons(tx, register, chunksOf(tx, documentsOfRows));
  await tx.unsafe(upsertEmployers);
  await tx.unsafe(stageContracts, [month]);
  await tx.unsafe('analyze import_contracts');
  const restore = await suspendIndexes(tx, {
    schema: 'labour',
    tables: ['employments', 'insurance_enrolments', 'insurance_contributions'],
    rows: await rowsToLoad(tx),
  });
  const [counted] = await tx.unsafe(countOlder);
  await tx.unsafe(mergeEmployments, [lastDay]);
  await tx.unsafe(insertEmployments, [lastDay]);
  await tx.unsafe(upsertEnrolments);
  await tx.unsafe(insertContributions);
  await tx.unsafe(endOrResumeEnrolments);
  await tx.unsafe(carryInsured);
  // While the foreign key is away, nothing else lets the contributions of earlier months follow.
  if (restore) await tx.unsafe(carryShield);
  await tx.unsafe(countPaidMonths);
  await restore?.();
  return { unmatched: counted?.unmatched ?? 0, older: counted?.older ?? 0 };
}

const rules = `(values ${insuranceRates
  .map(
    ({ validFrom, base, rates }) =>
      `('${validFrom}', ${base}, ${rates.GENERAL}, ${rates.CONSTRUCTION_NONLOCAL})`,
  )
  .join(', ')}) as rule (valid_from, base, general, construction)`;

const insertContributions = `
insert into labour.insurance_contributions (id, enrolment_id, insured_id, shielded, month, contribution_base, rate, amount, state,
  created_by, source_system)
select uuidv7(), t.id, t.insured_id, t.shielded, c.month, rule.base, rate.percent, round(rule.base * rate.percent / 100), 'PAID',
  '${author}', '${author}'
from import_contracts c
join labour.insurance_enrolments t
  on ${sameEnrolment}
cross join lateral (select * from ${rules} where valid_from <= c.month order by valid_from desc limit 1) rule
cross join lateral (select case t.scheme when 'GENERAL' then rule.general else rule.construction end as percent) rate
where c.insured
order by c.line
on conflict (enrolment_id, month) do nothing`;

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
      on e.payer_id = c.employer_id and e.insured_identity_number = c.person_number
        and e.insured_document_kind = c.person_document)
  group by p.enrolment_id
) n
where t.id = n.enrolment_id and t.paid_months <> n.months`;

export const monthlyFile: MonthlyFile = { kind, load: wholeFile(loadEmployments), waiting, lettingGo };
