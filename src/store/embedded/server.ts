import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import {
  type Connection,
  clusterFolder,
  readConnection,
  socketFolder,
  writeConnection,
} from './connection-file.ts';
import { isRunning } from './folder-lock.ts';
import { lastLines } from './initialise.ts';
import { giveFolder, refusedNamespace, unprivileged } from './unprivileged.ts';

/** A running server that this program started. */
export interface Server {
  readonly process: ChildProcess;
  readonly connection: Connection;
}

/** After a large load, replaying what a killed server had not yet written can take a while. */
const startWithinMs = 120_000;
const pollMs = 10;

/** For a machine of two cores that also runs Node. */
function settings(port: number, socketFolder: string | undefined): Record<string, string | number> {
  const large = totalmem() >= 4 * 1024 ** 3;
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketFolder ? `"${socketFolder.replaceAll('"', '""')}"` : '',
    port,
    max_connections: 200,
    shared_buffers: large ? '512MB' : '128MB',
    work_mem: '16MB',
    maintenance_work_mem: large ? '256MB' : '64MB',
    // Nobody replicates this server. Indexes that an import builds anew then need no log.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: large ? '4GB' : '1GB',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    // The log is for operators: it has no statement, no parameter, no detail with a value.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
}

/**
 * Starts the server on the loopback address and waits until it takes connections.
 * @param port the earlier port of a server that is started again; else a free one
 */
export async function launch(binaries: Binaries, dataDir: string, port?: number): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchOn(port ?? (await freePort()), binaries, dataDir);
    } catch (error) {
      // Another program took the port meanwhile, or the sessions of a killed server are still ending.
      if (attempt === 5 || !/could not (bind|create any)|shared memory block/.test(String(error)))
        throw error;
      await sleep(attempt * 200);
    }
  }
}

async function launchOn(port: number, binaries: Binaries, dataDir: string): Promise<Server> {
  const folder = clusterFolder(dataDir);
  const options = Object.entries(settings(port, socketFolder(dataDir))).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const start = unprivileged(folder, binaries.postgres, ['-D', folder, ...options]);
  giveFolder(folder, start);
  const logFile = join(dataDir, 'postgres.log');
  const log = openSync(logFile, 'w', 0o600);
  // A session of its own: Ctrl-C goes to this program, which stops the server after the last request.
  const server = spawn(start.command, start.args, {
    ...start,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  server.unref();
  // A program that is told to end meanwhile must not leave the server behind.
  const leave = () => server.kill('SIGINT');
  process.once('exit', leave);
  let failed = '';
  server.once('error', (error) => {
    failed = error.message;
  });
  for (const begun = Date.now(); !isReady(folder, server.pid); ) {
    const ended = failed !== '' || server.exitCode !== null || server.signalCode !== null;
    if (ended || Date.now() - begun > startWithinMs) {
      if (!ended) server.kill('SIGQUIT');
      const output = failed || readFileSync(logFile, 'utf8');
      throw new Error(
        refusedNamespace(start, output) ??
          `PostgreSQL did not start on ${folder}: ${lastLines(output) || 'it does not answer'}`,
      );
    }
    await sleep(pollMs);
  }
  process.off('exit', leave);
  const connection = { port, password: readConnection(dataDir)?.password ?? '' };
  writeConnection(dataDir, connection);
  return { process: server, connection };
}

/** Stops a server that this program started. */
export async function stopServer({ process: server }: Server): Promise<void> {
  if (server.pid === undefined) return;
  const ended = server.exitCode === null && server.signalCode === null ? once(server, 'exit') : undefined;
  server.ref();
  await stopProcess(server.pid);
  await ended;
}

/** Stops a server: no new connections, running ones ended, data safe. */
async function stopProcess(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (const begun = Date.now(); Date.now() - begun < 15_000; await sleep(pollMs))
      if (!isRunning(pid)) return;
  }
}

/** A killed program leaves its server running. Nobody else can be using it, because we hold the folder. */
export async function stopOrphan(dataDir: string): Promise<void> {
  const folder = clusterFolder(dataDir);
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (isRunning(pid) && isPostgres(pid, folder)) await stopProcess(pid);
  // The file may hold the number of another process by now, or of one that was not reaped. A new server would
  // take that for a running server. Sessions that still end are found by their shared memory.
  rmSync(file, { force: true });
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
