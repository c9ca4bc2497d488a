import type { Sql } from 'postgres';
import { getOrMake } from '../common/get-or-make.ts';
import type { Client, ClientOptions } from './client.ts';
import { connectTo, openOnce } from './connect.ts';
import { type ConnectionIdentity, keyOf, settingNames, settingValues } from './identity-settings.ts';
import { Newcomers } from './newcomers.ts';
import { type Pool, type PoolPlan, PoolSet } from './pool-set.ts';
import { wireTypes } from './wire-types.ts';

export type { ConnectionIdentity } from './identity-settings.ts';

export interface PoolOptions {
  readonly urls: (store: string) => string;
  readonly statementTimeoutMs: number;
  /** As whom an identity logs in, from the owner's URL; without it as the owner. */
  readonly login?: (ownerUrl: string, identity: ConnectionIdentity) => string;
  /** Of one identity for statements of one store, or set of stores, at once; two without it. */
  readonly connectionsPerPool?: number;
  /** Bound on all connections together, owners' (twice three a database) apart. */
  readonly maxConnections?: number;
  /** So many statements of an identity in a database take turns with those of others before it gets connections of its own. */
  readonly turnsFirst?: number;
}

/** The connections of a process: few for an identity and database, those of newcomers shared. */
export interface Pools {
  /**
   * A connection of an identity, opened when all others are in use; it closes when idle, and after the first error on
   * it. Give it back with `release`.
   * @param together for a statement that reads several stores, theirs: while it waits for one of them, the others are
   * read by other connections
   * @throws PoolsFull, in the promise, when no connection falls free in time
   */
  acquire(store: string, identity: ConnectionIdentity, together?: readonly string[]): Pool | Promise<Pool>;
  /**
   * A connection that identities of one viewer use by turns (`turn.ts`), for an identity that has asked little so far:
   * to open one costs PostgreSQL more than the questions of most. Undefined for an identity that has connections of its
   * own or is to get them, also because those that are shared do not answer.
   */
  share(
    store: string,
    identity: ConnectionIdentity,
    together?: readonly string[],
  ): Pool | Promise<Pool> | undefined;
  release(pool: Pool): void;
  /**
   * Opens a connection in an identity's name, as a reader who has none yet does, asks for nothing, and closes it.
   * @throws PoolsFull, or what the driver says, also when there is no answer within so many milliseconds
   */
  probe(store: string, identity: ConnectionIdentity, withinMs: number): Promise<void>;
  /** Breaks every connection of identities to a store that does not answer. */
  discard(store: string): void;
  /** For migrations, seeds and imports; no deadline. */
  ownerOf(store: string): Sql;
  /** For what the program looks up as the owner while it answers: with the deadline of a reader's statement. */
  lookUpOf(store: string): Sql;
  /** Equal for stores in one database: semi-joins between them can run there. */
  serverOf(store: string): string;
  close(): Promise<void>;
}

/** So that the statements that a request sends together share a write, and one slow one leaves a way. */
export const connectionsPerIdentity = 2;
const connectionsPerOwner = 3;
/** Of a viewer's shared ones for statements of one place at once. */
const sharedAtPlace = 4;
/** A shared connection that has not answered for so long is waited for by no newcomer, in milliseconds. */
const stuckAfterMs = 500;
/** To open two connections costs as much as about a hundred turns. */
const turnsFirst = 50;
const idleSeconds = 30;

/**
 * A connection has one identity for life: it stands in the start-up parameters, so nothing is set or reset for
 * a request and nothing can be left over for the next. Those that are shared have none, but in a turn.
 */
