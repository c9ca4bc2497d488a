import { setTimeout as sleep } from 'node:timers/promises';
import { Chain } from './chain.ts';
import type { ChainStore, Head } from './chain-store.ts';
import { type AccessEvent, AuditUnavailable } from './event.ts';

export interface WriterOptions {
  readonly store: ChainStore;
  /** A request that waits longer is refused. */
  readonly timeoutMs: number;
  /** Requests that may wait at once. */
  readonly maxWaiting?: number;
  /** Milliseconds since the epoch. */
  readonly nowMs?: () => number;
  /** Called with what goes wrong, for the log of the program. */
  readonly onFault: (fault: string, error?: unknown) => void;
  /** Called with each chain that was begun. */
  readonly onChain?: (head: Head) => void;
}

interface Waiting {
  readonly event: AccessEvent;
  readonly resolve: () => void;
  readonly reject: (error: AuditUnavailable) => void;
  readonly until: number;
  done: boolean;
}

/** A group that was sent: its last entry, and the requests that wait for it. */
interface Doubt {
  readonly head: Head;
  readonly items: readonly Waiting[];
}

/** The most entries that are committed together. It bounds the size of a statement. */
const largestGroup = 512;
const retryMs = 100;
const mostDoubts = 50;

/**
 * One writer a process. Entries of requests that come together are committed together, and each request waits
 * for its commit. After a failed commit the table is read before anything else is written.
 */
export class Writer {
  readonly #options: Required<Omit<WriterOptions, 'onChain'>> & Pick<WriterOptions, 'onChain'>;
  #chain: Chain;
  #queue: Waiting[] = [];
  #inFlight: readonly Waiting[] = [];
  // Groups that were sent and are not known to stand. After a failure a server may still commit them.
  #doubts: readonly Doubt[] = [];
  #waiting = 0;
  #running: Promise<void> | undefined;
  #sweeper: NodeJS.Timeout | undefined;
  #working = true;
  #closed = false;

  private constructor(options: WriterOptions, chain: Chain) {
    this.#options = { maxWaiting: 2000, nowMs: Date.now, ...options };
    this.#chain = chain;
  }

  /** Begins a chain. @throws what the database says */
  static async open(options: WriterOptions): Promise<Writer> {
    const chain = await Chain.start(options.store, options.nowMs ?? Date.now);
    options.onChain?.(chain.head);
    return new Writer(options, chain);
  }

  /** The last entry that stands. */
  get head(): Head {
    return this.#chain.head;
  }

  /** The last commit succeeded. */
  get working(): boolean {
    return this.#working;
  }

  /** The store answers again: the next entry is tried as if nothing had happened. */
  storeAnswers(): void {
    this.#working = true;
  }

  /** No group is in doubt: of each one it is known whether it stands. */
  get settled(): boolean {
    return this.#doubts.length === 0;
  }

  /** Resolves when the entry is on disk. @throws AuditUnavailable when it cannot be in time */
  record(event: AccessEvent): Promise<void> {
    if (this.#closed) return Promise.reject(new AuditUnavailable('closed'));
    if (this.#waiting >= this.#options.maxWaiting) return Promise.reject(new AuditUnavailable('full'));
    this.#waiting += 1;
    const promise = new Promise<void>((resolve, reject) => {
      this.#queue.push({
        event,
        resolve,
        reject,
        until: performance.now() + this.#options.timeoutMs,
        done: false,
      });
    });
    this.#sweeper ??= setInterval(() => this.#sweep(), Math.min(100, this.#options.timeoutMs));
    this.#running ??= this.#run();
    return promise;
  }

  /** Commits what waits, then takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
    clearInterval(this.#sweeper);
  }

  /** Refuses requests whose entry is late, whether or not the entry is still committed. */
  #sweep(): void {
    const now = performance.now();
    for (const item of this.#queue) if (item.until <= now) this.#settle(item, new AuditUnavailable('late'));
    this.#queue = this.#queue.filter((item) => !item.done);
    for (const item of this.#inFlight)
      if (item.until <= now) this.#settle(item, new AuditUnavailable('late'));
    if (this.#waiting > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }

  async #run(): Promise<void> {
    // Other requests of this turn of the event loop add their entries to the first one's group.
    await new Promise(setImmediate);
    while (this.#queue.length > 0) {
      this.#inFlight = this.#queue.splice(0, largestGroup);
      await this.#commit(this.#inFlight);
      this.#inFlight = [];
    }
    this.#running = undefined;
  }

  async #commit(items: readonly Waiting[]): Promise<void> {
    for (;;) {
      let sent: Doubt | undefined;
      try {
        if (this.#doubts.length > 0) await this.#recover();
        const open = items.filter((item) => !item.done);
        if (open.length === 0) return;
        const { rows, head } = this.#chain.group(open.map((item) => item.event));
        sent = { head, items: open };
        this.#doubts = [...this.#doubts.slice(1 - mostDoubts), sent];
        await this.#options.store.append(rows);
        this.#stands(sent);
        return;
      } catch (error) {
        if (sent && isOfData(error)) return this.#apart(sent, error);
        if (this.#working) this.#options.onFault('audit entries cannot be committed', error);
        this.#working = false;
        if (items.every((item) => item.done)) return;
        await sleep(retryMs);
      }
    }
  }

  /**
   * An entry that the database refuses must not keep the others out. The group is written in halves, down to
   * that entry; its request alone is refused.
   */
  async #apart(refused: Doubt, error: unknown): Promise<void> {
    // The server has refused the group: nothing of it stands.
    this.#doubts = this.#doubts.filter((doubt) => doubt !== refused);
    const { items } = refused;
    const [only] = items;
    if (only && items.length === 1) {
      this.#options.onFault('an audit entry is refused for its data', error);
      return this.#settle(only, new AuditUnavailable('refused'));
    }
    const half = Math.ceil(items.length / 2);
    await this.#commit(items.slice(0, half));
    await this.#commit(items.slice(half));
  }

  /** Reads the head again after a failure: a commit that seemed to fail may stand. */
  async #recover(): Promise<void> {
    const head = await this.#options.store.head(this.#chain.head.chain);
    const doubt = this.#doubts.find((group) => head?.hash.equals(group.head.hash));
    if (doubt) return this.#stands(doubt);
    if (head?.hash.equals(this.#chain.head.hash)) return;
    // Somebody else's entries stand there, or ours are gone: nothing is built on that.
    this.#options.onFault('the chain of audit entries is not as this process left it; a new chain begins');
    this.#chain = await Chain.start(this.#options.store, this.#options.nowMs);
    this.#doubts = [];
    this.#options.onChain?.(this.#chain.head);
  }

  #stands({ head, items }: Doubt): void {
    this.#chain.advance(head);
    this.#doubts = [];
    this.#working = true;
    for (const item of items) this.#settle(item);
  }

  #settle(item: Waiting, error?: AuditUnavailable): void {
    if (item.done) return;
    item.done = true;
    this.#waiting -= 1;
    if (error) item.reject(error);
    else item.resolve();
  }
}

/**
 * Whether a server refuses rows for their data: data exceptions (22), missing or unfitting values (23502,
 * 23514), what is too large (54). A second entry at the same place (23505) is no fault of the data but of the
 * chain.
 */
const isOfData = (error: unknown): boolean =>
  /^(22|54)...$|^(23502|23514)$/.test(String((error as { code?: unknown } | null)?.code ?? ''));
