import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { schemaFolder } from '../../contract/sdl/sources.ts';
import { isCalendarDate } from '../../identifiers/calendar-date.ts';
import { districtDay } from '../../identifiers/district-day.ts';
import { listOf } from '../../store/code-check.ts';
import { codesOf } from '../enum-codes.ts';

/** That a disease must be reported: within how many hours of the diagnosis, and on which days (dossier A.8, A.10). */
export interface NotifiableDisease {
  readonly disease: string;
  readonly class: 'A' | 'B' | 'C';
  /** Two for class A and, of class B, what is handled like it. Of anthrax only the pulmonary form is, which the card does not tell. */
  readonly hours: number;
  readonly from: string;
  /** The last day; empty while it lasts. */
  readonly to: string;
}

const heads = 'disease\tclass\thours\tfrom\tto\tsource';

/**
 * Reads the dated list of notifiable diseases from text.
 * @param names the values of the SDL's enum: the diseases must be the same
 * @throws Error that names every fault
 */
export function parseDiseases(text: string, names: readonly string[]): readonly NotifiableDisease[] {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const faults = head === heads ? [] : [`the columns are not ${heads.replaceAll('\t', ', ')}`];
  const rows = lines.map((line, i) => {
    const [disease = '', cls = '', hours = '', from = '', to = '', source = ''] = line.split('\t');
    const fault = (what: string) => faults.push(`line ${i + 2}, ${disease}: ${what}`);
    if (!names.includes(disease)) fault('is no value of the enum NotifiableDisease');
    if (!/^[ABC]$/.test(cls)) fault(`"${cls}" is no class; write A, B or C`);
    if (!/^[1-9]\d?$/.test(hours)) fault(`"${hours}" is no number of hours`);
    if (!isCalendarDate(from) || (to !== '' && !(isCalendarDate(to) && from <= to)))
      fault('needs the first day, and a last one not before it or none');
    if (source === '') fault('needs its source');
    return { disease, class: cls as 'A', hours: Number(hours), from, to };
  });
  for (const name of names) {
    const own = rows.filter(({ disease }) => disease === name);
    if (own.length === 0) faults.push(`${name}: has no line`);
    if (new Set(own.map((row) => row.class)).size > 1) faults.push(`${name}: is of two classes`);
    own.forEach((row, i) => {
      const above = own[i - 1];
      if (above && !(above.to !== '' && above.to < row.from)) faults.push(`${name}: two lines for a day`);
    });
  }
  if (faults.length > 0) throw new Error(`The list of notifiable diseases has faults:\n${faults.join('\n')}`);
  return rows;
}

/** `schema/notifiable-diseases.tsv` */
export const notifiableDiseases = parseDiseases(
  readFileSync(join(schemaFolder, 'notifiable-diseases.tsv'), 'utf8'),
  codesOf('NotifiableDisease'),
);

/**
 * Until when a diagnosis must be reported.
 * @param diagnosedAt ISO-8601
 * @returns ISO-8601 in UTC; null for what was not notifiable on that day
 */
export function reportDueAt(disease: string, diagnosedAt: string): string | null {
  const at = Date.parse(diagnosedAt);
  const day = districtDay(at);
  const row = notifiableDiseases.find(
    ({ disease: name, from, to }) => name === disease && from <= day && (to === '' || day <= to),
  );
  return row ? new Date(at + row.hours * 3_600_000).toISOString() : null;
}

const dayOf = (instant: AnyPgColumn): SQL => sql`(${instant} at time zone 'Asia/Shanghai')::date`;

/** Where a line holds. */
const inForce = ({ from, to }: NotifiableDisease, diagnosedAt: AnyPgColumn): SQL =>
  sql`${dayOf(diagnosedAt)} between ${sql.raw(`'${from}'`)} and ${sql.raw(`'${to || 'infinity'}'`)}`;

/** The same in SQL; null for what was not notifiable on that day. */
export const reportDueSql = (disease: AnyPgColumn, diagnosedAt: AnyPgColumn): SQL =>
  sql`(${diagnosedAt} + make_interval(hours => ${reportHoursSql(disease, diagnosedAt)}))`;

/** Within how many hours a diagnosis must be reported. Immutable, as a generated column must be. */
export function reportHoursSql(disease: AnyPgColumn, diagnosedAt: AnyPgColumn): SQL {
  // Lines that are alike make one branch.
  const alike = Map.groupBy(notifiableDiseases, ({ hours, from, to }) => `${hours} ${from} ${to}`).values();
  const branches = [...alike].map(
    (rows) =>
      sql`when ${disease} in (${listOf(rows.map((row) => row.disease))}) and ${inForce(rows[0]!, diagnosedAt)} then ${sql.raw(String(rows[0]!.hours))}`,
  );
  return sql`case ${sql.join(branches, sql` `)} end`;
}

/** The class of a disease. */
export function diseaseClassSql(disease: AnyPgColumn): SQL {
  const classes = [...Map.groupBy(notifiableDiseases, (row) => row.class)].map(
    ([name, rows]) =>
      sql`when ${disease} in (${listOf([...new Set(rows.map((row) => row.disease))])}) then ${sql.raw(`'${name}'`)}`,
  );
  return sql`case ${sql.join(classes, sql` `)} end`;
}

/** The day from which the first diseases were notifiable: what was diagnosed before is older than the list. */
const since = notifiableDiseases.map(({ from }) => from).sort()[0]!;

/** Condition of a check: nothing is reported before it was notifiable (dossier A.8). */
export function notifiableOn(disease: AnyPgColumn, diagnosedAt: AnyPgColumn): SQL {
  const bounded = [...Map.groupBy(notifiableDiseases, (row) => row.disease)].filter(([, rows]) =>
    rows.some(({ from, to }) => from > since || to !== ''),
  );
  const branches = bounded.map(
    ([name, rows]) =>
      sql`when ${sql.raw(`'${name}'`)} then ${sql.join(
        rows.map((row) => inForce(row, diagnosedAt)),
        sql` or `,
      )}`,
  );
  return sql`case ${disease} ${sql.join(branches, sql` `)} else true end`;
}
