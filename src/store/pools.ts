import type { Sql } from 'postgres';
import { getOrMake } from '../common/get-or-make.ts';
import type { ClientOptions } from './client.ts';
import { connectTo, openOnce } from './connect.ts';
import { type Pool, PoolSet } from './pool-set.ts';
import { wireTypes } from './wire-types.ts';

/** Who a connection speaks for, from its start to its end. */
export interface ConnectionIdentity {
  readonly viewer: string;
  readonly unit: string;
  /** Nine digits, or empty. */
  readonly subdistrict: string;
  /** Of a police station, else empty. */
  readonly station: string;
  /** Whose links are own: a coordinator's id, everybody else's unit. */
  readonly holder: string;
  /** Where single persons have rows of their own, else empty. */
  readonly person: string;
  /** Where rows are for a post, what the person's posts let do, with commas between; else empty. */
  readonly posts: string;
  /** The district's calendar day, YYYY-MM-DD: on the next one other connections are opened. */
  readonly today: string;
}

export interface PoolOptions {
  readonly urls: (store: string) => string;
  readonly statementTimeoutMs: number;
  /** As whom an identity logs in, from the owner's URL; without it as the owner. */
  readonly login?: (ownerUrl: string, identity: ConnectionIdentity) => string;
  /** Of one identity at one store; two without it. */
  readonly connectionsPerPool?: number;
  /** Bound on the connections of all pools together, owners' (twice three a database) apart. */
  readonly maxConnections?: number;
}

/** The connections of a process: one small pool a store and identity. */
export interface Pools {
  /**
   * The pool of an identity, opened on first use; it closes when idle, and after the first error on one of its
   * connections. Give it back with `release`.
   * @param together for a statement that reads several stores, theirs: while it waits for one of them, the others are
   * read by other connections
   * @throws PoolsFull, in the promise, when no connection falls free in time
   */
  acquire(store: string, identity: ConnectionIdentity, together?: readonly string[]): Pool | Promise<Pool>;
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
const idleSeconds = 30;

/**
 * A connection has one identity for life: it stands in the start-up parameters, so nothing is set or reset for
 * a request and nothing can be left over for the next.
 */
export function createPools(options: PoolOptions): Pools {
  const {
    urls,
    statementTimeoutMs,
    login = (url) => url,
    connectionsPerPool = connectionsPerIdentity,
    maxConnections = 160,
  } = options;
  const set = new PoolSet({ connectionsPerPool, maxConnections, waitMs: statementTimeoutMs });
  const owners = new Map<string, Sql>();
  const ownerWith = (store: string, connection: Record<string, string | number>): Sql =>
    getOrMake(owners, `${connection.application_name} ${urls(store)}`, () =>
      connectTo(urls(store), clientOptions(connectionsPerOwner, connection)),
    );
  let probes = 0;
  const open = (store: string, identity: ConnectionIdentity) => (onBroken: () => void) =>
    openOnce(
      login(urls(store), identity),
      clientOptions(connectionsPerPool, { ...session(identity), statement_timeout: statementTimeoutMs }),
      onBroken,
    );

  return {
    acquire(store, identity, together = []) {
      const key = keyOf(together.length > 1 ? together.join('+') : store, identity);
      return set.take(key) ?? set.make(store, key, open(store, identity));
    },
    async probe(store, identity, withinMs) {
      const key = `probe ${++probes} ${keyOf(store, identity)}`;
      const pool = await set.make(store, key, open(store, identity));
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

/** With the lengths in it no two identities share a key, whatever characters they are of. */
function keyOf(store: string, identity: ConnectionIdentity): string {
  const { viewer, unit, subdistrict, station, holder, person, posts, today } = identity;
  const parts = [viewer, unit, subdistrict, station, holder, person, posts];
  return `${store} ${today} ${parts.map((part) => part.length).join(' ')} ${parts.join('')}`;
}

/**
 * The identity as start-up parameters. An empty one is not sent: `current_setting(name, true)` is then null.
 * @throws Error for a zero character, which would end the parameter and begin another
 */
function session(identity: ConnectionIdentity): Record<string, string> {
  const { viewer, unit, subdistrict, station, holder, person, posts, today } = identity;
  const settings: Record<string, string> = {
    application_name: `laihu ${viewer}`,
    'laihu.viewer': viewer,
    'laihu.unit': unit,
    'laihu.subdistrict': subdistrict,
    'laihu.station': station,
    'laihu.person': person,
    'laihu.posts': posts,
    'laihu.holder': holder,
    'laihu.today': today,
  };
  if (Object.values(settings).some((value) => value.includes('\0')))
    throw new Error('An identity holds a zero character.');
  return settings;
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
