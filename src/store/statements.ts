import postgres from 'postgres';
import { Breaker } from './breaker.ts';
import { PoolsFull } from './pool-set.ts';
import type { ConnectionIdentity, Pools } from './pools.ts';

/** Receives each statement that runs, for tests that show the SQL of a request. */
export type StatementTrace = { store: string; text: string; params: readonly unknown[] }[];

export interface RunOptions {
  readonly prepare: boolean;
  readonly trace?: StatementTrace | undefined;
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
}

/** Why a store is unavailable: too slow, not reachable, refused for a while, or no connection free. */
export type UnavailableReason = 'deadline' | 'connection' | 'breaker' | 'busy';

/** A store that is down or too slow; says which, nothing of the statement. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly store: string;
  readonly reason: UnavailableReason;

  constructor(store: string, reason: UnavailableReason) {
    super(`The store ${store} does not answer in time.`);
    this.store = store;
    this.reason = reason;
  }
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

  constructor(store: string, code: string, detail?: string) {
    super(`The store ${store} refused a statement (${code}${detail ? `: ${detail}` : ''}).`);
    this.store = store;
    this.code = code;
  }
}

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

/** SQLSTATE classes that mean the store, not the statement: connection, login, database, resources, shutdown, system. */
const storeStates = /^(08|28|3D|53|57|58)/;
const connectionCodes = /^(CONNECT|E[A-Z]|SASL)/;

/** What an error says of the store; undefined when the statement is at fault. */
function unavailable(error: unknown): UnavailableReason | undefined {
  if (error === tooLate) return 'deadline';
  if (error instanceof PoolsFull) return 'busy';
  const code = codeOf(error);
  if (code === '57014') return 'deadline';
  if (error instanceof postgres.PostgresError) return storeStates.test(code) ? 'connection' : undefined;
  return connectionCodes.test(code) ? 'connection' : undefined;
}

const codeOf = (error: unknown) => String((error as { code?: unknown }).code ?? '');

/**
 * Runs statements with a deadline and a circuit breaker a store, so that one slow department holds up no other.
 * @param deadlineMs after so long the caller is answered; longer than the pools' statement timeout, which is
 *   what ends a statement on the server
 */
export function createRunner(
  pools: Pools,
  { deadlineMs = 2500 }: { readonly deadlineMs?: number } = {},
): Runner {
  const breakers = new Map<string, Breaker>();

  const failure = (store: string, breaker: Breaker, error: unknown) => {
    const reason = unavailable(error);
    if (reason === undefined) {
      const code = codeOf(error);
      // The store has answered. Only messages of class 42 name nothing but tables, columns and functions.
      if (error instanceof postgres.PostgresError) breaker.succeeded();
      else breaker.unused();
      return new StatementFailed(
        store,
        code || (error as Error).name,
        code.startsWith('42') ? (error as Error).message : undefined,
      );
    }
    if (reason === 'busy') breaker.unused();
    else if (breaker.failed()) pools.discard(store);
    return new StoreUnavailable(store, reason);
  };

  return {
    async run(store, identity, text, params, { prepare, trace }) {
      let breaker = breakers.get(store);
      if (!breaker) {
        breaker = new Breaker();
        breakers.set(store, breaker);
      }
      if (!breaker.admits()) throw new StoreUnavailable(store, 'breaker');
      trace?.push({ store, text, params });
      let pool = pools.acquire(store, identity);
      if (pool instanceof Promise) {
        try {
          pool = await pool;
        } catch (error) {
          throw failure(store, breaker, error);
        }
      }
      let options = unprepared;
      if (prepare) {
        if (pool.prepared.has(text)) options = prepared;
        else if (pool.prepared.size < preparedPerPool) {
          pool.prepared.add(text);
          options = prepared;
        }
      }
      const query = pool.sql.unsafe(text, params as never[], options);
      const timer = setTimeout(expire, deadlineMs, query as never);
      try {
        const rows = await query;
        breaker.succeeded();
        return rows as unknown as Record<string, unknown>[];
      } catch (error) {
        // The server has not kept its own timeout: a connection of this pool is dead, or its queue too long.
        if (error === tooLate) pools.retire(pool);
        throw failure(store, breaker, error);
      } finally {
        clearTimeout(timer);
        pools.release(pool);
      }
    },
  };
}
