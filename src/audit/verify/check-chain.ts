import { hash } from 'node:crypto';
import { postgresEpoch } from '../entry-bytes.ts';
import { clockToleranceMs, Faulty } from './fault.ts';

/** A witness outside a chain that says what the entry at a place was. */
export interface Witness {
  readonly seq: number;
  /** Hash of the entry, hex. */
  readonly hash: string;
  /** When the witness said it, milliseconds; null where that is not known. */
  readonly atMs: number | null;
  /** Nothing follows in the chain. */
  readonly closed: boolean;
  /** `seal 12 of audit-seals.jsonl`. */
  readonly name: string;
}

// The first five fields have fixed lengths: prev, chain, seq, id, occurred_at.
const chainAt = 36 + 4;
const seqAt = chainAt + 16 + 4;
const timeAt = seqAt + 8 + 4 + 16 + 4;
const fixedLengths = [
  [0, 32],
  [36, 16],
  [56, 8],
  [68, 16],
  [88, 8],
] as const;

/** Checks the entries of one chain as they come, in the order of their numbers. */
export class ChainCheck {
  readonly #chain: string;
  readonly #witnesses: readonly Witness[];
  #nextWitness = 0;
  #sealedAtMs = Number.NEGATIVE_INFINITY;
  #closedBy: Witness | undefined;
  readonly #witnessedAt = new Map<number, number>();
  #expectedPrev: Buffer;
  #lastAtMs: number;
  #seq = -1;

  /**
   * @param prior hash of the entry that the chain follows
   * @param notBeforeMs time of that entry
   */
  constructor(
    chain: string,
    prior: Buffer,
    notBeforeMs: number | null | undefined,
    witnesses: readonly Witness[],
  ) {
    this.#chain = chain;
    this.#expectedPrev = prior;
    this.#lastAtMs = notBeforeMs ?? Number.NEGATIVE_INFINITY;
    this.#witnesses = [...witnesses].sort((a, b) => a.seq - b.seq);
  }

  /** Number of the last entry; -1 before the first. */
  get lastSeq(): number {
    return this.#seq;
  }

  /** Time of an entry that a witness names, milliseconds. */
  timeAt(seq: number): number | undefined {
    return this.#witnessedAt.get(seq);
  }

  /** @throws Faulty */
  take(canonical: Buffer, stated: Buffer | undefined): void {
    const seq = this.#seq + 1;
    // A row without these fixed fields is no entry.
    if (canonical.length < timeAt + 8 || fixedLengths.some(([at, n]) => canonical.readInt32BE(at) !== n))
      throw this.#fault('ALTERED', seq, 'does not have the form of an entry');
    const found = Number(canonical.readBigInt64BE(seqAt));
    if (found !== seq)
      throw this.#fault('MISSING', seq, `is missing: entry ${found} comes after entry ${this.#seq}`);
    const digest = hash('sha256', canonical, 'buffer');
    if (!stated?.equals(digest))
      throw this.#fault(
        'ALTERED',
        seq,
        'does not have the hash of what it says: it was edited, moved or swapped',
      );
    if (canonical.compare(this.#expectedPrev, 0, 32, 4, 36) !== 0)
      throw seq === 0
        ? this.#fault('REPLACED', 0, 'does not follow the entry that it names as the one before')
        : this.#fault(
            'REPLACED',
            this.#seq,
            `is not the one that entry ${seq} was written after: it was rewritten, or entries were put in or taken out`,
          );
    if (this.#closedBy)
      throw this.#fault('INSERTED', seq, `was added after ${this.#closedBy.name} had closed the chain`);
    this.#checkTime(seq, Number((canonical.readBigInt64BE(timeAt) + postgresEpoch) / 1000n));
    this.#seq = seq;
    this.#expectedPrev = digest;
    this.#hear(digest);
  }

  /** @throws Faulty when a witness names entries that are missing */
  end(): void {
    const witness = this.#witnesses[this.#nextWitness];
    if (!witness) return;
    throw this.#fault(
      'CUT',
      this.#seq + 1,
      `is missing: the chain ends at entry ${this.#seq}, but ${witness.name} knows entry ${witness.seq}; its end was cut off, or the database is an older copy`,
    );
  }

  #checkTime(seq: number, atMs: number): void {
    const backwards = atMs < this.#lastAtMs - clockToleranceMs;
    if (backwards || atMs < this.#sealedAtMs - clockToleranceMs)
      throw this.#fault(
        'CLOCK',
        seq,
        `says ${new Date(atMs).toISOString()}, which is before what stood already: the clock was set back`,
      );
    this.#lastAtMs = atMs;
  }

  #hear(digest: Buffer): void {
    for (let next = this.#witnesses[this.#nextWitness]; next?.seq === this.#seq; ) {
      if (next.hash !== digest.toString('hex'))
        throw this.#fault(
          'REPLACED',
          this.#seq,
          `is not the one that ${next.name} knows: the chain was written anew`,
        );
      this.#witnessedAt.set(this.#seq, this.#lastAtMs);
      if (next.atMs !== null) {
        if (this.#lastAtMs > next.atMs + clockToleranceMs)
          throw this.#fault(
            'CLOCK',
            this.#seq,
            `says a later time than ${next.name}: the clock was set back between`,
          );
        this.#sealedAtMs = Math.max(this.#sealedAtMs, next.atMs);
      }
      if (next.closed) this.#closedBy = next;
      this.#nextWitness += 1;
      next = this.#witnesses[this.#nextWitness];
    }
  }

  #fault(kind: Faulty['fault']['kind'], seq: number, says: string): Faulty {
    return new Faulty(kind, this.#chain, seq, `Entry ${seq} of chain ${this.#chain} ${says}.`);
  }
}
