import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ExportClient } from '../src/commands/export-client.ts';
import { createDemoIssuer } from '../src/identity/demo-issuer.ts';
import { cpuOf } from './processes.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '100000' },
    data: { type: 'string' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(`Measure exports: the program is started as by npm start, the register of persons is asked for, approved by a second
person and taken in each kind of file, over HTTP, with the access log on.

  --size N       persons of the district (default 100000)
  --data FOLDER  a data folder that is kept (default: a new one, thrown away)
  --only TEXT    only runs whose name holds the text
  --help         this text`);
  process.exit(0);
}

const root = join(import.meta.dirname, '..');
const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'laihu-exports-'));
const port = 43_000 + (process.pid % 1000);
const url = `http://127.0.0.1:${port}`;
const narrow = '{ migrants { nodes { id name sex birthDate subdistrictCode status } } }';
const joined =
  '{ migrants { nodes { id name citizenIdNumber currentRegistration { status arrivedHereOn address { road lane } } } } }';
const runs: readonly (readonly [string, string, string])[] = [
  ['warm-up', narrow, 'CSV'],
  ['6 columns, CSV', narrow, 'CSV'],
  ['6 columns, GB18030', narrow, 'CSV_GB18030'],
  ['6 columns, NDJSON', narrow, 'NDJSON'],
  ['6 columns, XLSX', narrow, 'XLSX'],
  ['7 columns, 3 of another record, CSV', joined, 'CSV'],
];

const program = spawn(process.execPath, ['src/main.ts', '--demo', '--size', values.size], {
  cwd: root,
  env: { ...process.env, PORT: String(port), LAIHU_DATA: dataDir },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = new Promise((resolve) => program.once('exit', resolve));
try {
  while (!(await isReady())) {
    if (program.exitCode !== null) throw new Error(`The program ended with ${program.exitCode}.`);
    await sleep(200);
  }
  const issuer = await createDemoIssuer(dataDir);
  const clerk = new ExportClient(url, (await issuer.issue({ code: 'PSB' })).token);
  const second = new ExportClient(url, (await issuer.issue({ code: 'PSB', colleague: true })).token);
  console.log(
    '| list | records | MB | s | records/s | CPU of Node, s | memory of Node before, at most, MB |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const [name, document, format] of runs.filter(([run]) => run.includes(values.only))) {
    let asked = await clerk.ask(document, format, 'REGISTRATION');
    if (asked.status === 'REQUESTED') asked = await second.approve(asked);
    const before = memoryOf(program.pid!);
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, memoryOf(program.pid!));
    }, 50);
    const cpu = cpuOf(program.pid!);
    const begun = performance.now();
    const response = await clerk.file(asked);
    let bytes = 0;
    let last = '';
    for await (const piece of response) {
      bytes += (piece as Buffer).length;
      last = (piece as Buffer).subarray(-200).toString();
    }
    const seconds = (performance.now() - begun) / 1000;
    clearInterval(watch);
    const end = String(response.trailers['laihu-export']);
    if (!end.startsWith('DONE')) throw new Error(`${name}: ${end} … ${last}`);
    const records = Number(/rows=(\d+)/.exec(end)?.[1]);
    const cells = [
      records.toLocaleString('en'),
      (bytes / 1e6).toFixed(1),
      seconds.toFixed(2),
      Math.round(records / seconds).toLocaleString('en'),
      ((cpuOf(program.pid!) - cpu) / 1000).toFixed(1),
      `${before}, ${most}`,
    ];
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
} finally {
  program.kill('SIGTERM');
  await ended;
  if (!values.data) rmSync(dataDir, { recursive: true, force: true });
}

/** Resident memory of a process, MB. */
function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

function isReady(): Promise<boolean> {
  return new Promise((resolve) => {
    get(`${url}/readyz`, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once('error', () => resolve(false));
  });
}
