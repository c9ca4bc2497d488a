import { join } from 'node:path';
import autocannon from 'autocannon';
import { encodeNodeId } from '../src/graph/node-id.ts';
import { createDemoIssuer } from '../src/identity/demo-issuer.ts';
import {
  type Made,
  makeApplications,
  makeHistory,
  preparer,
  removeApplications,
  units,
} from './applications.ts';
import type { District } from './district.ts';
import { type Measurement, medians } from './measure.ts';
import { cpuOf, cpuOfTree, type Started, startServer } from './processes.ts';

// A mutation of the graph against a transaction written by hand: applications of one reception centre, each accepted (from
// which four opinions and a review follow) once, or sent to have its card made (from which nothing follows), under a key of its own.

export const writeDocuments = {
  accept: 'acceptPermitApplication(input: $input)',
  produceCard: 'produceCard(input: $input)',
} as const;
export type WriteEvent = keyof typeof writeDocuments;
const inputs = { accept: 'AcceptPermitApplicationInput', produceCard: 'ProduceCardInput' };

/** The document of a mutation of applications. */
export const writeDocument = (event: WriteEvent): string =>
  `mutation($input: ${inputs[event]}!) { done: ${writeDocuments[event]} { committed clientMutationId userErrors { path code } permitApplication { id applicationNo status acceptedOn dueOn recordVersion } } }`;

/** A mutation of several events is told which. */
export const chosen = { accept: {}, produceCard: { event: 'PRODUCE_CARD' } };

export type HeadersOf = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The headers of each reception centre. */
export async function windowHeaders(dataDir: string): Promise<HeadersOf> {
  const demo = await createDemoIssuer(dataDir);
  const headers = units.map(async (unit) => {
    const { token } = await demo.issue({ code: 'CAC', unit });
    return [
      unit,
      {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'laihu-purpose': 'REGISTRATION',
      },
    ] as const;
  });
  return new Map(await Promise.all(headers));
}

export interface WritesRun {
  readonly rounds: number;
  readonly seconds: number;
  readonly say: (line: string) => void;
}

const turns = [
  { name: 'writes', event: 'accept', file: 'laihu.ts', args: ['wall', 'audit'] },
  { name: 'writesHandWritten', event: 'accept', file: 'hand-written.ts', args: [] },
  { name: 'writesAlone', event: 'produceCard', file: 'laihu.ts', args: ['wall', 'audit'] },
  { name: 'writesAloneHandWritten', event: 'produceCard', file: 'hand-written.ts', args: [] },
] as const;

/** Applications that a turn may use up in a second. */
const mostASecond = { 'laihu.ts': 2000, 'hand-written.ts': 3000 };

/** Throughput and CPU of both servers, in turns; the median of each. */
export async function measureWrites(district: District, run: WritesRun): Promise<Measurement[]> {
  const { rounds, seconds, say } = run;
  const owner = preparer(district.url);
  const env = { DATABASE_URL: district.url, LAIHU_DATA: district.dataDir };
  const headers = await windowHeaders(district.dataDir);
  const servers = new Map<string, Started>();
  const results: Measurement[] = [];
  await removeApplications(owner);
  await makeHistory(owner);
  let made = 0;
  try {
    for (let round = 0; round < rounds; round++)
      for (const { name, event, file, args } of turns) {
        const server =
          servers.get(file) ?? (await startServer(join(import.meta.dirname, 'servers', file), env, args));
        servers.set(file, server);
        const warmUp = round === 0 ? 3 : 1;
        const count = (warmUp + seconds) * mostASecond[file];
        const ids = await makeApplications(owner, event, count, made);
        made += count;
        const url = file === 'hand-written.ts' ? `${server.url}${event}` : server.url;
        const load = { event, url, headers, ids };
        await drive(load, warmUp);
        const [node, pg] = [cpuOf(server.pid), cpuOfTree(district.postmaster)];
        const { requests, latency, bytes } = await drive(load, seconds);
        const done = {
          name,
          throughput: requests / seconds,
          nodeCpuMs: (cpuOf(server.pid) - node) / requests,
          postgresCpuMs: (cpuOfTree(district.postmaster) - pg) / requests,
          p50Ms: latency.p50,
          p99Ms: latency.p99,
          statements: Number.NaN,
          bytes,
        };
        say(
          `${name}: ${done.throughput.toFixed(0)} writes/s, ${done.nodeCpuMs.toFixed(2)} ms CPU, PostgreSQL ${done.postgresCpuMs.toFixed(2)} ms`,
        );
        results.push(done);
      }
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    await removeApplications(owner);
    await owner.end();
  }
  return turns.map(({ name }) => medians(results.filter((r) => r.name === name)));
}

interface Drive {
  readonly event: WriteEvent;
  readonly url: string;
  readonly headers: HeadersOf;
  /** Taken from the end. */
  readonly ids: Made[];
}

/** Sixteen connections, each writing again as soon as it is answered. @throws Error for an answer that is no success */
export async function drive({ event, url, headers, ids }: Drive, seconds: number) {
  const query = writeDocument(event);
  let wrong: string | undefined;
  let bytes = 0;
  const result = await autocannon({
    url,
    connections: 16,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          const { id, unit } = ids.pop() ?? { id: '', unit: '' };
          if (id === '') wrong ??= 'too few applications were made';
          const input = {
            id: encodeNodeId('PermitApplication', id),
            expectedVersion: 1,
            ...chosen[event],
            clientMutationId: `bench ${id}`,
          };
          return {
            ...request,
            headers: { ...headers.get(unit) },
            body: JSON.stringify({ query, variables: { input } }),
          };
        },
        onResponse: (status, body) => {
          bytes = body.length;
          if (status !== 200 || !body.includes('"committed":true')) wrong ??= `${status} ${body}`;
        },
      },
    ],
  });
  if (wrong ?? result.errors > 0) throw new Error(`A write failed: ${wrong ?? result.errors}`);
  return { requests: result.requests.total, latency: result.latency, bytes };
}

const titles: Record<string, string> = {
  writes: 'Laihu as it is started: an acceptance, from which four opinions and a review follow',
  writesHandWritten: 'the same written by hand, no policy, no second wall',
  writesAlone: 'Laihu as it is started: the card is made, from which nothing follows',
  writesAloneHandWritten: 'the same written by hand',
};

/** As it stands in RESULTS.md; a ratio is ours divided by the row below. */
export function writesTable(results: readonly Measurement[]): string {
  const heads = [
    'server',
    'writes/s',
    'ours ÷ theirs',
    'Node CPU ms/write',
    'PostgreSQL CPU ms/write',
    'p50 ms',
    'p99 ms',
  ];
  const rows = results.map((r, i) => {
    const theirs = i % 2 === 0 ? results[i + 1] : undefined;
    const ratio = theirs ? `${(r.throughput / theirs.throughput).toFixed(2)}×` : '';
    const numbers = [
      r.nodeCpuMs.toFixed(2),
      r.postgresCpuMs.toFixed(2),
      r.p50Ms.toFixed(0),
      r.p99Ms.toFixed(0),
    ];
    return [titles[r.name] ?? r.name, r.throughput.toFixed(0), ratio, ...numbers];
  });
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
