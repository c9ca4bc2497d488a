import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks, in milliseconds. */
const betweenMs = 10;

/**
 * Looks again and again until it is so: for what no event tells, such as a lock that a backend of PostgreSQL waits for,
 * or a process that ends. There is no deadline, so that a busy machine fails no test: the test's own one ends it.
 * This is the one place in which a test waits (tests/no-clocks.test.ts); what has an event is waited for by that.
 * @returns what was seen last
 */
export async function until<T>(look: () => T | Promise<T>, isSo: (seen: T) => boolean = Boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    await pause(betweenMs);
  }
}
