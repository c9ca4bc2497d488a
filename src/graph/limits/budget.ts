import { GraphQLError } from 'graphql';

export interface BudgetOptions {
  /** Objects a minute for each identity. It can save up no more than that. */
  readonly objectsPerMinute: number;
  /** Identities remembered. The one not seen for longest is forgotten first. */
  readonly capacity?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** What one request has taken beforehand. It is settled once, with what the request really read. */
export interface Reservation {
  settle(objects: number): void;
}

interface Bucket {
  /** Objects left; below zero after answers larger than predicted. */
  left: number;
  at: number;
}

/**
 * A budget that counts objects, not requests: one page of a hundred persons weighs as much as a hundred
 * single look-ups. Each identity (a person acting for a unit) has a token bucket in the memory of this
 * process. A shared counter would cost every request a write, and several servers behind one address only
 * multiply the bound.
 */
export class ObjectBudget {
  readonly #capacity: number;
  readonly #perMinute: number;
  readonly #now: () => number;
  // In order of last use.
  readonly #buckets = new Map<string, Bucket>();

  constructor({ objectsPerMinute, capacity = 50_000, now = () => performance.now() }: BudgetOptions) {
    this.#perMinute = objectsPerMinute;
    this.#capacity = capacity;
    this.#now = now;
  }

  /**
   * Takes the most that a document may cost before it runs. A document that may cost more than a whole budget
   * needs a full one.
   * @throws GraphQLError BUDGET_EXHAUSTED, with the seconds after which the budget suffices
   */
  take(identity: string, predicted: number): Reservation {
    const bucket = this.#refilled(identity);
    const taken = Math.min(Math.max(predicted, 1), this.#perMinute);
    if (bucket.left < taken) throw exhausted(Math.ceil(((taken - bucket.left) / this.#perMinute) * 60));
    bucket.left -= taken;
    let open = true;
    return {
      settle: (objects) => {
        if (!open) return;
        open = false;
        bucket.left = Math.min(this.#perMinute, bucket.left + taken - Math.max(objects, 1));
      },
    };
  }

  /** Identities remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  #refilled(identity: string): Bucket {
    const now = this.#now();
    const known = this.#buckets.get(identity);
    this.#buckets.delete(identity);
    const bucket = known ?? { left: this.#perMinute, at: now };
    bucket.left = Math.min(this.#perMinute, bucket.left + ((now - bucket.at) / 60_000) * this.#perMinute);
    bucket.at = now;
    if (this.#buckets.size >= this.#capacity) this.#buckets.delete(this.#buckets.keys().next().value!);
    this.#buckets.set(identity, bucket);
    return bucket;
  }
}

function exhausted(seconds: number): GraphQLError {
  return new GraphQLError(
    `The budget of objects for this person and unit is used up. Ask again in ${seconds} seconds, or for smaller pages.`,
    {
      extensions: {
        code: 'BUDGET_EXHAUSTED',
        retryAfter: seconds,
        http: { status: 429, headers: new Map([['retry-after', String(seconds)]]) },
      },
    },
  );
}
