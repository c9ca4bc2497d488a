/** The ways in which a log can differ from what was written. */
export type FaultKind =
  /** An entry does not have the hash of its content: it was edited, moved or swapped. */
  | 'ALTERED'
  /** The next entry was written after another entry than this one. */
  | 'REPLACED'
  | 'MISSING'
  | 'INSERTED'
  /** The log ends before a sealed entry: its end was cut off, or the database is an older copy. */
  | 'CUT'
  /** Time runs backwards. */
  | 'CLOCK'
  /** A line of the seals is not as it was signed. */
  | 'SEAL';

/** The first fault of a log. */
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

/** Clocks are corrected by small steps; more than that is a clock set back. Milliseconds. */
export const clockToleranceMs = 2000;