export function createPools(options: PoolOptions): Pools {
  const {
    urls,
    statementTimeoutMs,
    login = (url) => url,
    connectionsPerPool = connectionsPerIdentity,
    maxConnections = 160,
  } = options;
  const set = new PoolSet({ maxConnections, waitMs: statementTimeoutMs });
  const newcomers = new Newcomers(options.turnsFirst ?? turnsFirst, idleSeconds * 1000);
  const owners = new Map<string, Sql>();
  const ownerWith = (store: string, connection: Record<string, string | number>): Sql =>
    getOrMake(owners, `${connection.application_name} ${urls(store)}`, () =>
      connectTo(urls(store), clientOptions(connectionsPerOwner, connection)),
    );
  let probes = 0;
  const databases = new Map<string, number>();
  const databaseOf = (store: string) => String(getOrMake(databases, urls(store), () => databases.size));
  const open = (
    store: string,
    identity: ConnectionIdentity,
    parameters: Record<string, string | number>,
    onBroken: (isLost: boolean) => void,
  ): Client => {
    const name = { application_name: `laihu ${identity.viewer}`, statement_timeout: statementTimeoutMs };
    return openOnce(login(urls(store), identity), clientOptions(1, { ...name, ...parameters }), onBroken);
  };
  const own = (store: string, identity: ConnectionIdentity): PoolPlan => ({
    byTurns: false,
    mostAtPlace: connectionsPerPool,
    stuckAfterMs: Number.POSITIVE_INFINITY,
    open: (onBroken) => open(store, identity, startUp(identity), onBroken),
  });
  // Nothing of an identity, and no transaction of one whose program has stopped in the middle of it.
  const nobodys = { idle_in_transaction_session_timeout: statementTimeoutMs };
  const shared = (store: string, identity: ConnectionIdentity): PoolPlan => ({
    byTurns: true,
    mostAtPlace: sharedAtPlace,
    stuckAfterMs,
    open: (onBroken) => open(store, identity, nobodys, onBroken),
  });
  const placeOf = (store: string, together: readonly string[]) =>
    together.length > 1 ? together.join('+') : store;

  return {
    acquire(store, identity, together = []) {
      const group = keyOf(databaseOf(store), identity);
      // None of them counts as stuck.
      return set.take(group, placeOf(store, together), own(store, identity))!;
    },
    share(store, identity, together = []) {
      const database = databaseOf(store);
      const group = keyOf(database, identity);
      if (!newcomers.admits(group)) return undefined;
      return set.take(
        `turns ${database} ${identity.viewer}`,
        placeOf(store, together),
        shared(store, identity),
      );
    },
    async probe(store, identity, withinMs) {
      const pool = await set.take(`probe ${++probes}`, store, own(store, identity))!;
      const timer = setTimeout(() => set.retire(pool, 0), withinMs);
      try {
        await pool.sql`select 1`;
      } finally {
        clearTimeout(timer);
        set.release(pool);
        set.retire(pool);
      }
    },
    release: (pool) => set.release(pool),
    discard: (store) => set.discard(store),
    ownerOf: (store) => ownerWith(store, { application_name: 'laihu owner' }),
    lookUpOf: (store) =>
      ownerWith(store, { application_name: 'laihu look-up', statement_timeout: statementTimeoutMs }),
    serverOf(store) {
      const url = new URL(urls(store));
      return `${url.hostname}:${url.port || 5432}${url.pathname}`;
    },
    async close() {
      await Promise.all([set.close(), ...[...owners.values()].map((owner) => owner.end({ timeout: 5 }))]);
    },
  };
}

/** The identity as start-up parameters. An empty part is not sent: `current_setting(name, true)` is then null. */
function startUp(identity: ConnectionIdentity): Record<string, string> {
  const values = settingValues(identity);
  return Object.fromEntries(settingNames.map((name, i) => [name, values[i]!]));
}

function clientOptions(max: number, connection: Record<string, string | number>): ClientOptions {
  return {
    max,
    idle_timeout: idleSeconds,
    connect_timeout: 2,
    // The default waits up to 18 s after an outage.
    backoff: () => 0.1,
    // A new connection asks nothing of its own: the array types are known.
    fetch_types: false,
    onnotice: () => {},
    types: wireTypes,
    connection: { TimeZone: 'UTC', DateStyle: 'ISO, YMD', ...connection },
  } as unknown as ClientOptions;
}
