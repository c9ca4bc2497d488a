import { type SQL, sql } from 'drizzle-orm';
import type { Guard, RowColumn } from '../../contract/doing/department-doing.ts';
import { today } from '../../store/today.ts';
import { areaRules } from './area-rule.ts';
import {
  dwellings,
  leaseFilings as filings,
  leaseOccupancies,
  leases,
  propertyInspections,
} from './tables.ts';

const leaseOf = (row: RowColumn) => sql`${leases} where ${leases.id} = ${row(filings.leaseId)}`;
const dwellingOf = (row: RowColumn) =>
  sql`${leases} join ${dwellings} on ${dwellings.id} = ${leases.dwellingId} where ${leases.id} = ${row(filings.leaseId)}`;

/** Another filing of the same lease. */
const another = (row: RowColumn, condition: SQL) =>
  sql`exists (select 1 from ${filings} where ${filings.leaseId} = ${row(filings.leaseId)} and ${filings.id} <> ${row(filings.id)} and ${condition})`;

/** A cancellation ends what is filed: nothing about the dwelling stands in its way. */
const cancels = (row: RowColumn) => sql`${row(filings.kind)} = 'CANCELLATION'`;
/** A filing in force, by which the lease is filed. */
const inForce = sql`${filings.status} = 'FILED' and ${filings.kind} <> 'CANCELLATION'`;

const newest = areaRules.at(-1)!;
const occupants = sql`(select count(*) from ${leaseOccupancies} join ${leases} l on l.id = ${leaseOccupancies.leaseId} where l.dwelling_id = ${dwellings.id} and l.status = 'IN_FORCE')`;
const roomForAll = sql`(${dwellings.floorArea} >= ${sql.raw(String(newest.floorArea))} * ${occupants} or ${dwellings.livingArea} >= ${sql.raw(String(newest.livingArea))} * ${occupants})`;
const rectificationSet = sql`exists (select 1 from ${propertyInspections} where ${propertyInspections.dwellingId} = ${dwellings.id} and ${propertyInspections.rectifyBy} is not null and ${propertyInspections.rectifiedOn} is null)`;

/** Conditions of filings of leases (dossier §5.3). */
export const filingGuards: Readonly<Record<string, Guard>> = {
  baseFiled: {
    holds: (row) => sql`(${row(filings.kind)} = 'NEW' or ${another(row, inForce)})`,
    en: 'Only a lease that is filed can be changed, extended or cancelled.',
    zh: '变更、延续、注销须以已备案的租赁合同为基础。',
  },
  materialsComplete: {
    holds: (row) =>
      sql`coalesce(${row(filings.materials)} @> array['IDENTITY_PROOF', 'APPLICATION_FORM', 'CONTRACT', 'TITLE_PROOF'], false)`,
    after: true,
    en: 'Proof of identity, application form, lease and proof of title are needed.',
    zh: '须提交身份证明、申请表、租赁合同和产权证明。',
  },
  supplementOverdue: {
    holds: (row) => sql`${row(filings.supplementBy)} < ${today}`,
    en: 'There is still time to complete the filing.',
    zh: '补正期限未满。',
  },
  useMatches: {
    holds: (row) =>
      sql`(${cancels(row)} or exists (select 1 from ${dwellingOf(row)} and ${leases.purpose} = ${dwellings.usage}))`,
    en: 'The agreed use is not that of the dwelling.',
    zh: '租赁用途与房屋用途不符。',
  },
  // The filing that a change, extension or cancellation is based on is no conflict.
  noConflictingFiling: {
    holds: (row) => sql`(${row(filings.kind)} <> 'NEW' or not ${another(row, inForce)})`,
    en: 'Another filing of this lease is in force.',
    zh: '该合同已有有效备案。',
  },
  areaRuleMet: {
    holds: (row) =>
      sql`(${cancels(row)} or exists (select 1 from ${dwellingOf(row)} and (${roomForAll} or ${rectificationSet})))`,
    en: 'There is not enough room for all occupants; set a day for putting it right first.',
    zh: '人均面积不足，须先确定整改期限。',
  },
  certificateWithinLease: {
    holds: (row) =>
      sql`(${cancels(row)} or exists (select 1 from ${leaseOf(row)} and ${leases.endsOn} >= ${row(filings.certificateValidTo)}))`,
    after: true,
    field: 'certificateValidTo',
    en: 'The certificate needs a last day, not after the end of the lease.',
    zh: '备案证明须有有效期，且不得超过租赁期限。',
  },
  leaseEnded: {
    holds: (row) =>
      sql`exists (select 1 from ${leaseOf(row)} and ${leases.status} in ('ENDED', 'TERMINATED'))`,
    en: 'The lease has not ended.',
    zh: '租赁合同尚未终止。',
  },
  certificateOver: {
    holds: (row) => sql`${row(filings.certificateValidTo)} < ${today}`,
    en: 'The certificate is still valid.',
    zh: '备案证明仍在有效期内。',
  },
};
