import type { ConnectionIdentity, Pools } from './pools.ts';

/** Receives each statement that runs, for tests that show the SQL of a request. */
export type StatementTrace = { store: string; text: string; params: readonly unknown[] }[];

export interface RunOptions {
  readonly prepare: boolean;
  readonly trace?: StatementTrace | undefined;
}

/** Runs statements in the name of an identity. */
export interface Runner {
  /** @throws StoreUnavailable when the store is down, slow, or its breaker is open. */
  run(
    store: string,
    identity: ConnectionIdentity,
    text: string,
    params: readonly (string | number | boolean | null)[],
    options: RunOptions,
  ): Promise<Record<string, unknown>[]>;
}

/** A store that is down or too slow; says which, nothing of the statement. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly store: string;

  constructor(store: string, cause?: unknown) {
    super(`The store ${store} does not answer in time.`, { cause });
    this.store = store;
  }
}

/** So many failures in a row open the breaker; after so long one statement tries again. */
const failuresToOpen = 5;
const openForMs = 1000;
/** Distinct statements prepared on the connections of a process; a client's free text could make any number. */
const preparedTexts = 300;

interface Breaker {
  failures: number;
  openUntil: number;
}

/** SQLSTATEs and driver codes that mean the store, not the statement, is at fault. */
const storeFaults = /^(57|53|08|CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)/;

/** Runs statements with a deadline and a circuit breaker a store, so that one slow department holds up no other. */
export function createRunner(
  pools: Pools,
  { deadlineMs = 2500 }: { readonly deadlineMs?: number } = {},
): Runner {
  const breakers = new Map<string, Breaker>();
  const prepared = new Set<string>();

  const fail = (store: string, breaker: Breaker, cause: unknown) => {
    breaker.failures += 1;
    if (breaker.failures >= failuresToOpen) breaker.openUntil = Date.now() + openForMs;
    return new StoreUnavailable(store, cause);
  };

  return {
    async run(store, identity, text, params, { prepare, trace }) {
      let breaker = breakers.get(store);
      if (!breaker) {
        breaker = { failures: 0, openUntil: 0 };
        breakers.set(store, breaker);
      }
      if (breaker.openUntil > Date.now()) throw new StoreUnavailable(store);
      trace?.push({ store, text, params });
      if (prepare && !prepared.has(text) && prepared.size < preparedTexts) prepared.add(text);
      const query = pools
        .poolOf(store, identity)
        .unsafe(text, params as never[], { prepare: prepare && prepared.has(text) });
      let late: NodeJS.Timeout | undefined;
      try {
        const deadline = new Promise<never>((_, reject) => {
          late = setTimeout(() => {
            query.cancel();
            reject(new Error('deadline'));
          }, deadlineMs);
        });
        const rows = await Promise.race([query, deadline]);
        breaker.failures = 0;
        return rows as unknown as Record<string, unknown>[];
      } catch (error) {
        const code = String((error as { code?: unknown }).code ?? '');
        if (code === '' || storeFaults.test(code)) throw fail(store, breaker, error);
        throw error;
      } finally {
        clearTimeout(late);
      }
    },
  };
}
