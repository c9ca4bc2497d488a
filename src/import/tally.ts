import type { CheckedRow } from './kinds/file-kind.ts';
import { ownCopy } from './own-copy.ts';

/** Counts of a file: accepted + rejected + repeated = rows. */
export class Tally {
  rows = 0;
  accepted = 0;
  repeated = 0;
  readonly rejected: Record<string, number> = {};
  readonly flags: Record<string, number> = {};
  readonly notices: Record<string, number> = {};
  readonly #people = new Set<string>();

  get distinctPeople(): number {
    return this.#people.size;
  }

  get refused(): number {
    return Object.values(this.rejected).reduce((sum, count) => sum + count, 0);
  }

  /** @returns whether an accepted row before named the same person */
  accept({ citizenId, flags, notices = [] }: CheckedRow): boolean {
    this.accepted += 1;
    const people = this.#people.size;
    if (citizenId) this.#people.add(ownCopy(citizenId));
    for (const flag of flags) count(this.flags, flag);
    for (const notice of notices) count(this.notices, notice);
    return citizenId !== null && this.#people.size === people;
  }

  refuse(code: string): void {
    count(this.rejected, code);
  }
}

function count(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1;
}
