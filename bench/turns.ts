import { join } from 'node:path';
import { connectTo } from '../src/store/connect.ts';
import type { District } from './district.ts';
import { type Latency, latencyOf } from './latency.ts';
import { type Measurement, measure, medians } from './measure.ts';
import { barePage, laihuPage, postgraphilePage, sitesPage, subdistrict } from './page.ts';
import { type Started, startServer } from './processes.ts';
import { postgraphileFilter, questionsOf } from './questions.ts';

interface Turn {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Run {
  readonly quick: boolean;
  readonly say: (line: string) => void;
}

/** Servers that run side by side, each started once: only one is asked at a time. */
class Servers {
  readonly #started = new Map<string, Promise<Started>>();
  readonly #env: Record<string, string>;

  constructor({ url, dataDir }: District) {
    this.#env = { DATABASE_URL: url, LAIHU_DATA: dataDir };
  }

  get(file: string, args: readonly string[]): Promise<Started> {
    const key = [file, ...args].join(' ');
    const known = this.#started.get(key);
    if (known !== undefined) return known;
    const started = startServer(join(import.meta.dirname, 'servers', file), this.#env, args);
    this.#started.set(key, started);
    return started;
  }

  async stop(): Promise<void> {
    const started = await Promise.allSettled(this.#started.values());
    await Promise.all(started.map((server) => server.status === 'fulfilled' && server.value.stop()));
  }
}

const query = (source: string) => JSON.stringify({ query: source });

function turnsOf({ officer, registrar, builders }: District['headers']): Turn[] {
  const restricted = `, filter: { subdistrictCode: { eq: "${subdistrict}" } }`;
  return [
    ...[
      { name: 'laihu', args: ['wall', 'audit'] },
      { name: 'noAudit', args: ['wall'] },
      { name: 'programOnly', args: [] },
    ].map((mode) => ({ ...mode, file: 'laihu.ts', body: query(laihuPage('')), headers: officer })),
    {
      name: 'policyOff',
      file: 'laihu.ts',
      args: ['off'],
      body: query(laihuPage(restricted)),
      headers: registrar,
    },
    { name: 'postgraphile', file: 'postgraphile.ts', args: [], body: query(postgraphilePage), headers: {} },
    { name: 'bare', file: 'bare.ts', args: [], body: query(barePage), headers: {} },
    { name: 'oneSql', file: 'one-sql.ts', args: [], body: '{}', headers: {} },
    ...[
      { name: 'sites', args: ['wall', 'audit'] },
      { name: 'sitesPolicyOff', args: ['off'] },
    ].map((mode) => ({ ...mode, file: 'laihu.ts', body: query(sitesPage), headers: builders })),
  ];
}

/** Throughput, CPU and statements of every server on the same pages; the median of its turns. */
export async function measureServers(
  district: District,
  { rounds, quick, say }: Run & { readonly rounds: number },
): Promise<Measurement[]> {
  const turns = turnsOf(district.headers);
  const sql = connectTo(district.url, { max: 1, onnotice: () => {} });
  const servers = new Servers(district);
  const results: Measurement[] = [];
  try {
    // The machine is not equally fast from minute to minute: every server has its turn in every round.
    for (let round = 0; round < rounds; round++)
      for (const { name, file, args, body, headers } of turns) {
        const isFirst = round === 0;
        const done = await measure({
          name,
          server: await servers.get(file, args),
          body,
          headers,
          // A server that has had its turn is warm; only its connections and caches have to come back. Autocannon ends at
          // whole seconds.
          warmUpSeconds: isFirst ? 3 : 1,
          seconds: quick ? 1 : 5,
          countsStatements: isFirst,
          connections: 16,
          postmaster: district.postmaster,
          sql,
        });
        say(
          `${name}: ${done.throughput.toFixed(0)} requests/s, ${done.nodeCpuMs.toFixed(2)} ms CPU, PostgreSQL ${done.postgresCpuMs.toFixed(2)} ms`,
        );
        results.push(done);
      }
  } finally {
    await servers.stop();
    await sql.end();
  }
  return turns.map(({ name }) => medians(results.filter((r) => r.name === name)));
}

/** How long single questions wait, of this server as it is started, and of PostGraphile where it can. */
export async function askQuestions(district: District, { quick, say }: Run): Promise<Latency[]> {
  const { officer, registrar } = district.headers;
  const patience = quick ? { warmUp: 12, times: 40 } : { warmUp: 30, times: 200 };
  const sql = connectTo(district.url, { max: 1, onnotice: () => {} });
  const servers = new Servers(district);
  const latencies: Latency[] = [];
  try {
    for (const question of [...(await questionsOf(sql)), postgraphileFilter]) {
      const { as, name } = question;
      const server = await (as === 'nobody'
        ? servers.get('postgraphile.ts', ['filter'])
        : servers.get('laihu.ts', ['wall', 'audit']));
      const headers = { subdistrict: officer, district: registrar, nobody: {} }[as];
      const latency = await latencyOf(question, server, headers, patience);
      say(`${name}: p50 ${latency.p50Ms.toFixed(1)} ms`);
      latencies.push(latency);
    }
  } finally {
    await servers.stop();
    await sql.end();
  }
  return latencies;
}
