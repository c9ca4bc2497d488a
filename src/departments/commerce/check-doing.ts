import { sql } from 'drizzle-orm';
import type { EffectFunction, Fill, Guard, RowColumn } from '../../contract/doing/department-doing.ts';
import { faultAt } from '../doing-fills.ts';
import { qualificationChecks as checks, type StoredConfirmation } from './tables.ts';

/** The units that confirm qualifications together with the sub-bureau (clause AIC-a). */
const confirming: ReadonlySet<string> = new Set(['PT-PSB', 'PT-LSS', 'PT-HLT']);

const items = (row: RowColumn) =>
  sql`jsonb_to_recordset(${row(checks.confirmations)}) as c("unit" text, "result" text, "confirmedOn" date)`;

/** Conditions of joint confirmations (dossier §3.11 QualificationCheck). */
export const checkGuards: Readonly<Record<string, Guard>> = {
  ownConfirmationOpen: {
    holds: (row) =>
      sql`exists (select 1 from ${items(row)} where c."unit" = ${sql.placeholder('unit')} and c."result" not in ('CONFIRMED', 'NOT_CONFIRMED'))`,
    en: 'Your unit is not asked, or has answered.',
    zh: '未征求本单位意见，或已答复。',
  },
  allConfirmed: {
    holds: (row) => sql`coalesce((select bool_and(c."result" = 'CONFIRMED') from ${items(row)}), false)`,
    en: 'Not every unit has confirmed.',
    zh: '尚有单位未确认。',
  },
  allAnswered: {
    holds: (row) => sql`not exists (select 1 from ${items(row)} where c."confirmedOn" is null)`,
    en: 'Not every unit has answered.',
    zh: '尚有单位未答复。',
  },
};

/** An item of its own for each unit that is asked. */
const openConfirmations: Fill = {
  sets: ['confirmations'],
  compares: ['confirmingUnits'],
  async fill({ given, row }) {
    const units = (given.confirmingUnits ?? row?.confirmingUnits ?? []) as readonly string[];
    const asked = units.filter((unit) => confirming.has(unit));
    if (asked.length === 0)
      return faultAt(
        ['confirmingUnits'],
        'Ask at least one of public security, labour and health.',
        '须至少提请公安、劳动、卫生部门之一确认。',
      );
    return stored(asked.map((unit) => ({ unit, result: 'MORE_NEEDED', confirmedOn: null })));
  },
};

/** The answer of the acting unit. */
const answer = (result: StoredConfirmation['result']): Fill => ({
  sets: ['confirmations'],
  async fill({ row, unit, today }) {
    const held = (row?.confirmations ?? []) as readonly StoredConfirmation[];
    return stored(held.map((item) => (item.unit === unit ? { unit, result, confirmedOn: today } : item)));
  },
});

const stored = (items: readonly StoredConfirmation[]) => ({ confirmations: JSON.stringify(items) });

export const checkFills: Readonly<Record<string, Fill>> = {
  openConfirmations,
  answerConfirmed: answer('CONFIRMED'),
  answerNotConfirmed: answer('NOT_CONFIRMED'),
  answerMoreNeeded: answer('MORE_NEEDED'),
};

/** When the last unit has confirmed, so has the sub-bureau. */
const completeCheck: EffectFunction = async ({ id }, system) => {
  await system.change('QualificationCheck', id, 'completeConfirmations');
};

export const checkEffects = { completeCheck };
