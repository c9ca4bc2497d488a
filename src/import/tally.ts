import type { CheckedRow } from './file-kind.ts';
import { KeyTable } from './key-table.ts';

/** Counts of a file: accepted + refused + repeated = rows. */
export interface Counts {
  readonly rows: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly refused: number;
  /** The refused by code. */
  readonly rejected: Readonly<Record<string, number>>;
  readonly flags: Readonly<Record<string, number>>;
  readonly notices: Readonly<Record<string, number>>;
  readonly distinctPeople: number;
}

/** One number in a thousand ends in 000 by itself. */
const shareRounded = 0.01;
const fewestRounded = 2;

/** Counts row by row. */
export class Tally {
  rows = 0;
  accepted = 0;
  repeated = 0;
  readonly rejected: Record<string, number> = {};
  readonly flags: Record<string, number> = {};
  readonly notices: Record<string, number> = {};
  /** Numbers of persons that a spreadsheet seems to have rounded; a few end so by chance. */
  rounded = 0;
  readonly #people = new KeyTable();

  counts(): Counts {
    const { rows, accepted, repeated, rejected, flags } = this;
    const isRounded = this.rounded >= fewestRounded && this.rounded >= rows * shareRounded;
    const notices = isRounded ? { ...this.notices, NUMBERS_ROUNDED: this.rounded } : this.notices;
    const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
    return { rows, accepted, repeated, refused, rejected, flags, notices, distinctPeople: this.#people.size };
  }

  /** @returns whether an accepted row before named the same person */
  accept(row: CheckedRow): boolean {
    this.accepted += 1;
    const person = personOf(row);
    const again = person !== null && this.#people.put(person, 0) !== undefined;
    for (const flag of row.flags) count(this.flags, flag);
    for (const notice of row.notices ?? []) count(this.notices, notice);
    return again;
  }

  notice(code: string): void {
    count(this.notices, code);
  }

  refuse(code: string): void {
    count(this.rejected, code);
  }
}

function count(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1;
}

/** By citizen identity number or another document; null where a row names nobody. */
function personOf({ citizenId, values }: CheckedRow): string | null {
  if (citizenId !== null || !values.document_number) return citizenId;
  return `${values.document_kind} ${values.document_number}`;
}
