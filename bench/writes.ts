import { join } from 'node:path';
import autocannon from 'autocannon';
import type { Sql } from 'postgres';
import { encodeNodeId } from '../src/graph/node-id.ts';
import { createDemoIssuer } from '../src/identity/demo-issuer.ts';
import { personas } from '../src/identity/personas.ts';
import { connectTo } from '../src/store/connect.ts';
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

/** The reception centres: clients are spread over them, as a person of one has no more than two connections. */
const units = personas.find(({ code }) => code === 'CAC')!.units;
/** Numbers by which these applications are known; no other is of that year. */
const numbers = '310107015199';
const perDay = 9999;

/** A connection for making and removing them. */
export const preparer = (url: string): Sql => connectTo(url, { max: 1, onnotice: () => {} });

/** A mutation of several events is told which. */
export const chosen = { accept: {}, produceCard: { event: 'PRODUCE_CARD' } };

/** How an application stands before. */
const before = {
  accept: { status: 'SUBMITTED', accepted: null, due: null, decided: null },
  produceCard: { status: 'APPROVED', accepted: '2007-02-21', due: '2007-03-20', decided: '2007-02-27' },
};

/** An application, and the window at which it was handed in. */
export interface Made {
  readonly id: string;
  readonly unit: string;
}

/** Makes so many applications of the district's persons, window by window. */
export async function makeApplications(
  owner: Sql,
  event: WriteEvent,
  count: number,
  from = 0,
): Promise<Made[]> {
  const { status, accepted, due, decided } = before[event];
  const rows = await owner<Made[]>`
    insert into permits.permit_applications (id, application_no, applicant_id, permit_type, action, accepted_at_unit, status, submitted_on, accepted_on, due_on, decided_on)
    select gen_random_uuid(), '310107015' || to_char(date '1990-01-01' + n / ${perDay}::int, 'YYYYMMDD') || lpad((1 + n % ${perDay}::int)::text, 4, '0'),
      persons.ids[1 + n % array_length(persons.ids, 1)], 'EMPLOYMENT', 'NEW', (${units as string[]}::text[])[1 + n % ${units.length}::int], ${status}, '2007-02-20', ${accepted}::date, ${due}::date, ${decided}::date
    from (select array_agg(id order by id) as ids from (select id from public_security.migrants where not shielded and station_code is not null order by id limit 20000) m) persons,
      generate_series(${from}::int, ${from + count - 1}::int) n
    returning id, accepted_at_unit as unit`;
  await owner.unsafe('analyze permits.permit_applications');
  return [...rows];
}

/**
 * Events and keys as a district has them: PostgreSQL plans for a table by how large it is, and of a connection's first
 * statements the plans are kept.
 */
export async function makeHistory(owner: Sql): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into access.record_events (record_type, record_id, version, event, viewer, acting_unit, person)
      select ${history}, gen_random_uuid()::text, 1, 'was', 'SYSTEM', ${history}, ${history} from generate_series(1, 50000)`;
    await tx`
      insert into access.done_requests (unit, person, key, body, record_type, record_id, version, event)
      select ${history}, ${history}, n::text, md5(n::text), ${history}, n::text, 1, 'was' from generate_series(1, 50000) n`;
    await tx`
      insert into access.outbox (record_type, record_id, version, effect, store, happened, done_at)
      select ${history}, n::text, 1, 'was', 'permits', '{}', now() from generate_series(1, 50000) n`;
  });
  await owner.unsafe('vacuum analyze access.record_events, access.done_requests, access.outbox');
}

/** How what is made for the history is called. */
const history = 'Bench';

async function removeHistory(tx: Sql): Promise<void> {
  for (const table of ['record_events', 'done_requests', 'outbox'])
    await tx`delete from access.${tx(table)} where record_type = ${history}`;
}

/** Takes them away again, and all that was written about them. */
export async function removeApplications(owner: Sql): Promise<void> {
  const applications = owner`select id from permits.permit_applications where application_no like ${`${numbers}%`}`;
  await owner.begin(async (tx) => {
    // Links are looked at once for all of them, not by a trigger for each.
    await tx`set local session_replication_role = replica`;
    const opinions = await tx<{ id: string }[]>`
      delete from permits.department_opinions where application_id in (${applications}) returning id`;
    const gone = await tx<{ id: string; person: string }[]>`
      delete from permits.permit_applications where id in (${applications}) returning id, applicant_id as person`;
    const ids = [...opinions, ...gone].map(({ id }) => id);
    for (const table of ['record_events', 'done_requests', 'outbox'])
      await tx`delete from access.${tx(table)} where record_id = any(${ids})`;
    await removeHistory(tx);
    const persons = [...new Set(gone.map(({ person }) => person))];
    await tx`
      select sealed.relink(array_agg(holder), array_agg(subject_id)) from access.links
      where subject_id = any(${persons}::uuid[]) and holder ~ '^PT-(CAC|HLR|LSS|FPC|STN|SUB)'`;
  });
  await owner.unsafe(
    'vacuum analyze permits.permit_applications, permits.department_opinions, access.record_events, access.done_requests, access.outbox',
  );
}

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
