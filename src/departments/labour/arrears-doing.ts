import { sql } from 'drizzle-orm';
import { productWorkingDays } from '../../contract/deadlines/working-days.ts';
import type { EffectFunction, Fill, Guard } from '../../contract/doing/department-doing.ts';
import { today } from '../../store/today.ts';
import { nextNumber } from '../doing-fills.ts';
import { arrearsComplainants, caseReferrals, wageArrearsCases as cases } from './tables.ts';

const over = sql.raw(`('CLOSED', 'WITHDRAWN', 'NOT_ACCEPTED', 'TRANSFERRED')`);

const caseOpen = (caseId: typeof caseReferrals.caseId | typeof arrearsComplainants.caseId): Guard => ({
  holds: (row) =>
    sql`exists (select 1 from ${cases} where ${cases.id} = ${row(caseId)} and ${cases.status} not in ${over})`,
  en: 'The case is over.',
  zh: '案件已终结。',
});

/** Conditions of cases of unpaid wages (dossier §5.4). */
export const arrearsGuards: Readonly<Record<string, Readonly<Record<string, Guard>>>> = {
  WageArrearsCase: {
    withinTwoYears: {
      holds: (row) => sql`${row(cases.periodTo)} >= to_char(${today} - interval '2 years', 'YYYY-MM')`,
      en: 'The wages were due more than two years ago.',
      zh: '欠薪行为已超过两年。',
    },
    complainantNamed: {
      holds: (row) =>
        sql`exists (select 1 from ${arrearsComplainants} where ${arrearsComplainants.caseId} = ${row(cases.id)})`,
      en: 'No complainant is entered.',
      zh: '尚未登记投诉人。',
    },
    notExtended: {
      holds: (row) => sql`${row(cases.extendedOn)} is null`,
      en: 'The time was extended already.',
      zh: '办理期限只能延长一次。',
    },
    consentForLegalAid: {
      holds: (row) =>
        sql`(${row(cases.referredToUnit)} is distinct from 'PT-JUS' or ${row(cases.referralConsentedOn)} is not null)`,
      after: true,
      field: 'referralConsentedOn',
      en: 'Legal aid needs the consent of the complainants: enter its day.',
      zh: '转介法律援助须经投诉人同意，请填写同意日期。',
    },
  },
  ArrearsComplainant: { caseOpen: caseOpen(arrearsComplainants.caseId) },
  CaseReferral: { caseOpen: caseOpen(caseReferrals.caseId) },
};

const prefix = (day: string) => `PTLSS${day.slice(0, 4)}`;
/** Working days of a case, and by how many an extension adds to them (dossier §5.4). */
const term = 60;
const extension = 30;

const due = (day: unknown, more: number) => productWorkingDays().add(String(day), more);
const added = (row: Readonly<Record<string, unknown>> | null) => Number(row?.clockAddedWorkingDays ?? 0);

export const arrearsFills: Readonly<Record<string, Fill>> = {
  assignArrearsCaseNo: nextNumber('labour', 'caseNo', cases.caseNo, prefix, 6),
  // The days during which the clock stood still are added.
  restartClock: {
    sets: ['clockStoppedOn', 'clockAddedWorkingDays', 'dueOn'],
    async fill({ row, today: day }) {
      const stopped = row?.clockStoppedOn;
      const stood = stopped == null ? 0 : productWorkingDays().between(String(stopped), day);
      return {
        clockStoppedOn: null,
        clockAddedWorkingDays: added(row) + stood,
        dueOn: due(row?.dueOn, stood),
      };
    },
  },
  extendDue: {
    sets: ['clockAddedWorkingDays', 'dueOn'],
    async fill({ row }) {
      return { clockAddedWorkingDays: added(row) + extension, dueOn: due(row?.dueOn, extension) };
    },
  },
  // The full term begins anew.
  reopenClock: {
    sets: ['clockAddedWorkingDays', 'dueOn'],
    async fill({ row, today: day }) {
      const since = row?.acceptedOn == null ? 0 : productWorkingDays().between(String(row.acceptedOn), day);
      return { clockAddedWorkingDays: since, dueOn: due(day, term) };
    },
  },
};

/** Every referral is kept, also when the case goes on to another unit later. */
const recordReferral: EffectFunction = async ({ id, today: day, outboxId }, system) => {
  const found = await system.row('WageArrearsCase', id);
  if (!found?.referredToUnit) return;
  await system.make(
    'CaseReferral',
    'record',
    { caseId: id, toUnit: found.referredToUnit, referredOn: day },
    `${outboxId}:referral`,
  );
};

export const arrearsEffects = { recordReferral };
