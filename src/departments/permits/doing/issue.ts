import { sql } from 'drizzle-orm';
import { addDays, addMonths } from '../../../contract/deadlines/working-days.ts';
import type { EffectFunction, Happened, System, Values } from '../../../contract/doing/department-doing.ts';
import { permitRuleOn } from '../permit-rules.ts';
import { residencePermits as permits } from '../tables.ts';
import { openStays } from './fills.ts';

interface Permit extends Values {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly valid_to: string;
}

/** The holder's permit in one of the states, the newest first. */
async function permitOf(holder: unknown, states: string, system: System): Promise<Permit | undefined> {
  const [found] = await system.rows<Permit>(
    'permits',
    sql`select id, type, status, valid_to::text from ${permits} where ${permits.holderId} = ${String(holder)}::uuid
      and status = any(${`{${states}}`}::text[]) order by status, valid_to desc limit 1`,
  );
  return found;
}

/** The last day of a term that begins on a day. */
const lastDay = (first: string, type: string): string =>
  addDays(addMonths(first, permitRuleOn(type, first).months), -1);

/** `PT`, the day, and the number of the row of the outbox that asks for it: the same number if it is asked again. */
const numberOf = ({ today, outboxId }: Happened): string =>
  `PT${today.replaceAll('-', '')}${outboxId.padStart(8, '0')}`;

async function issue(application: Values, validTo: string, happened: Happened, system: System) {
  const { applicantId, permitType, subdistrictCode, stationCode, neighbourhoodCode, shielded } = application;
  const [stay] = await openStays(applicantId, system);
  const values = {
    permitNo: numberOf(happened),
    holderId: applicantId,
    type: permitType,
    validFrom: happened.today,
    validTo,
    registeredDwellingId: stay?.dwelling_id ?? null,
    subdistrictCode,
    stationCode,
    neighbourhoodCode,
    shielded,
  };
  await system.make('ResidencePermit', 'issue', values, `${happened.outboxId}:issue`);
}

/** Whether the permit was renewed since this event already: a second run must not add a second term. */
async function isRenewed(permit: string, { id, version }: Happened, system: System): Promise<boolean> {
  const found = await system.rows(
    'permits',
    sql`select 1 from access.record_events r join access.record_events a on a.record_type = 'PermitApplication' and a.record_id = ${id} and a.version = ${version}
      where r.record_type = 'ResidencePermit' and r.record_id = ${permit} and r.event = 'renew' and r.at >= a.at`,
  );
  return found.length > 0;
}

/** What was applied for happens to the permit when the card is handed over. */
const carryOutAction: EffectFunction = async (happened, system) => {
  const application = await system.row('PermitApplication', happened.id);
  if (!application) return;
  const { applicantId, permitType, action } = application;
  const { today } = happened;
  const type = String(permitType);
  switch (action) {
    case 'NEW':
      return issue(application, lastDay(today, type), happened, system);
    case 'RENEW': {
      const permit = await permitOf(applicantId, 'ACTIVE,EXPIRED', system);
      if (!permit || (await isRenewed(permit.id, happened, system))) return;
      const first = permit.valid_to >= today ? addDays(permit.valid_to, 1) : today;
      await system.change('ResidencePermit', permit.id, 'renew', { validTo: lastDay(first, type) });
      return;
    }
    case 'CHANGE': {
      const permit = await permitOf(applicantId, 'ACTIVE', system);
      const [stay] = await openStays(applicantId, system);
      const values = { type, registeredDwellingId: stay?.dwelling_id ?? null };
      if (permit) await system.change('ResidencePermit', permit.id, 'changeByCard', values);
      return;
    }
    case 'REPLACE_LOST': {
      const lost = await permitOf(applicantId, 'LOST', system);
      if (!lost) return;
      const isRunning = lost.valid_to > today;
      const validTo = isRunning ? lost.valid_to : today;
      await issue({ ...application, permitType: lost.type }, validTo, happened, system);
      await system.change('ResidencePermit', lost.id, 'replace');
      return;
    }
    case 'CANCEL': {
      const permit = await permitOf(applicantId, 'ACTIVE,EXPIRED', system);
      if (permit) await system.change('ResidencePermit', permit.id, 'cancelAsApplied');
    }
  }
};

/** An approved giving-up needs no card. */
const endGivingUp: EffectFunction = async ({ id }, system) => {
  await system.change('PermitApplication', id, 'endByApproval');
};

const kindOf: Readonly<Record<string, string>> = {
  issue: 'ISSUED',
  renew: 'RENEWED',
  changeAddress: 'ADDRESS_CHANGED',
  changeByCard: 'ADDRESS_CHANGED',
  reportLost: 'LOST_REPORTED',
  reportFound: 'FOUND',
  replace: 'REPLACED',
  expire: 'EXPIRED',
  cancel: 'CANCELLED',
  cancelAsApplied: 'CANCELLED',
  suspend: 'SUSPENDED',
  resume: 'RESUMED',
  resumeInTime: 'RESUMED',
  revoke: 'REVOKED',
};

/** What happened to a permit stands in its history. */
const enterPermitEvent: EffectFunction = async ({ id, event, person, outboxId }, system) => {
  const kind = kindOf[event];
  if (!kind) throw new Error(`The history of permits has no kind for ${event}.`);
  const needsReason = kind === 'CANCELLED' || kind === 'REVOKED';
  const reason = needsReason ? (await system.row('ResidencePermit', id))?.endReason : null;
  const values = { permitId: id, kind, byUser: person, reason: reason ?? null };
  await system.make('PermitEvent', 'enter', values, `${outboxId}:event`);
};

export const issueEffects: Readonly<Record<string, EffectFunction>> = {
  carryOutAction,
  endGivingUp,
  enterPermitEvent,
};
