import { parentEnded } from './parent-watch.ts';

/** What Ctrl-C under npm sends twice, the terminal and npm each once, comes within this time, in milliseconds. */
const sameKeystrokeMs = 500;

/** The wish that this program ends. */
export interface Ending {
  /** Resolves at the first SIGINT, SIGTERM or SIGHUP, or when the npm that started it is gone. */
  readonly asked: Promise<void>;
  /** From now on the first wish is waited for; before, and at a second one, the program ends at once. */
  ready(): void;
}

/**
 * Watches for the wish from the program's beginning: one that comes while it starts must not leave a database behind.
 * @param isOfNpm npm started this program
 */
export function watchEnding(isOfNpm: boolean): Ending {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  let isReady = false;
  let askedAt: number | undefined;
  const ask = (signal?: NodeJS.Signals) => {
    const now = performance.now();
    if (signal === 'SIGINT' && isOfNpm && askedAt !== undefined && now - askedAt < sameKeystrokeMs) return;
    if (askedAt !== undefined || !isReady) {
      if (!isReady) process.stderr.write('Ended before the start was done.\n');
      // What is to be ended with the program is ended at its exit.
      process.exit(1);
    }
    askedAt = now;
    resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  if (isOfNpm)
    void parentEnded().then(() => {
      if (askedAt === undefined) ask();
    });
  return {
    asked,
    ready() {
      isReady = true;
    },
  };
}
