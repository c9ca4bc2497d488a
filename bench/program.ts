import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateFile } from '../tests/import/generate-file.ts';

/** Times of the whole program, as a user meets them. */
export interface ProgramTimes {
  /** Milliseconds until `GET /readyz` says yes. */
  readonly firstStart: number;
  readonly nextStart: number;
  /** Resident memory of the idle Node process, MiB. */
  readonly memory: number;
  /** Rows a second of a generated month file, and its size. */
  readonly importRows: number;
  readonly importRate: number;
}

const root = join(import.meta.dirname, '..');
const importRows = 500_000;

/** Starts the program twice on a new data folder, then loads a large file into another. */
export async function measureProgram(say: (line: string) => void): Promise<ProgramTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'laihu-bench-'));
  try {
    const dataDir = join(folder, 'start');
    const first = await startOnce(dataDir);
    const next = await startOnce(dataDir);
    say(`first start ${first.ms} ms, next start ${next.ms} ms, ${next.memory} MiB`);
    const importRate = measureImport(folder);
    say(`import ${importRate} rows/s`);
    return { firstStart: first.ms, nextStart: next.ms, memory: next.memory, importRows, importRate };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startOnce(dataDir: string): Promise<{ ms: number; memory: number }> {
  const port = 42_000 + Math.floor(Math.random() * 1000);
  const began = Date.now();
  const program = spawn(process.execPath, ['src/main.ts', '--demo'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), LAIHU_DATA: dataDir, LAIHU_LOG_LEVEL: 'warn' },
    stdio: 'ignore',
  });
  while (!(await isReady(port))) {
    if (program.exitCode !== null)
      throw new Error(`The program ended with ${program.exitCode} before it answered.`);
    await sleep(10);
  }
  const ms = Date.now() - began;
  await sleep(3000);
  const status = readFileSync(`/proc/${program.pid}/status`, 'utf8');
  const memory = Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
  const ended = new Promise((resolve) => program.once('exit', resolve));
  program.kill('SIGTERM');
  await ended;
  return { ms, memory };
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** Rows a second of the command from its start to its end, the start of the database apart. */
function measureImport(folder: string): number {
  const file = join(folder, 'registrations-2007-02.csv');
  const { rows } = generateFile(file, 'public-security', { rows: importRows, month: '2007-02' });
  const small = join(folder, 'few-2007-02.csv');
  generateFile(small, 'public-security', { rows: 10, month: '2007-02', from: importRows });
  const env = { ...process.env, LAIHU_DATA: join(folder, 'import') };
  const load = (name: string) => {
    const began = Date.now();
    const done = spawnSync(process.execPath, ['src/commands/import.ts', 'public-security', name, '--json'], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    if (done.status !== 0) throw new Error(`The import failed: ${done.stderr}`);
    return Date.now() - began;
  };
  load(small);
  const idle = load(small);
  if (statSync(file).size === 0) throw new Error('The generated file is empty.');
  return Math.round(rows / ((load(file) - idle) / 1000));
}
