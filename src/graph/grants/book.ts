import type { Sql } from 'postgres';
import type { Grant } from '../../contract/policy/grants.ts';
import type { Viewer } from '../../identity/viewer.ts';

/** Reads the grants that are in force on a day. */
export type ReadGrants = (today: string) => Promise<readonly Grant[]>;

/** From the store where grants are made. */
export const grantsOf =
  (owner: () => Sql): ReadGrants =>
  (today) =>
    owner()<
      Grant[]
    >`select record_type as record, record_id as id, field_group as "group", viewer, unit, purpose,
      until::text from access.grants where until >= ${today}::date`;

/** So long the grants that were read are taken for those in force, in milliseconds. */
const freshForMs = 1000;
/** So long a request waits for them. */
const waitMs = 100;

/**
 * The case-bound grants in force, so that a request without one runs what it would run without grants. They
 * are few. A grant is known at most a second after it was given. One that was taken back is known at once:
 * PostgreSQL looks at it in each statement. When the store does not answer, nobody has a grant.
 */
export class GrantBook {
  readonly #read: ReadGrants;
  readonly #nowMs: () => number;
  readonly #freshForMs: number;
  #byUnit: ReadonlyMap<string, readonly Grant[]> = new Map();
  #day = '';
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  /** The last reading took too long; nobody waits for the next one. */
  #isSlow = false;

  constructor(
    read: ReadGrants,
    options: { readonly nowMs?: () => number; readonly freshForMs?: number } = {},
  ) {
    this.#read = read;
    this.#nowMs = options.nowMs ?? Date.now;
    this.#freshForMs = options.freshForMs ?? freshForMs;
  }

  /** Grants have been given or taken back by this program. */
  changed(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  /** The grants of the acting unit for a purpose. @param today the district's calendar day */
  async of({ department, unit }: Viewer, purpose: string, today: string): Promise<readonly Grant[]> {
    if (this.#nowMs() - this.#readAt >= this.#freshForMs || this.#day !== today) await this.#refresh(today);
    if (this.#day !== today) return [];
    const held = this.#byUnit.get(unit) ?? [];
    return held.filter((grant) => grant.viewer === department && grant.purpose === purpose);
  }

  async #refresh(today: string): Promise<void> {
    this.#reading ??= this.#readAnew(today).finally(() => {
      this.#reading = undefined;
    });
    if (this.#isSlow) return;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#isSlow = true;
      resolve();
    }, waitMs);
    await Promise.race([this.#reading, late]);
    clearTimeout(timer);
  }

  async #readAnew(today: string): Promise<void> {
    const startedAt = this.#nowMs();
    try {
      const grants = await this.#read(today);
      this.#byUnit = Map.groupBy(grants, ({ unit }) => unit);
      this.#isSlow = false;
    } catch {
      this.#byUnit = new Map();
    }
    this.#day = today;
    this.#readAt = startedAt;
  }
}
