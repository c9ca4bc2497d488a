import { sql } from 'drizzle-orm';
import type { DepartmentDoing, EffectFunction } from '../../contract/doing/department-doing.ts';
import { placeOfLinked, stationOf } from '../doing-fills.ts';
import { notRectified, rectificationOpen } from '../doing-guards.ts';
import { arrearsEffects, arrearsFills, arrearsGuards } from './arrears-doing.ts';
import { insuredFills } from './insured-fills.ts';
import { papers } from './papers.ts';
import {
  insuranceContributions as contributions,
  employers,
  insuranceEnrolments as enrolments,
  labourInspections as inspections,
} from './tables.ts';

const ofEmployer = { by: 'employerId', table: employers, store: 'labour' } as const;

/** The months that the enrolment counts: those that were paid, also late. */
const countPaidMonths: EffectFunction = async ({ id }, system) => {
  const contribution = await system.row('InsuranceContribution', id);
  if (!contribution) return;
  const enrolmentId = String(contribution.enrolmentId);
  const [counted] = await system.rows<{ months: number }>(
    'labour',
    sql`select count(*)::int as months from ${contributions} where ${contributions.enrolmentId} = ${enrolmentId} and ${contributions.state} in ('PAID', 'LATE')`,
  );
  const enrolment = await system.row('InsuranceEnrolment', enrolmentId);
  if (counted && enrolment?.paidMonths !== counted.months)
    await system.change('InsuranceEnrolment', enrolmentId, 'countMonths', { paidMonths: counted.months });
};

/** Conditions and effects of employment, insurance, inspections and wages (dossier §3.4, §5.4). */
export const doing: DepartmentDoing = {
  guards: {
    ...arrearsGuards,
    InsuranceEnrolment: {
      payerInsures: {
        holds: (row) =>
          sql`(${row(enrolments.payerId)} is null or exists (select 1 from ${employers} where ${employers.id} = ${row(enrolments.payerId)} and ${employers.kind} <> 'HOUSEHOLD_EMPLOYER' and coalesce(${employers.industry}, '') not like 'A%'))`,
        field: 'payer',
        en: 'Households and farms do not insure their workers in this insurance.',
        zh: '家庭雇主和农业用人单位不参加综合保险。',
      },
    },
    InsuranceContribution: {
      enrolledInMonth: {
        holds: (row) =>
          sql`exists (select 1 from ${enrolments} where ${enrolments.id} = ${row(contributions.enrolmentId)} and to_char(${enrolments.startsOn}, 'YYYY-MM') <= ${row(contributions.month)} and (${enrolments.endsOn} is null or to_char(${enrolments.endsOn}, 'YYYY-MM') >= ${row(contributions.month)}))`,
        en: 'The person was not enrolled in that month.',
        zh: '该月份未参保。',
      },
    },
    LabourInspection: {
      notRectified: notRectified(inspections),
      rectificationOpen: rectificationOpen(inspections),
      somethingFound: {
        holds: (row) => sql`not ${row(inspections.findings)} @> array['NONE']`,
        en: 'The inspection has found nothing.',
        zh: '检查未发现问题。',
      },
    },
  },
  fills: {
    ...insuredFills,
    ...arrearsFills,
    stationOfEmployer: stationOf('labour', { Employer: { table: employers, field: 'address' } }),
    placeOfEmployer: placeOfLinked({ LabourInspection: [ofEmployer], WageArrearsCase: [ofEmployer] }),
  },
  effects: { ...arrearsEffects, countPaidMonths },
  papers,
};
