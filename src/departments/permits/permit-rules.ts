import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import { schemaFolder } from '../../contract/sdl/sources.ts';
import { isCalendarDate } from '../../identifiers/calendar-date.ts';
import { listOf } from '../../store/code-check.ts';
import { today } from '../../store/today.ts';
import { codesOf } from '../enum-codes.ts';

/** What a type of permit needs, and how long it runs, on certain days (dossier §5.1, A.10). */
export interface PermitRule {
  readonly type: string;
  /** How long a permit runs. */
  readonly months: number;
  /** So many days after the end of its term it can still be renewed. */
  readonly grace: number;
  readonly materials: readonly string[];
  readonly opinions: readonly string[];
  readonly from: string;
  /** The last day; empty while it lasts. */
  readonly to: string;
}

const heads = 'type\tmonths\tgrace\tmaterials\topinions\tfrom\tto\tsource';

/**
 * Reads the dated rules of permits from text.
 * @throws Error that names every fault
 */
export function parsePermitRules(text: string): readonly PermitRule[] {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const faults = head === heads ? [] : [`the columns are not ${heads.replaceAll('\t', ', ')}`];
  const rules = lines.map((line, i) => {
    const cells = line.split('\t').map((cell) => cell.trim());
    const [type = '', months = '', grace = '', materials = '', opinions = '', from = '', to = ''] = cells;
    const fault = (what: string) => faults.push(`line ${i + 2}, ${type}: ${what}`);
    const words = (cell: string, name: string) => {
      const found = cell.split(' ').filter(Boolean);
      for (const word of found)
        if (!codesOf(name).includes(word)) fault(`${word} is no value of the enum ${name}`);
      if (found.length === 0) fault(`needs values of the enum ${name}`);
      return found;
    };
    if (!codesOf('PermitType').includes(type)) fault('is no value of the enum PermitType');
    if (!/^[1-9]\d?$/.test(months) || !/^\d{1,3}$/.test(grace)) fault('needs numbers of months and of days');
    if (!isCalendarDate(from) || (to !== '' && !(isCalendarDate(to) && from <= to)))
      fault('needs the first day, and a last one not before it or none');
    if (!cells[7]) fault('needs its source');
    return {
      type,
      months: Number(months),
      grace: Number(grace),
      materials: words(materials, 'MaterialKind'),
      opinions: words(opinions, 'OpinionKind'),
      from,
      to,
    };
  });
  for (const type of codesOf('PermitType')) {
    const own = rules.filter((rule) => rule.type === type);
    if (own.length === 0) faults.push(`${type}: has no line`);
    own.forEach((rule, i) => {
      const above = own[i - 1];
      if (above && !(above.to !== '' && above.to < rule.from)) faults.push(`${type}: two lines for a day`);
    });
  }
  if (faults.length > 0) throw new Error(`The rules of permits have faults:\n${faults.join('\n')}`);
  return rules;
}

/** `schema/permit-rules.tsv` */
const permitRules = parsePermitRules(readFileSync(join(schemaFolder, 'permit-rules.tsv'), 'utf8'));

/** The rule of a type on a day. @throws Error where there is none */
export function permitRuleOn(type: string, day: string): PermitRule {
  const found = permitRules.find(
    (rule) => rule.type === type && rule.from <= day && (rule.to === '' || day <= rule.to),
  );
  if (!found) throw new Error(`schema/permit-rules.tsv has no rule for ${type} on ${day}.`);
  return found;
}

const onToday = ({ from, to }: PermitRule): SQL =>
  sql.raw(`between date '${from}' and ${to === '' ? `date 'infinity'` : `date '${to}'`}`);

/** Kinds of material that a type needs today, as an array of the database. */
export const materialsToday = (type: SQL): SQL =>
  sql`case ${sql.join(
    permitRules.map(
      (rule) =>
        sql`when ${type} = ${listOf([rule.type])} and ${today} ${onToday(rule)} then array[${listOf(rule.materials)}]`,
    ),
    sql` `,
  )} else array[]::text[] end`;

/** So many days after the end of its term a permit of a type can still be renewed today. */
export const graceToday = (type: SQL): SQL =>
  sql`case ${sql.join(
    permitRules.map(
      (rule) =>
        sql`when ${type} = ${listOf([rule.type])} and ${today} ${onToday(rule)} then ${sql.raw(String(rule.grace))}`,
    ),
    sql` `,
  )} else 0 end`;
