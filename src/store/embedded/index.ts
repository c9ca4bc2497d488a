import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { faultSentence } from '../fault-sentence.ts';
import { findBinaries } from './binaries.ts';
import { type Connection, localUrlOf, readConnection, urlOf } from './connection-file.ts';
import { lockFolder, lockHolder } from './folder-lock.ts';
import { initialise } from './initialise.ts';
import { launch, stopOrphan, stopServer } from './server.ts';
import { type Supervision, supervise } from './supervise.ts';

export interface Urls {
  readonly url: string;
  /** The shortest way from this machine: the Unix socket where there is one. */
  readonly localUrl: string;
}

export interface Embedded extends Urls {
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** The folder is held already; `stop` releases it. */
  readonly held?: HeldFolder | undefined;
  /** Starts the server again when it dies. Commands leave it out: their work is lost with the server. */
  readonly supervision?: Supervision | undefined;
}

/** A data folder that this process alone uses. */
export interface HeldFolder {
  readonly path: string;
  release(): void;
}

/**
 * Makes a data folder where there is none, and takes it for this process.
 * @throws Error with one sentence: in use, or it cannot be made or written
 */
export function holdFolder(dataDir: string): HeldFolder {
  const path = resolve(dataDir);
  try {
    const made = mkdirSync(path, { recursive: true });
    const unlock = lockFolder(path);
    let isHeld = true;
    const release = () => {
      // Only once: later somebody else may hold the folder.
      if (!isHeld) return;
      isHeld = false;
      unlock();
      if (made) removeEmpty(path, made);
    };
    return { path, release };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new Error(`The data folder cannot be used. ${faultSentence(error, path)} LAIHU_DATA names it.`);
  }
}

/**
 * Starts the program's own PostgreSQL on a data folder, which is made on first use and held until `stop`.
 * @throws Error with one sentence: folder in use, no binaries, server does not start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, log, held = holdFolder(dataDir), supervision } = options;
  const { path: folder, release } = held;
  try {
    const binaries = await findBinaries();
    await stopOrphan(folder);
    initialise(binaries, folder, log);
    const server = await launch(binaries, folder);
    const running = supervision
      ? supervise(server, { binaries, dataDir: folder }, supervision)
      : { server, release: async () => {} };
    // A program that ends without stopping still tells its server to end.
    const leave = () => {
      running.server.process.kill('SIGINT');
      release();
    };
    process.once('exit', leave);
    return {
      ...urlsOf(folder, server.connection),
      async stop() {
        await running.release();
        process.off('exit', leave);
        await stopServer(running.server);
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Removes new folders in which nothing was kept. */
function removeEmpty(path: string, outermost: string): void {
  try {
    for (let folder = path; folder.startsWith(outermost); folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // The folder is not empty.
  }
}

/** The server of a folder that another program holds at this moment, or undefined. */
export function runningEmbedded(dataDir: string): Urls | undefined {
  const folder = resolve(dataDir);
  const connection = lockHolder(folder) === undefined ? undefined : readConnection(folder);
  return connection && urlsOf(folder, connection);
}

function urlsOf(folder: string, connection: Connection): Urls {
  return { url: urlOf(connection), localUrl: localUrlOf(folder, connection) };
}
