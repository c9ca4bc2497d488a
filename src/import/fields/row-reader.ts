import { type CitizenId, parseCitizenId } from '../../identifiers/citizen-id.ts';
import { toHalfWidth } from '../../identifiers/half-width.ts';
import { lastDayOf, readDate } from './dates.ts';

/** Why a row is refused: a stable code, and the column in which the fault stands. */
export interface Fault {
  readonly code: string;
  /** A heading; empty when the fault is the row's as a whole. */
  readonly column: string;
}

const clean = /^[!-~\u4e00-\u9fff]*$/;

/**
 * Reads the cells of one row after another and remembers the first fault of each. A method that finds a fault
 * still gives something, so that a check reads straight on; nothing of a row with a fault is used. The order in
 * which a check reads is therefore the order in which faults are named.
 */
export class RowReader {
  /** The last calendar day of the file's month. */
  readonly lastDay: string;
  #places: ReadonlyMap<string, number>;
  #cells: readonly string[] = [];
  #fault: Fault | undefined;

  /** @param month `YYYY-MM` @param places of the columns in a row */
  constructor(month: string, places: ReadonlyMap<string, number>) {
    this.lastDay = lastDayOf(month);
    this.#places = places;
  }

  start(cells: readonly string[]): void {
    this.#cells = cells;
    this.#fault = undefined;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  refuse(code: string, column: string): void {
    this.#fault ??= { code, column };
  }

  /** The cell without surrounding spaces; runs of spaces inside are one space. */
  cell(column: string): string {
    const text = this.#cells[this.#places.get(column)!] ?? '';
    return clean.test(text) ? text : text.replace(/\s+/g, ' ').trim();
  }

  /** A text that may be missing. @param max in characters */
  text(column: string, max: number): string | null {
    const text = this.cell(column);
    if (text.length > max) this.refuse('TEXT_TOO_LONG', column);
    return text === '' ? null : text;
  }

  /** A text that may not be missing. @param missing the code then */
  requiredText(column: string, max: number, missing: string): string {
    const text = this.text(column, max);
    if (text === null) this.refuse(missing, column);
    return text ?? '';
  }

  /** A name: like a text; the dot of names of several parts is always `·`. */
  name(column: string, max: number): string {
    return this.requiredText(column, max, 'NAME_MISSING').replace(/ ?[•・‧∙⋅．] ?/g, '·');
  }

  /** Letters, digits and hyphens in half width and upper case. */
  identifier(column: string): string {
    return toHalfWidth(this.cell(column));
  }

  /** A citizen identity number; `x` and `×` are the check character X. */
  citizenId(column: string): CitizenId | undefined {
    const text = this.cell(column);
    if (text === '') {
      this.refuse('ID_MISSING', column);
      return undefined;
    }
    const read = parseCitizenId(text.replace(/[×Хх]$/, 'X'), { asOf: this.lastDay });
    if (read.ok) return read.value;
    this.refuse(read.code === 'ID_BIRTH_DATE_IN_FUTURE' ? 'DATE_IN_FUTURE' : read.code, column);
    return undefined;
  }

  date(column: string): string {
    const date = readDate(this.cell(column));
    if (!date) this.refuse('DATE_INVALID', column);
    return date ?? '';
  }

  optionalDate(column: string): string | null {
    return this.cell(column) === '' ? null : this.date(column);
  }

  /** Refuses a date after the file's month: what has not happened cannot be reported. */
  notInFuture(date: string, column: string): void {
    if (date > this.lastDay) this.refuse('DATE_IN_FUTURE', column);
  }

  /** The code of a term. */
  code<Code extends string>(column: string, terms: ReadonlyMap<string, Code>): Code {
    const code = this.optionalCode(column, terms);
    if (code === null) this.refuse('VALUE_MISSING', column);
    return code ?? ('' as Code);
  }

  optionalCode<Code extends string>(column: string, terms: ReadonlyMap<string, Code>): Code | null {
    const term = this.cell(column);
    if (term === '') return null;
    const code = terms.get(term) ?? terms.get(toHalfWidth(term));
    if (!code) this.refuse('VALUE_UNKNOWN', column);
    return code ?? null;
  }
}
