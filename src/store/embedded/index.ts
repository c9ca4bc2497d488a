import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { findBinaries } from './binaries.ts';
import { type Connection, localUrlOf, readConnection, urlOf } from './connection-file.ts';
import { lockFolder, lockHolder } from './folder-lock.ts';
import { initialise } from './initialise.ts';
import { launch, stopOrphan, stopServer } from './server.ts';

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
}

/**
 * Starts the program's own PostgreSQL on a data folder, which is made on first use and held until `stop`.
 * @throws Error with one sentence: folder in use, no binaries, server does not start.
 */
export async function startEmbedded({ dataDir, log }: EmbeddedOptions): Promise<Embedded> {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(folder);
  try {
    const binaries = await findBinaries();
    await stopOrphan(folder);
    initialise(binaries, folder, log);
    const server = await launch(binaries, folder);
    // A program that ends without stopping still tells its server to end.
    const leave = () => {
      server.process.kill('SIGINT');
      unlock();
    };
    process.once('exit', leave);
    return {
      ...urlsOf(folder, server.connection),
      async stop() {
        process.off('exit', leave);
        await stopServer(server);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
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
