import { getOrMake } from '../common/get-or-make.ts';
import { Breaker, type StoreChange } from './breaker.ts';
import { isVictim } from './client.ts';
import { type Pool, PoolsFull } from './pool-set.ts';
import type { ConnectionIdentity, Pools } from './pools.ts';
import { takeTurn } from './turn.ts';

/** Receives each statement that runs, for tests that show the SQL of a request. */
export type StatementTrace = { store: string; text: string; params: readonly unknown[] }[];

export interface RunOptions {
  readonly prepare: boolean;
  readonly trace?: StatementTrace | undefined;
  /**
   * The stores of a statement that takes the place of several: a failure says of none of them that it does not answer,
   * so they have a breaker together, and half the deadline. Whoever asks reads them one by one then.
   */
  readonly stores?: readonly string[] | undefined;
}

/** Runs statements in the name of an identity. */
export interface Runner {
  /**
   * @param params scalars, arrays of text, numbers or uuids for `= any($1)`, or array literals
   * @throws StoreUnavailable when the store is down, slow, or its breaker is open
   * @throws StatementFailed when the store answers that the statement is wrong
   */
  run(
    store: string,
    identity: ConnectionIdentity,
    text: string,
    params: readonly unknown[],
    options: RunOptions,
  ): Promise<Record<string, unknown>[]>;
  /** The store's breaker is open: statements are refused, except one now and then. */
  isRefusing(store: string): boolean;
  /** A database has been started again: no breaker waits for its second to pass. */
  tryAgain(): void;
}

/** Why a store is unavailable: too slow, not reachable, refused for a while, or no connection free. */
export type UnavailableReason = 'deadline' | 'connection' | 'breaker' | 'busy';

