import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCalendarDate } from '../../identifiers/calendar-date.ts';
import { schemaFolder } from '../sdl/sources.ts';

/** A day that is not what its weekday says. */
export interface ShiftedDay {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly kind: 'HOLIDAY' | 'WORKED';
  readonly holiday: string;
  /** The notice of the State Council's office that says so. */
  readonly source: string;
}

const heads = ['day', 'kind', 'holiday', 'source'];
const dayMs = 86_400_000;

/**
 * The working days of the district (dossier B.6): Monday to Friday, but for the holidays and the weekends worked
 * instead of them, which `schema/working-days.tsv` lists. In years without a notice only weekends are free.
 */
export class WorkingDays {
  readonly rows: readonly ShiftedDay[];
  readonly #kinds: ReadonlyMap<string, ShiftedDay['kind']>;

  constructor(rows: readonly ShiftedDay[]) {
    this.rows = rows;
    this.#kinds = new Map(rows.map(({ day, kind }) => [day, kind]));
  }

  /** Whether a notice says what the holidays of a day's year are. */
  covers(day: string): boolean {
    return this.#kinds.has(`${day.slice(0, 4)}-01-01`);
  }

  isWorked(day: string): boolean {
    const kind = this.#kinds.get(day);
    return kind ? kind === 'WORKED' : new Date(day).getUTCDay() % 6 !== 0;
  }

  /**
   * The day that lies so many working days after a day, which itself does not count; the day itself for 0.
   * `access.add_working_days` is the same in SQL.
   */
  add(day: string, count: number): string {
    let [at, left] = [day, count];
    while (left > 0) {
      at = addDays(at, 1);
      if (this.isWorked(at)) left--;
    }
    return at;
  }

  /** The working days after a day up to another, that one included: what `add` takes from one to the other. */
  between(from: string, to: string): number {
    let count = 0;
    for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (this.isWorked(at)) count++;
    return count;
  }
}

/** A calendar day so many days later, or earlier where it is below zero. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10);

/** A calendar day so many months later; the last of the month where it has no such day, as PostgreSQL does. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** The days from one day to another. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;

/** The calendar of the product, `schema/working-days.tsv`; read once. @throws Error that names every fault, with its line */
export function productWorkingDays(): WorkingDays {
  const file = join(schemaFolder, 'working-days.tsv');
  read ??= parseWorkingDays(readFileSync(file, 'utf8'), file);
  return read;
}

let read: WorkingDays | undefined;

/** Reads the calendar from text. @param file how faults call it */
export function parseWorkingDays(text: string, file: string): WorkingDays {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const faults: string[] = [];
  if (head !== heads.join('\t'))
    faults.push(`${file}:1: the columns are not ${heads.join(', ')}; write them so, with tabs between`);
  const rows = lines.map((line, i) => {
    const [day = '', kind = '', holiday = '', source = '', ...more] = line.split('\t');
    const fault = (what: string) => faults.push(`${file}:${i + 2} ${day}: ${what}`);
    if (!isCalendarDate(day)) fault('is no day; write YYYY-MM-DD');
    else if (kind !== 'HOLIDAY' && kind !== 'WORKED') fault(`"${kind}" is neither HOLIDAY nor WORKED`);
    else if (kind === 'WORKED' && new Date(day).getUTCDay() % 6 !== 0)
      fault('is worked anyhow; only a Saturday or Sunday is WORKED');
    if (i > 0 && lines[i - 1]!.slice(0, 10) >= day) fault('stands twice or out of order; sort the lines');
    if (holiday === '' || source === '' || more.length > 0) fault(`needs ${heads.join(', ')} and no more`);
    return { day, kind: kind as ShiftedDay['kind'], holiday, source };
  });
  if (faults.length > 0) throw new Error(`The calendar of working days has faults:\n${faults.join('\n')}`);
  return new WorkingDays(rows);
}
