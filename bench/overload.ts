import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createDemoIssuer } from '../src/identity/demo-issuer.ts';
import { personas } from '../src/identity/personas.ts';
import type { ClientOrder, ClientReport } from './overload-client.ts';
import { laihuPage } from './page.ts';
import { cpuOf } from './processes.ts';

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '400' },
    seconds: { type: 'string', default: '10' },
    size: { type: 'string', default: '20000' },
    data: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(`Measure what the program does when more ask than it can answer: it is started as by npm start, and asked
for the page of 100 migrants over kept connections, from a process of its own, while health is asked ten times a second.

  --connections N  connections that ask again and again (default 400)
  --seconds N      length of each run (default 10)
  --size N         persons of the district (default 20000)
  --data FOLDER    a data folder that is kept (default: a new one, thrown away)
  --only TEXT      only runs whose name holds the text
  --help           this text`);
  process.exit(0);
}

const root = join(import.meta.dirname, '..');
const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'laihu-overload-'));
const port = 42_000 + Math.floor(Math.random() * 1000);
const seconds = Number(values.seconds);

const program = spawn(process.execPath, ['src/main.ts', '--demo', '--size', values.size], {
  cwd: root,
  env: { ...process.env, PORT: String(port), LAIHU_DATA: dataDir },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = new Promise((resolve) => program.once('exit', resolve));
try {
  while ((await statusOf('/readyz')) !== 200) {
    if (program.exitCode !== null) throw new Error(`The program ended with ${program.exitCode}.`);
    await sleep(50);
  }
  const issuer = await createDemoIssuer(dataDir);
  const units = personas.find(({ code }) => code === 'SUB')?.units ?? [];
  const tokens = await Promise.all(
    units.map(async (unit) => (await issuer.issue({ code: 'SUB', unit })).token),
  );
  const common = {
    port,
    tokens,
    body: JSON.stringify({ query: laihuPage('') }),
    together: false,
    keeps: true,
  };
  const many = Number(values.connections);
  const order = (connections: number, refused: ClientOrder['refused'], more: Partial<ClientOrder> = {}) => ({
    ...common,
    connections,
    seconds,
    refused,
    ...more,
  });
  const runs: readonly (readonly [string, ClientOrder])[] = [
    ['16 connections', order(16, 'again')],
    ['100 ask together, then rest', order(100, 'again', { together: true })],
    [`${many}, refused ones wait`, order(many, 'wait')],
    [`${many}, refused ones ask again at once`, order(many, 'again')],
    [`${many}, a connection each time, refused ones wait`, order(many, 'wait', { keeps: false })],
    ['16 connections afterwards', order(16, 'again')],
  ];
  // What is asked often is compiled.
  await load({ ...common, connections: 16, seconds: 4, refused: 'again' });
  console.log(`${units.length} identities, ${seconds} s a run; p50 / p99 / longest in ms`);
  for (const [name, order] of runs) if (!values.only || name.includes(values.only)) await run(name, order);
} finally {
  program.kill('SIGTERM');
  await ended;
  if (!values.data) rmSync(dataDir, { recursive: true, force: true });
}

/** One run: the load beside the questions about health. */
async function run(name: string, order: ClientOrder): Promise<void> {
  const before = memory();
  const cpu = cpuOf(program.pid ?? 0);
  let most = before;
  let running = true;
  const health = ['/livez', '/readyz'].map(async (path) => {
    const took: number[] = [];
    let unwell = 0;
    while (running) {
      const began = performance.now();
      if ((await statusOf(path)) !== 200) unwell += 1;
      took.push(performance.now() - began);
      most = Math.max(most, memory());
      await sleep(100);
    }
    return `${path} ${spread(took)}${unwell > 0 ? `, ${unwell} not 200` : ''}`;
  });
  const report = await load(order);
  running = false;
  const said = await Promise.all(health);
  const { answered, refused, wrong, cut, reopened } = report;
  const used = Math.round((cpuOf(program.pid ?? 0) - cpu) / 10 / order.seconds);
  console.log(
    [
      `${name}:`,
      `  answers ${spread(answered)}, ${Math.round(answered.length / order.seconds)} a second`,
      `  503 ${spread(refused)}, ${Math.round(refused.length / order.seconds)} a second`,
      ...said.map((line) => `  ${line}`),
      `  resident ${before} MiB, ${most} at the most, ${memory()} after; CPU of Node ${used} %`,
      `  wrong ${wrong}, cut ${cut}, connections opened again ${reopened}`,
    ].join('\n'),
  );
}

/** The load comes from a process of its own, whose turns are not the program's. */
async function load(order: ClientOrder): Promise<ClientReport> {
  const file = join(import.meta.dirname, 'overload-client.ts');
  const client = spawn(process.execPath, [file, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await text(client.stdout)) as ClientReport;
}

/** A question on a connection of its own; 0 where nobody answers. */
function statusOf(path: string): Promise<number> {
  return new Promise((resolve) => {
    get({ port, path, agent: new Agent() }, (answer) => {
      answer.resume().once('close', () => resolve(answer.statusCode ?? 0));
    }).once('error', () => resolve(0));
  });
}

/** Resident memory of the program, MiB. */
function memory(): number {
  const status = readFileSync(`/proc/${program.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

function spread(times: readonly number[]): string {
  if (times.length === 0) return 'none';
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return `${at(0.5)} / ${at(0.99)} / ${at(1)} (${times.length})`;
}
