/** What an entry records. The first entry of a chain records that a process began to write the chain. */
export const operations = ['CHAIN_STARTED', 'QUERY', 'MUTATION', 'SUBSCRIPTION', 'EXPORT'] as const;
/** Nothing was refused; a part was refused; nothing was answered because of a refusal. */
export const verdicts = ['ALLOWED', 'PARTLY_DENIED', 'DENIED'] as const;

export type Operation = (typeof operations)[number];
export type Verdict = (typeof verdicts)[number];

/** One request as the log keeps it: names of coordinates and keyed hashes of subjects, never a value. */
export interface AccessEvent {
  readonly operation: Operation;
  /** User id of the official. */
  readonly person: string;
  readonly viewer: string;
  readonly unit: string;
  readonly posts: readonly string[];
  readonly purpose: string | null;
  readonly client: string | null;
  /** `Lease.monthlyRent`, `LeaseFilter.monthlyRent`, `LeaseOrderField.MONTHLY_RENT`. */
  readonly coordinates: readonly string[];
  /** Field groups of the coordinates; and the groups with every coordinate refused. */
  readonly fieldGroups: readonly string[];
  readonly deniedGroups: readonly string[];
  /** Tokens of eight bytes each (subject-tokens.ts). */
  readonly subjects: Buffer;
  readonly verdict: Verdict | null;
  readonly isMasked: boolean;
  readonly rowCount: number;
}

/** The entry cannot be recorded, so nothing may be answered. */
export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable';
  /**
   * `full`: too many wait; `late`: not committed in time; `breaker`: its store
   * does not answer; `closed`: the program is stopping; `refused`: the database
   * takes the others and not this one.
   */
  readonly reason: 'full' | 'late' | 'breaker' | 'closed' | 'refused';

  constructor(reason: AuditUnavailable['reason']) {
    super(`The access cannot be recorded${reason === 'refused' ? '' : ' in time'}.`);
    this.reason = reason;
  }
}
