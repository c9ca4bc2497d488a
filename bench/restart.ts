import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Sql } from 'postgres';
import { encodeNodeId } from '../src/graph/node-id.ts';
import { connectTo } from '../src/store/connect.ts';
import { clusterFolder, localUrlOf, readConnection } from '../src/store/embedded/connection-file.ts';
import { makeApplications } from './applications.ts';
import { chosen, type HeadersOf, type WriteEvent, windowHeaders, writeDocument } from './writes.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    event: { type: 'string', default: 'produceCard' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`Write at a steady rate to the program as npm start starts it, and kill its database in the middle.

  --rate N       writes a second, an open loop (default 200)
  --seconds N    how long (default 60)
  --event NAME   produceCard, from which nothing follows, or accept (default produceCard)

Clients repeat a write with the same key until it is answered. Afterwards the database is asked what it holds.`);
  process.exit(0);
}

const [rate, seconds] = [Number(values.rate), Number(values.seconds)];
const event = values.event as WriteEvent;
const root = join(import.meta.dirname, '..');
const dataDir = mkdtempSync(join(tmpdir(), 'laihu-restart-'));
const port = 43_000 + Math.floor(Math.random() * 1000);
const program = spawn(process.execPath, ['src/main.ts', '--demo', '--size', '2000'], {
  cwd: root,
  env: {
    ...process.env,
    PORT: String(port),
    LAIHU_DATA: dataDir,
    LAIHU_LOG_LEVEL: 'error',
    LAIHU_TODAY: '2007-03-01',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = new Promise<void>((resolve) => program.once('exit', () => resolve()));
const url = `http://127.0.0.1:${port}`;

const ownerOf = (): Sql =>
  connectTo(localUrlOf(dataDir, readConnection(dataDir)!), { max: 1, onnotice: () => {} });
/** The lines of the server's own file; none while there is none. */
function pidFile(): string[] {
  try {
    return readFileSync(join(clusterFolder(dataDir), 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

const postmaster = () => Number(pidFile()[0]);

interface Call {
  readonly unit: string;
  readonly input: { readonly id: string; readonly clientMutationId: string };
  attempts: number;
  answer: string | undefined;
  waitedMs: number;
}

/** When the first write that was sent after the kill was answered. */
let [killedAt, firstSuccess] = [Number.POSITIVE_INFINITY, Number.NaN];

/** Asks until it is answered; what is refused or cut is asked again soon, under the same key. */
async function insist(call: Call, headers: HeadersOf, dueAt: number): Promise<void> {
  const body = JSON.stringify({ query: writeDocument(event), variables: { input: call.input } });
  for (;;) {
    call.attempts += 1;
    const sentAt = performance.now();
    const text = await fetch(`${url}/graphql`, { method: 'POST', headers: headers.get(call.unit)!, body })
      .then((answer) => answer.text())
      .catch(() => '');
    if (text.includes('"committed":true')) {
      const now = performance.now();
      if (sentAt > killedAt && Number.isNaN(firstSuccess)) firstSuccess = now;
      call.answer = text;
      call.waitedMs = now - dueAt;
      return;
    }
    if (/"code":"(?!STORE_UNAVAILABLE|AUDIT_UNAVAILABLE|INTERNAL|OVERLOADED)/.test(text))
      throw new Error(`A write was refused: ${text}`);
    await sleep(50);
  }
}

/** Kills the postmaster, and tells when another one takes connections, which it says in its file. */
async function killDatabase(): Promise<number> {
  const before = postmaster();
  process.kill(before, 'SIGKILL');
  killedAt = performance.now();
  for (;;) {
    const lines = pidFile();
    if (Number(lines[0]) !== before && lines[7]?.trim() === 'ready') return performance.now();
    await sleep(2);
  }
}

try {
  while (
    !(await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (program.exitCode !== null) throw new Error('The program has ended before it answered.');
    await sleep(50);
  }
  const headers = await windowHeaders(dataDir);
  const owner = ownerOf();
  const ids = await makeApplications(owner, event, rate * seconds);
  await owner.end();
  const calls = ids.map(({ id, unit }, n): Call => {
    const input = {
      id: encodeNodeId('PermitApplication', id),
      expectedVersion: 1,
      ...chosen[event],
      clientMutationId: `restart ${n}`,
    };
    return { input, unit, attempts: 0, answer: undefined, waitedMs: Number.NaN };
  });
  for (const call of calls.splice(0, 50)) await insist(call, headers, performance.now());
  const began = performance.now();
  const written = calls.map(async (call, n) => {
    const dueAt = began + (n * 1000) / rate;
    await sleep(Math.max(0, dueAt - performance.now()));
    await insist(call, headers, dueAt);
  });
  await sleep((seconds / 2) * 1000);
  const backAt = await killDatabase();
  await Promise.all(written);
  const took = performance.now() - began;
  const waits = calls.map(({ waitedMs }) => waitedMs).sort((a, b) => a - b);
  const at = (share: number) => (waits[Math.floor((waits.length - 1) * share)] ?? Number.NaN).toFixed(0);
  const sql = ownerOf();
  const [held] = await sql`
    select count(*)::int as applications, count(*) filter (where a.status in ('SUBMITTED', 'APPROVED'))::int as lost,
      (select count(*)::int from access.record_events where event = ${event} and record_type = 'PermitApplication') as events,
      (select count(*)::int from (select from access.record_events where event = ${event} group by record_id having count(*) > 1) d) as doubled
    from permits.permit_applications a where a.application_no like '3101070151990%'`;
  await sql.end();
  console.log(
    JSON.stringify({
      event,
      asked: calls.length,
      answered: calls.filter(({ answer }) => answer !== undefined).length,
      repeated: calls.filter(({ attempts }) => attempts > 1).length,
      seconds: Number((took / 1000).toFixed(1)),
      downMs: Math.round(backAt - killedAt),
      firstSuccessMs: Math.round(firstSuccess - backAt),
      waitMs: { p50: at(0.5), p99: at(0.99), longest: at(1) },
      database: held,
    }),
  );
} finally {
  program.kill('SIGTERM');
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}
