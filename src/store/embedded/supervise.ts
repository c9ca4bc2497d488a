import type { Binaries } from './binaries.ts';
import { launch, type Server, stopOrphan } from './server.ts';

/** The most restarts within a minute. */
const mostRestarts = 3;
const windowMs = 60_000;

export interface Supervision {
  /** Called with what happened, one line each. */
  readonly log: (line: string) => void;
  /** Called when the server takes connections again. */
  readonly onRunning?: () => void;
  /** Called with one sentence when the server is not started any more. */
  readonly onGivenUp: (sentence: string) => void;
  /** Milliseconds. */
  readonly nowMs?: () => number;
}

export interface Supervised {
  /** The present process. */
  readonly server: Server;
  /** From now on the server is meant to end. Resolves when no start is under way. */
  release(): Promise<void>;
}

/**
 * Starts a server again when it dies (out of memory, kill -9). It keeps its port, so that its URL stays.
 * Three times a minute at the most: another start does not mend what kills it so often.
 */
export function supervise(
  first: Server,
  { binaries, dataDir }: { readonly binaries: Binaries; readonly dataDir: string },
  { log, onGivenUp, onRunning, nowMs = () => performance.now() }: Supervision,
): Supervised {
  let server = first;
  let isWanted = true;
  let starting: Promise<void> | undefined;
  let restarts: number[] = [];

  const restart = async () => {
    for (;;) {
      const now = nowMs();
      restarts = restarts.filter((at) => now - at < windowMs);
      if (restarts.length >= mostRestarts) {
        isWanted = false;
        return onGivenUp(
          `The database of the data folder ends by itself again and again, and is not started any more: see ${dataDir}/postgres.log, then start Laihu again.`,
        );
      }
      restarts.push(now);
      log('The database of the data folder has ended by itself; it is started again.');
      try {
        // The sessions of a killed server live on for a moment.
        await stopOrphan(dataDir);
        server = await launch(binaries, dataDir, server.connection.port);
        watch();
        onRunning?.();
        return log('The database of the data folder runs again.');
      } catch {
        // The server was killed while it started, or cannot start: postgres.log says why.
        if (!isWanted) return;
      }
    }
  };

  const watch = () => {
    const { process } = server;
    const ended = () => {
      if (!isWanted) return;
      starting = restart().finally(() => {
        starting = undefined;
      });
    };
    if (process.exitCode !== null || process.signalCode !== null) ended();
    else process.once('exit', ended);
  };
  watch();

  return {
    get server() {
      return server;
    },
    async release() {
      isWanted = false;
      await starting;
    },
  };
}