/** A store that is down or too slow; says which, nothing of the statement. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly store: string;
  readonly reason: UnavailableReason;
  /** Whole seconds after which to ask again. */
  readonly retryAfter: number;

  constructor(store: string, reason: UnavailableReason, retryAfter = 1) {
    super(`The store ${store} does not answer in time.`);
    this.store = store;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

/** A change in a store's life, for the log; with the reason of the failure that made it. */
export interface StoreEvent {
  readonly store: string;
  readonly change: StoreChange;
  readonly reason?: UnavailableReason | undefined;
}

export interface RunnerOptions {
  /**
   * After so long the caller is answered; longer than the pools' statement timeout, which is what ends a statement
   * on the server. In milliseconds.
   */
  readonly deadlineMs?: number;
  readonly onChange?: (event: StoreEvent) => void;
  /** The breakers' clock, in milliseconds. */
  readonly nowMs?: (() => number) | undefined;
}

/**
 * A statement that the store refuses: a fault of this program. The driver's own error is not kept, because it
 * carries statement and parameters, and its message may quote a value.
 */
export class StatementFailed extends Error {
  override readonly name = 'StatementFailed';
  readonly store: string;
  /** SQLSTATE or the driver's code. */
  readonly code: string;
  /** The constraint or column that refuses, by name: a name is no value. */
  readonly at: { readonly constraint?: string | undefined; readonly column?: string | undefined };

  constructor(store: string, code: string, detail?: string, at: StatementFailed['at'] = {}) {
    super(`The store ${store} refused a statement (${code}${detail ? `: ${detail}` : ''}).`);
    this.store = store;
    this.code = code;
    this.at = at;
  }
}

/** Of the deadline, for a statement that takes the place of several. */
const partTogether = 0.5;

/** Distinct statements that a pool prepares; a client's free text could make any number. */
const preparedPerPool = 300;

const prepared = { prepare: true, simple: false };
const unprepared = { prepare: false, simple: false };

const tooLate = new Error('The deadline has passed.');

/**
 * Answers the caller of a statement that is late; it is left to end by the server's own statement_timeout.
 * Not `query.cancel()`: in postgres.js 3.4.9 a cancelled statement that waits behind another one on its
 * connection is skipped although its answer still comes, and the next statement is given that answer.
 */
function expire(query: { reject(error: Error): void }): void {
  query.reject(tooLate);
}

/** @throws tooLate after so many milliseconds */
async function inTime(work: Promise<unknown>, withinMs: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, withinMs, tooLate);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** SQLSTATE classes that mean the store, not the statement: connection, login, database, resources, shutdown, system. */
const storeStates = /^(08|28|3D|53|57|58)/;
const connectionCodes = /^(CONNECT|E[A-Z]|SASL)/;

/** What an error says of the store; undefined when the statement is at fault. */
export function unavailable(error: unknown): UnavailableReason | undefined {
  if (error === tooLate) return 'deadline';
  if (error instanceof PoolsFull) return 'busy';
  const code = codeOf(error);
  if (code === '57014') return 'deadline';
  if (isServersError(error)) return storeStates.test(code) ? 'connection' : undefined;
  return isVictim(error) || connectionCodes.test(code) ? 'connection' : undefined;
}

const isServersError = (error: unknown) => (error as Error)?.name === 'PostgresError';

const placeOf = (error: unknown): StatementFailed['at'] => {
  const { constraint_name: constraint, column_name: column } = error as Record<string, string | undefined>;
  return { constraint, column };
};

const codeOf = (error: unknown) => String((error as { code?: unknown }).code ?? '');

/**
 * Runs statements with a deadline and a circuit breaker a store, so that one slow department holds up no other. A
 * statement whose connection was thrown away for an error of another one is run again until then: they only read.
 */
export function createRunner(pools: Pools, options: RunnerOptions = {}): Runner {
  const { deadlineMs = 2500, onChange = () => {}, nowMs } = options;
  const breakers = new Map<string, Breaker<UnavailableReason>>();
  const breakerOf = (store: string) =>
    getOrMake(
      breakers,
      store,
      () =>
        new Breaker<UnavailableReason>(
          (change, reason) => onChange({ store, change, reason }),
          undefined,
          nowMs,
        ),
    );
  // Nobody is told of it: the stores are read one by one then, and each says what it is.
  const breakerTogether = (stores: readonly string[]) =>
    getOrMake(
      breakers,
      `together ${stores.join(' ')}`,
      () => new Breaker<UnavailableReason>(undefined, undefined, nowMs),
    );

  const failure = (store: string, error: unknown, breaker: Breaker<UnavailableReason>, isOne: boolean) => {
    const reason = unavailable(error);
    if (reason === undefined) {
      const code = codeOf(error);
      // The store has answered. Only messages of class 42 name nothing but tables, columns and functions.
      if (isServersError(error)) breaker.succeeded();
      else breaker.unused();
      return new StatementFailed(
        store,
        code || (error as Error).name,
        code.startsWith('42') ? (error as Error).message : undefined,
        placeOf(error),
      );
    }
    // Neither says anything of the store.
    if (reason === 'busy' || isVictim(error)) breaker.unused();
    else if (breaker.failed(reason) && isOne) pools.discard(store);
    return new StoreUnavailable(store, reason, breaker.retryAfterSeconds);
  };

  /** Sends a statement on a pool, and gives the pool back. @throws what the driver says */
  const send = async (
    pool: Pool,
    identity: ConnectionIdentity,
    text: string,
    params: readonly unknown[],
    { prepare, withinMs }: { readonly prepare: boolean; readonly withinMs: number },
  ) => {
    let options = unprepared;
    if (prepare) {
      if (pool.prepared.has(text)) options = prepared;
      else if (pool.prepared.size < preparedPerPool) {
        pool.prepared.add(text);
        options = prepared;
      }
    }
    const until = performance.now() + withinMs;
    let timer: NodeJS.Timeout | undefined;
    const onSent = (query: unknown) => {
      timer = setTimeout(expire, until - performance.now(), query as never);
    };
    try {
      if (pool.opening) await inTime(pool.opening(), withinMs);
      if (pool.byTurns) return await takeTurn(pool.sql, identity, { text, params, options, onSent });
      const query = pool.sql.unsafe(text, params as never[], options);
      onSent(query);
      return (await query) as unknown as Record<string, unknown>[];
    } finally {
      clearTimeout(timer);
      pools.release(pool);
    }
  };

  return {
    isRefusing: (store) => breakerOf(store).isOpen,
    tryAgain() {
      for (const breaker of breakers.values()) breaker.tryAgain();
    },
    async run(store, identity, text, params, { prepare, trace, stores }) {
      const isOne = stores === undefined;
      const breaker = isOne ? breakerOf(store) : breakerTogether(stores);
      if (!breaker.admits()) throw new StoreUnavailable(store, 'breaker', breaker.retryAfterSeconds);
      trace?.push({ store, text, params });
      // Time is left to read the stores one by one.
      const mostMs = isOne ? deadlineMs : deadlineMs * partTogether;
      const until = performance.now() + mostMs;
      for (let isFirst = true; ; isFirst = false)
        try {
          const taken = pools.share(store, identity, stores) ?? pools.acquire(store, identity, stores);
          const pool = taken instanceof Promise ? await taken : taken;
          // What waited for a connection had no part of the deadline before either.
          const withinMs = isFirst ? mostMs : until - performance.now();
          const rows = await send(pool, identity, text, params, { prepare, withinMs });
          breaker.succeeded();
          return rows;
        } catch (error) {
          if (!isVictim(error)) throw failure(store, error, breaker, isOne);
          // Each time another statement has failed on the connection; there are only so many of them.
          if (performance.now() >= until) throw failure(store, tooLate, breaker, isOne);
        }
    },
  };
}
