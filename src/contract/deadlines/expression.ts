import { districtDay } from '../../identifiers/district-day.ts';
import { addDays, addMonths, type WorkingDays } from './working-days.ts';

/** Calendar days, working days, months, hours. */
export type TermUnit = 'd' | 'wd' | 'm' | 'h';

/** When something is due, from a property of a record: `dueOn`, `validTo+30d`, `acceptedOn+60wd`, `reportedAt+2h`. */
export interface Deadline {
  /** As it was written. */
  readonly text: string;
  /** The property of the record's table: a day (`…On`) or an instant (`…At`). */
  readonly property: string;
  readonly term?: { readonly count: number; readonly unit: TermUnit } | undefined;
}

const form = /^([a-z][A-Za-z0-9]*)(?:\+([1-9]\d{0,3})(d|wd|m|h))?$/;

/**
 * Reads a deadline of `schema/machines/*.tsv`, `schema/reminders.tsv` and `schema/retention.tsv`.
 * @throws Error in a sentence for anything else
 */
export function parseDeadline(text: string): Deadline {
  const [, property, count, unit] = form.exec(text) ?? [];
  if (!property)
    throw new Error(
      `"${text}" is no deadline; write a property, or one and a term, such as dueOn, validTo+30d, acceptedOn+60wd, decidedOn+3m or reportedAt+2h`,
    );
  return { text, property, term: unit ? { count: Number(count), unit: unit as TermUnit } : undefined };
}

/**
 * The properties by which a table stops the clock of its terms in working days (dossier 5.4, SUSPENDED): while `since`
 * is set no deadline is due; then the working days in between are added to `workingDays`, as is an extension.
 */
export const stoppedClock = { since: 'clockStoppedOn', workingDays: 'clockAddedWorkingDays' } as const;

/**
 * When a record is due.
 * @param row the record's properties; days as YYYY-MM-DD, instants in ISO-8601
 * @returns a day, or an instant in UTC where the property is one and the term, if any, is in hours; null where the
 *   property is not set or the clock stands still
 */
export function dueOf(
  { property, term }: Deadline,
  row: Readonly<Record<string, unknown>>,
  calendar: WorkingDays,
): string | null {
  const value = row[property];
  if (typeof value !== 'string') return null;
  const isDay = value.length === 10;
  if (!term) return isDay ? value : new Date(value).toISOString();
  if (term.unit === 'h') return new Date(instantOf(value) + term.count * 3_600_000).toISOString();
  const day = isDay ? value : districtDay(Date.parse(value));
  if (term.unit === 'd') return addDays(day, term.count);
  if (term.unit === 'm') return addMonths(day, term.count);
  if (typeof row[stoppedClock.since] === 'string') return null;
  return calendar.add(day, term.count + Number(row[stoppedClock.workingDays] ?? 0));
}

/** The district's day of a deadline. */
export const dayOf = (due: string): string => (due.length === 10 ? due : districtDay(Date.parse(due)));

/** A day begins at midnight in Shanghai. */
const instantOf = (value: string): number =>
  Date.parse(value.length === 10 ? `${value}T00:00:00+08:00` : value);
