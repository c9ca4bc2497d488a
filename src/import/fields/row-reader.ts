import { type CitizenId, parseCitizenId } from '../../identifiers/citizen-id.ts';
import { toHalfWidth } from '../../identifiers/half-width.ts';
import { canonicalName, judgeName } from '../../identifiers/person-name.ts';
import { findPhone, saysNoPhone } from '../../identifiers/phone.ts';
import { cellText, saysNothing, standsForAnother } from './cell-text.ts';
import { lastDayOf, readDate } from './dates.ts';
import { findTerm, type Terms } from './terms.ts';

/** Why a row is refused: a stable code, and the column in which the fault stands. */
export interface Fault {
  readonly code: string;
  /** A heading; empty when the fault is the row's as a whole. */
  readonly column: string;
}

/** A spreadsheet keeps fifteen digits of a number, or writes it with an exponent. */
const rounded = /^\d{15}000$|^\d(?:\.\d+)?E\+?1[47]$/i;

/** More of a cell that could not be read is nobody's help. */
const longestKept = 500;

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
  #flags: string[] = [];
  #notices: string[] = [];
  #asWritten: Record<string, string> | undefined;
  #looksRounded = false;

  /** @param month `YYYY-MM` @param places of the columns in a row */
  constructor(month: string, places: ReadonlyMap<string, number>) {
    this.lastDay = lastDayOf(month);
    this.#places = places;
  }

  start(cells: readonly string[]): void {
    this.#cells = cells;
    this.#fault = undefined;
    this.#flags = [];
    this.#notices = [];
    this.#asWritten = undefined;
    this.#looksRounded = false;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** What is odd about the row though it is accepted, in the order in which it was found. */
  get flags(): readonly string[] {
    return this.#flags;
  }

  get notices(): readonly string[] {
    return this.#notices;
  }

  /** Whether the person's number has lost its last digits in a spreadsheet. */
  get looksRounded(): boolean {
    return this.#looksRounded;
  }

  /** JSON: heading → text as the office wrote it, of cells that could not be read or only in part; null for none. */
  get asWritten(): string | null {
    return this.#asWritten ? JSON.stringify(this.#asWritten) : null;
  }

  refuse(code: string, column: string): void {
    this.#fault ??= { code, column };
  }

  flag(code: string): void {
    if (!this.#flags.includes(code)) this.#flags.push(code);
  }

  notice(code: string): void {
    if (!this.#notices.includes(code)) this.#notices.push(code);
  }

  /** Keeps the cell for the department as the office wrote it. */
  keep(column: string): void {
    const text = this.#cells[this.#places.get(column)!] ?? '';
    if (text.length > longestKept) this.refuse('TEXT_TOO_LONG', column);
    this.#asWritten ??= {};
    this.#asWritten[column] = text;
  }

  /** An optional cell that cannot be read: the row stands, flagged, and the text is kept. */
  unread(column: string): null {
    this.flag('CELL_UNREAD');
    this.keep(column);
    return null;
  }

  /** What the cell says, as `cellText` reads it; empty for a column that the file does not have. */
  cell(column: string): string {
    return cellText(this.#cells[this.#places.get(column)!] ?? '');
  }

  /** A text that may be missing. @param max in characters */
  text(column: string, max: number): string | null {
    const text = this.cell(column);
    if (text.length > max) this.refuse('TEXT_TOO_LONG', column);
    if (text === '' || saysNothing(text)) return null;
    return standsForAnother(text) ? this.unread(column) : text;
  }

  /** A text that may not be missing. @param missing the code then, also for a word that says so or for another's */
  requiredText(column: string, max: number, missing: string): string {
    const text = this.cell(column);
    if (text.length > max) this.refuse('TEXT_TOO_LONG', column);
    if (text === '' || saysNothing(text) || standsForAnother(text)) this.refuse(missing, column);
    return text;
  }

  /** A name of a person in its one spelling; one that lost a character is flagged. */
  name(column: string, max: number): string {
    const cell = this.cell(column);
    if (cell === '') {
      this.refuse('NAME_MISSING', column);
      return '';
    }
    const name = canonicalName(cell);
    if (name.length > max) this.refuse('TEXT_TOO_LONG', column);
    const judged = judgeName(name);
    if (judged === 'NONE') this.refuse('NAME_INVALID', column);
    if (judged === 'INCOMPLETE') this.flag('NAME_INCOMPLETE');
    return name;
  }

  /** Letters, digits and hyphens in half width and upper case. */
  identifier(column: string): string {
    return toHalfWidth(this.cell(column));
  }

  /** A citizen identity number; `x` and `×` are the check character X. */
  citizenId(column: string): CitizenId | undefined {
    const text = this.cell(column);
    if (text === '' || saysNothing(text)) {
      this.refuse('ID_MISSING', column);
      return undefined;
    }
    if (rounded.test(text)) this.#looksRounded = true;
    const read = parseCitizenId(text.replace(/[×Хх✕✖*]$/, 'X'), { asOf: this.lastDay });
    if (read.ok) return read.value;
    this.refuse(read.code === 'ID_BIRTH_DATE_IN_FUTURE' ? 'DATE_IN_FUTURE' : read.code, column);
    return undefined;
  }

  /**
   * A telephone number: the first of the cell that can be dialled. A cell that holds more is kept too; one that holds
   * none is flagged and kept; a person without a telephone is nothing odd.
   */
  phone(column: string): string | null {
    const text = this.cell(column);
    if (text === '' || saysNoPhone(text)) return null;
    const found = findPhone(text);
    if (!found) this.flag('PHONE_INVALID');
    else if (!found.isWhole) this.notice('PHONE_READ_IN_PART');
    if (!found?.isWhole) this.keep(column);
    return found?.number ?? null;
  }

  date(column: string): string {
    const date = readDate(this.cell(column));
    if (!date) this.refuse('DATE_INVALID', column);
    return date ?? '';
  }

  /** @param open words that say that there is no such date */
  optionalDate(column: string, open?: ReadonlySet<string>): string | null {
    const cell = this.cell(column);
    if (cell === '' || saysNothing(cell) || open?.has(toHalfWidth(cell))) return null;
    return readDate(cell) ?? this.unread(column);
  }

  /** Refuses a date after the file's month: what has not happened cannot be reported. */
  notInFuture(date: string, column: string): void {
    if (date > this.lastDay) this.refuse('DATE_IN_FUTURE', column);
  }

  /** The code of a term that may not be missing. */
  code<Code extends string>(column: string, terms: Terms<Code>): Code {
    const cell = this.cell(column);
    const code = findTerm(terms, cell);
    if (code === undefined) this.refuse(cell === '' ? 'VALUE_MISSING' : 'VALUE_UNKNOWN', column);
    return code ?? ('' as Code);
  }

  /** The code of a term that may be missing; a word that nobody knows flags the row and is kept. */
  optionalCode<Code extends string>(column: string, terms: Terms<Code>): Code | null {
    const cell = this.cell(column);
    if (cell === '') return null;
    return findTerm(terms, cell) ?? (saysNothing(cell) ? null : this.unread(column));
  }
}
