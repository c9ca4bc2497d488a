import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { isRunning } from './folder-lock.ts';
import { giveFolder, unprivileged } from './unprivileged.ts';

/** Port and password of the embedded server of a data folder, for commands that join a running program. */
export interface Connection {
  readonly port: number;
  readonly password: string;
}

const user = 'laihu';
export const clusterFolder = (dataDir: string) => join(dataDir, 'postgres');
const connectionFile = (dataDir: string) => join(dataDir, 'embedded.json');

export const urlOf = ({ port, password }: Connection) =>
  `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;

export function readConnection(dataDir: string): Connection | undefined {
  try {
    return JSON.parse(readFileSync(connectionFile(dataDir), 'utf8')) as Connection;
  } catch {
    return undefined;
  }
}

/** Makes a new cluster with a password of its own; a half-made one is made again. */
export function initialise(binaries: Binaries, dataDir: string): void {
  const folder = clusterFolder(dataDir);
  if (existsSync(join(folder, 'PG_VERSION')) && readConnection(dataDir)) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(tmpdir(), `laihu-${randomBytes(8).toString('hex')}`);
  const launch = unprivileged([binaries.initdb, folder], binaries.initdb, [
    `--pgdata=${folder}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ]);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (launch.uid !== undefined) chownSync(passwordFile, launch.uid, launch.uid);
  giveFolder(folder, launch);
  try {
    const made = spawnSync(launch.command, launch.args, { ...launch, cwd: '/', encoding: 'utf8' });
    if (made.status !== 0)
      throw new Error(
        `PostgreSQL could not make its data folder ${folder}: ${lastLine(made.stderr ?? String(made.error))}`,
      );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(connectionFile(dataDir), JSON.stringify({ port: 0, password }), { mode: 0o600 });
}

/** Starts the server on a free port of the loopback address and waits until it takes connections. */
export async function launch(
  binaries: Binaries,
  dataDir: string,
): Promise<{ server: ChildProcess; url: string }> {
  const folder = clusterFolder(dataDir);
  await stopOrphan(folder);
  const port = await freePort();
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 200,
    shared_buffers: '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '4GB',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
  };
  const args = [
    '-D',
    folder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const start = unprivileged([binaries.postgres, folder], binaries.postgres, args);
  giveFolder(folder, start);
  const logFile = join(dataDir, 'postgres.log');
  const log = openSync(logFile, 'w');
  // A group of its own: Ctrl-C goes to this program, which stops the server after the last request.
  const server = spawn(start.command, start.args, {
    ...start,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  server.unref();
  let failed = '';
  server.once('error', (error) => {
    failed = error.message;
  });
  for (let waited = 0; !isReady(folder, server.pid); waited += 20) {
    if (failed || server.exitCode !== null || waited > 60_000)
      throw new Error(
        `PostgreSQL did not start on ${folder}: ${failed || lastLine(readFileSync(logFile, 'utf8'))}`,
      );
    await sleep(20);
  }
  const connection = { port, password: readConnection(dataDir)?.password ?? '' };
  writeFileSync(connectionFile(dataDir), JSON.stringify(connection), { mode: 0o600 });
  return { server, url: urlOf(connection) };
}

/** Stops the server: no new connections, running ones ended, data safe. */
export async function stopProcess(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < 15_000; waited += 20) {
      if (!isRunning(pid)) return;
      await sleep(20);
    }
  }
}

/** The line of postmaster.pid that says what the server is doing. */
function isReady(folder: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** A program that was killed leaves its server running; nobody else can be using it, for we hold the folder. */
async function stopOrphan(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (isRunning(pid) && isPostgres(pid, folder)) await stopProcess(pid);
  else rmSync(file, { force: true });
}

function isPostgres(pid: number, folder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
  } catch {
    return process.platform !== 'linux';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const lastLine = (text: string) => text.trim().split('\n').slice(-3).join(' ');
