import autocannon from 'autocannon';
import type postgres from 'postgres';
import { cpuOf, cpuOfTree, type Started } from './processes.ts';

/** What one server did under load. */
export interface Measurement {
  readonly name: string;
  /** Requests a second. */
  readonly throughput: number;
  /** CPU milliseconds a request: the server's process, and PostgreSQL's. */
  readonly nodeCpuMs: number;
  readonly postgresCpuMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** SQL statements a request, read from the database's own counter of transactions; NaN where they were not. */
  readonly statements: number;
  readonly bytes: number;
}

export interface Load {
  readonly name: string;
  readonly server: Started;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Statements are counted, which takes a rest of more than a second. */
  readonly countsStatements: boolean;
  readonly connections: number;
  readonly postmaster: number;
  readonly sql: postgres.Sql;
}

/** A closed loop of requests: a warm-up, then the measured time. */
export async function measure(load: Load): Promise<Measurement> {
  const { name, server, body, headers = {}, connections, seconds, postmaster, sql, countsStatements } = load;
  const options = {
    url: server.url,
    method: 'POST' as const,
    body,
    headers: { 'content-type': 'application/json', ...headers },
    connections,
  };
  const answer = await fetch(server.url, { method: 'POST', body, headers: options.headers });
  const text = await answer.text();
  if (!answer.ok || text.includes('"errors"'))
    throw new Error(`${name} answers ${answer.status}: ${text.slice(0, 500)}`);
  await autocannon({ ...options, duration: load.warmUpSeconds });
  const [node, pg, transactions] = [cpuOf(server.pid), cpuOfTree(postmaster), await committed(sql)];
  const result = await autocannon({ ...options, duration: seconds });
  const requests = result.requests.total;
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${name}: ${result.non2xx + result.errors} requests failed.`);
  const nodeCpuMs = (cpuOf(server.pid) - node) / requests;
  const postgresCpuMs = (cpuOfTree(postmaster) - pg) / requests;
  // The counters of a connection are added up when it has been idle for a second.
  if (countsStatements) await new Promise((resolve) => setTimeout(resolve, 1500));
  return {
    name,
    throughput: requests / result.duration,
    nodeCpuMs,
    postgresCpuMs,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    statements: countsStatements
      ? Math.round(((await committed(sql)) - transactions) / requests)
      : Number.NaN,
    bytes: text.length,
  };
}

/** The middle of each number; of an even count the lower of the two. */
export function medians(turns: readonly Measurement[]): Measurement {
  const middle = (of: (turn: Measurement) => number) => {
    const known = turns.map(of).filter((n) => !Number.isNaN(n));
    return known.sort((a, b) => a - b)[Math.floor((known.length - 1) / 2)] ?? Number.NaN;
  };
  return {
    name: turns[0]?.name ?? '',
    throughput: middle((t) => t.throughput),
    nodeCpuMs: middle((t) => t.nodeCpuMs),
    postgresCpuMs: middle((t) => t.postgresCpuMs),
    p50Ms: middle((t) => t.p50Ms),
    p99Ms: middle((t) => t.p99Ms),
    statements: middle((t) => t.statements),
    bytes: middle((t) => t.bytes),
  };
}

async function committed(sql: postgres.Sql): Promise<number> {
  await sql`select pg_stat_force_next_flush()`;
  const [row] =
    await sql`select xact_commit::int as count from pg_stat_database where datname = current_database()`;
  return Number(row?.count ?? 0);
}
