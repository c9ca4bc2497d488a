import postgres, { type Sql } from 'postgres';

/** Who a connection speaks for, from its start to its end. */
export interface ConnectionIdentity {
  readonly viewer: string;
  readonly unit: string;
  /** Police station, else sub-district, else empty. */
  readonly territory: string;
  /** A coordinator's id, else empty. */
  readonly person: string;
}

export interface PoolOptions {
  readonly urls: (store: string) => string;
  readonly statementTimeoutMs: number;
  /** Bound on the connections of all pools together. */
  readonly maxConnections?: number;
}

/** The connections of a process: one small pool a store and identity. */
export interface Pools {
  /** Opens lazily; closes when idle. */
  poolOf(store: string, identity: ConnectionIdentity): Sql;
  /** For migrations, seeds and imports. */
  ownerOf(store: string): Sql;
  /** Equal for stores in one database: semi-joins between them can run there. */
  serverOf(store: string): string;
  close(): Promise<void>;
}

const connectionsPerPool = 4;
const idleSeconds = 30;

/** Dates stay calendar strings, instants ISO strings in UTC, integers of eight bytes numbers (fen, counts). */
const types = {
  date: { to: 1082, from: [1082], serialize: (x: unknown) => String(x), parse: (x: string) => x },
  instant: {
    to: 1184,
    from: [1114, 1184],
    serialize: (x: unknown) => String(x),
    parse: (x: string) => new Date(/[+-]\d\d(:?\d\d)?$/.test(x) ? x : `${x}Z`).toISOString(),
  },
  bigint: { to: 20, from: [20], serialize: (x: unknown) => String(x), parse: Number },
} as unknown as Record<string, postgres.PostgresType>;

/**
 * A connection has one identity for life: it stands in the start-up parameters, so nothing is set or reset for
 * a request and nothing can be left over for the next. The least recently used pool makes room when the sum
 * would pass the bound.
 */
export function createPools({ urls, statementTimeoutMs, maxConnections = 160 }: PoolOptions): Pools {
  const pools = new Map<string, Sql>();
  const owners = new Map<string, Sql>();

  const open = (store: string, max: number, connection: Record<string, string | number>) =>
    postgres(urls(store), {
      max,
      idle_timeout: idleSeconds,
      connect_timeout: 2,
      // The default waits up to 18 s after an outage.
      backoff: () => 0.1,
      onnotice: () => {},
      types,
      connection: { application_name: 'laihu', ...connection },
    } as postgres.Options<Record<string, postgres.PostgresType>>) as unknown as Sql;

  return {
    poolOf(store, identity) {
      const key = `${store}|${identity.viewer}|${identity.unit}|${identity.territory}|${identity.person}`;
      const found = pools.get(key);
      if (found) return found;
      while ((pools.size + 1) * connectionsPerPool > maxConnections) {
        const [oldest, pool] = pools.entries().next().value ?? [];
        if (oldest === undefined) break;
        pools.delete(oldest);
        // Running statements are answered first.
        void pool?.end({ timeout: 5 });
      }
      const pool = open(store, connectionsPerPool, {
        'laihu.viewer': identity.viewer,
        'laihu.unit': identity.unit,
        'laihu.territory': identity.territory,
        'laihu.person': identity.person,
        statement_timeout: statementTimeoutMs,
      });
      pools.set(key, pool);
      return pool;
    },
    ownerOf(store) {
      const found = owners.get(urls(store));
      if (found) return found;
      const owner = open(store, 3, {});
      owners.set(urls(store), owner);
      return owner;
    },
    serverOf(store) {
      const url = new URL(urls(store));
      return `${url.hostname}:${url.port || 5432}${url.pathname}`;
    },
    async close() {
      await Promise.all([...pools.values(), ...owners.values()].map((pool) => pool.end({ timeout: 5 })));
    },
  };
}
