import type { Sql } from 'postgres';

/** A small pool whose connections all speak for one identity to one store. */
export interface Pool {
  readonly store: string;
  readonly key: string;
  readonly sql: Sql;
  /** Texts that its connections have prepared or will. */
  readonly prepared: Set<string>;
  /** Statements whose callers wait. */
  running: number;
  usedAt: number;
  /** Set when it may be used no more: closes it once its last statement is answered. */
  leave: (() => void) | undefined;
}

/** Every connection is taken by a running statement. */
export class PoolsFull extends Error {
  override readonly name = 'PoolsFull';
}

export interface PoolSetOptions {
  readonly connectionsPerPool: number;
  /** Bound on the sum of what all pools may open, those that are closing included. */
  readonly maxConnections: number;
  /** So long a caller waits for room, in milliseconds. */
  readonly waitMs: number;
}

/**
 * The pools that are open. When a new one would pass the bound, the least recently used one without a running
 * statement is closed, and the caller waits until its connections are really gone.
 */
export class PoolSet {
  readonly #options: PoolSetOptions;
  readonly #pools = new Map<string, Pool>();
  readonly #waiting = new Set<() => void>();
  readonly #ends = new Set<Promise<void>>();
  #clock = 0;

  constructor(options: PoolSetOptions) {
    this.#options = options;
  }

  /** The open pool of a key, taken; the caller releases it. */
  take(key: string): Pool | undefined {
    const pool = this.#pools.get(key);
    if (!pool) return undefined;
    pool.running += 1;
    pool.usedAt = ++this.#clock;
    return pool;
  }

  /**
   * As `take`, but makes the pool, as soon as there is room for it.
   * @param open opens its client, which says when it answers no more
   * @throws PoolsFull
   */
  async make(store: string, key: string, open: (onBroken: () => void) => Sql): Promise<Pool> {
    const { connectionsPerPool, maxConnections, waitMs } = this.#options;
    const until = performance.now() + waitMs;
    for (;;) {
      const made = this.take(key);
      if (made) return made;
      const allowed = Math.max(1, Math.floor(maxConnections / connectionsPerPool));
      if (this.#pools.size + this.#ends.size < allowed) {
        const pool: Pool = {
          store,
          key,
          sql: open(() => this.retire(pool)),
          prepared: new Set(),
          running: 1,
          usedAt: ++this.#clock,
          leave: undefined,
        };
        this.#pools.set(key, pool);
        return pool;
      }
      if (this.#pools.size >= allowed) this.#closeLeastRecentlyUsed();
      const left = until - performance.now();
      if (left <= 0) throw new PoolsFull('Every connection is in use.');
      await this.#change(left);
    }
  }

  release(pool: Pool): void {
    pool.running -= 1;
    if (pool.running > 0) return;
    pool.leave?.();
    if (this.#waiting.size > 0) this.#wake();
  }

  /**
   * Takes a pool out of use. It closes when the last statement is answered, at most some seconds later: the
   * driver, told to end, would leave alone what waits for a connection.
   */
  retire(pool: Pool, seconds = 5): void {
    if (this.#pools.get(pool.key) !== pool) return;
    this.#pools.delete(pool.key);
    const end = this.#answered(pool, seconds)
      .then(() => pool.sql.end({ timeout: pool.running > 0 ? 0 : 5 }))
      .then(() => {
        this.#ends.delete(end);
        this.#wake();
      });
    this.#ends.add(end);
  }

  /** Closes the pools of a store at once, with what runs on them. */
  discard(store: string): void {
    for (const pool of [...this.#pools.values()]) if (pool.store === store) this.retire(pool, 0);
  }

  async close(): Promise<void> {
    for (const pool of [...this.#pools.values()]) this.retire(pool);
    await Promise.all(this.#ends);
  }

  #answered(pool: Pool, seconds: number): Promise<void> {
    if (pool.running === 0 || seconds === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      pool.leave = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #closeLeastRecentlyUsed(): void {
    let oldest: Pool | undefined;
    for (const pool of this.#pools.values())
      if (pool.running === 0 && (!oldest || pool.usedAt < oldest.usedAt)) oldest = pool;
    if (oldest) this.retire(oldest);
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  #change(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      this.#waiting.add(done);
    });
  }
}
