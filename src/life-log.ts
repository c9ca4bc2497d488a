import type { StoreChange } from './store/breaker.ts';

/** What of the server's log is used. */
interface ServerLog {
  error(what: object, text: string): void;
  warn(what: object, text: string): void;
}

/** A change in the life of a store, as the log has it. */
interface StoreLine {
  readonly store: string;
  readonly change: StoreChange;
  readonly reason?: string | undefined;
}

/**
 * Where the program tells what becomes of what it rests on: one line each, in the server's log, and in plain words
 * before there is one. Never a value, never a driver's words.
 */
export class LifeLog {
  readonly #early: NodeJS.WritableStream;
  #log: ServerLog | undefined;

  constructor(early: NodeJS.WritableStream) {
    this.#early = early;
  }

  goesTo(log: ServerLog): void {
    this.#log = log;
  }

  store({ store, change, reason }: StoreLine): void {
    const text = `store ${change}`;
    if (this.#log) this.#log.warn({ store, change, ...(reason && { reason }) }, text);
    else this.#early.write(`${text}: ${store}\n`);
  }

  event(text: string): void {
    if (this.#log) this.#log.warn({}, text);
    else this.#early.write(`${text}\n`);
  }

  fault(text: string, error?: unknown): void {
    if (this.#log)
      this.#log.error({ fault: { code: (error as { code?: unknown } | undefined)?.code } }, text);
    else this.#early.write(`${text}\n`);
  }
}
