import { type Client, ConnectionThrownAway } from './client.ts';

/** One connection to a database, in the name of one identity or of one after the other (`turn.ts`). */
export interface Pool {
  /** Connections among which one is chosen: those of an identity, or of all who take turns, to one database. */
  readonly group: string;
  readonly sql: Client;
  /** It speaks for nobody by itself. */
  readonly byTurns: boolean;
  /**
   * Resolves when it takes statements, while it is being opened: postgres.js sends only half of what waited for a
   * connection before what comes later, and the rest when nothing comes any more.
   */
  opening: (() => Promise<unknown>) | undefined;
  /** Texts that it has prepared or will. */
  readonly prepared: Set<string>;
  /** The store, or stores, of the statements that run on it, or ran last. */
  place: string;
  /** Statements whose callers wait. */
  running: number;
  usedAt: number;
  /** When it began to work, or last answered, in milliseconds. */
  movedAt: number;
  /** Set when it may be used no more: closes it once its last statement is answered. */
  leave: (() => void) | undefined;
}

/** Every connection is taken by a running statement. */
export class PoolsFull extends Error {
  override readonly name = 'PoolsFull';
}

/** How the connections of a group are used. */
export interface PoolPlan {
  readonly byTurns: boolean;
  /** So many may run statements of one place at once; further ones wait behind those. */
  readonly mostAtPlace: number;
  /** One that has not answered for so long is not waited for, in milliseconds. */
  readonly stuckAfterMs: number;
  /** Opens its client, which says when it answers no more, and whether the connection was lost. */
  readonly open: (onBroken: (isLost: boolean) => void) => Client;
}

const noRoom = Symbol('no room');

export interface PoolSetOptions {
  /** Bound on the connections of all groups, those that are closing included. */
  readonly maxConnections: number;
  /** So long a caller waits for room, in milliseconds. */
  readonly waitMs: number;
}

/**
 * The connections that are open. A statement runs on an idle one of its group, else on another one, so that it waits
 * only behind statements of its own place: a slow store holds up no other. When a new one would pass the bound, the
 * least recently used one without a running statement is closed, and the caller waits until it is really gone.
 */
export class PoolSet {
  readonly #options: PoolSetOptions;
  readonly #groups = new Map<string, Set<Pool>>();
  readonly #waiting = new Set<() => void>();
  readonly #ends = new Set<Promise<void>>();
  #clock = 0;
  #size = 0;

  constructor(options: PoolSetOptions) {
    this.#options = options;
  }

  /**
   * A connection of a group for a statement at a place; the caller releases it.
   * @returns undefined where as many as may be are stuck; a promise where there is no room yet
   * @throws PoolsFull, in the promise
   */
  take(group: string, place: string, plan: PoolPlan): Pool | Promise<Pool> | undefined {
    const found = this.#choose(group, place, plan);
    return found === noRoom ? this.#whenThereIsRoom(group, place, plan) : found;
  }

  release(pool: Pool): void {
    pool.running -= 1;
    pool.movedAt = performance.now();
    if (pool.running > 0) return;
    pool.leave?.();
    if (this.#waiting.size > 0) this.#wake();
  }

  /**
   * Takes a connection out of use. It closes when the last statement is answered, at most some seconds later: the
   * driver, told to end, would leave alone what waits for a connection.
   */
  retire(pool: Pool, seconds = 5): void {
    const group = this.#groups.get(pool.group);
    if (!group?.delete(pool)) return;
    if (group.size === 0) this.#groups.delete(pool.group);
    this.#size -= 1;
    const end = this.#answered(pool, seconds)
      .then(() => pool.sql.end({ timeout: pool.running > 0 ? 0 : 5 }))
      .then(() => {
        this.#ends.delete(end);
        this.#wake();
      });
    this.#ends.add(end);
  }

  /** Closes at once, with what runs on them, the connections that a store was asked over last. */
  discard(store: string): void {
    for (const pool of this.#all()) if (pool.place === store) this.retire(pool, 0);
  }

  async close(): Promise<void> {
    for (const pool of this.#all()) this.retire(pool);
    await Promise.all(this.#ends);
  }

  get #hasRoom(): boolean {
    return this.#size + this.#ends.size < Math.max(1, this.#options.maxConnections);
  }

  #all(): Pool[] {
    return [...this.#groups.values()].flatMap((group) => [...group]);
  }

  #choose(group: string, place: string, plan: PoolPlan): Pool | undefined | typeof noRoom {
    const { mostAtPlace, stuckAfterMs } = plan;
    const stuckBefore = performance.now() - stuckAfterMs;
    let atPlace = 0;
    let idle: Pool | undefined;
    let best: Pool | undefined;
    for (const pool of this.#groups.get(group) ?? []) {
      if (pool.running === 0) idle ??= pool;
      else if (pool.place === place) {
        atPlace += 1;
        if (pool.movedAt >= stuckBefore && (!best || pool.running < best.running)) best = pool;
      }
    }
    if (atPlace < mostAtPlace) {
      if (idle) return this.#taken(idle, place);
      if (this.#hasRoom) return this.#open(group, place, plan);
      if (!best) return noRoom;
    }
    return best && this.#taken(best, place);
  }

  #taken(pool: Pool, place: string): Pool {
    if (pool.running === 0) pool.movedAt = performance.now();
    pool.place = place;
    pool.running += 1;
    pool.usedAt = ++this.#clock;
    return pool;
  }

  #open(group: string, place: string, { byTurns, open }: PoolPlan): Pool {
    const pool: Pool = {
      group,
      // What took one connection may have taken all, though the others have not heard of it yet.
      sql: open((isLost) => {
        for (const broken of isLost ? [...(this.#groups.get(group) ?? [])] : [pool]) this.retire(broken);
      }),
      byTurns,
      opening: undefined,
      prepared: new Set(),
      place,
      running: 0,
      usedAt: 0,
      movedAt: 0,
      leave: undefined,
    };
    const opened = pool.sql.unsafe('select 1').then(() => {
      pool.opening = undefined;
    });
    opened.catch(() => {});
    let isFirst = true;
    pool.opening = () => {
      if (!isFirst) return opened.catch(() => Promise.reject(new ConnectionThrownAway()));
      isFirst = false;
      return opened;
    };
    const pools = this.#groups.get(group);
    if (pools) pools.add(pool);
    else this.#groups.set(group, new Set([pool]));
    this.#size += 1;
    return this.#taken(pool, place);
  }

  async #whenThereIsRoom(group: string, place: string, plan: PoolPlan): Promise<Pool> {
    const until = performance.now() + this.#options.waitMs;
    for (;;) {
      if (this.#size >= this.#options.maxConnections) this.#closeLeastRecentlyUsed();
      const left = until - performance.now();
      if (left <= 0) throw new PoolsFull('Every connection is in use.');
      await this.#change(left);
      const found = this.#choose(group, place, plan);
      if (found !== undefined && found !== noRoom) return found;
    }
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
    for (const pool of this.#all())
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
