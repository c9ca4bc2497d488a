/** In which way a log is not what was written. */
export type FaultKind =
  /** An entry does not have the hash of what it says: edited, moved or swapped. */
  | 'ALTERED'
  /** An entry is not the one that the next was written after. */
  | 'REPLACED'
  | 'MISSING'
  | 'INSERTED'
  /** The log ends before what was sealed: its end was cut off, or the database is an older copy. */
  | 'CUT'
  /** Time runs backwards. */
  | 'CLOCK'
  /** A line of the seals is not what was signed. */
  | 'SEAL';

/** The first thing that is wrong with a log. */
export interface Fault {
  readonly kind: FaultKind;
  readonly chain: string | null;
  readonly seq: number | null;
  /** One sentence for a person. */
  readonly message: string;
}

/** Ends the verification at the first fault. */
export class Faulty extends Error {
  readonly fault: Fault;

  constructor(kind: FaultKind, chain: string | null, seq: number | null, message: string) {
    super(message);
    this.fault = { kind, chain, seq, message };
  }
}

/** Clocks are put right by small steps; more than that is a clock set back. Milliseconds. */
export const clockToleranceMs = 2000;
