import { type LinkServers, serverGroups } from '../links/refresh.ts';
import { refreshGrants } from '../links/refresh-grants.ts';
import type { CopyingStore } from './carried.ts';
import { carryCopies } from './carry.ts';

export interface CarryingOptions {
  readonly servers: LinkServers;
  readonly stores: readonly CopyingStore[];
  /** The district's calendar day, YYYY-MM-DD. */
  readonly today: () => string;
  /** The viewers whose links decide about rows of some stores (`linkReaders`). */
  readonly readersOf: (stores: ReadonlySet<string>) => ReadonlySet<string>;
  /** Told once when it stops working, until it works again. */
  readonly onFault: (text: string, error: unknown) => void;
}

const everyMs = 1000;

/**
 * Keeps servers of one district in step: each second it carries what triggers have noted (territory, shield, links,
 * areas) and the case-bound grants in force. With one server there is nothing to carry, and nothing runs.
 */
export class Carrying {
  readonly #options: CarryingOptions;
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  #isBroken = false;
  #stopped = false;

  constructor(options: CarryingOptions) {
    this.#options = options;
  }

  begin(): void {
    const { servers, stores } = this.#options;
    if (serverGroups(servers, stores).length === 1) return;
    const tick = async () => {
      this.#work = this.#carry();
      await this.#work;
      if (!this.#stopped) this.#timer = setTimeout(tick, everyMs).unref();
    };
    void tick();
  }

  /** Ends when what is being carried is carried. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#work;
  }

  /** Grants are closed and persons shielded whether or not the other can be done. */
  async #carry(): Promise<void> {
    const { servers, stores, today, readersOf, onFault } = this.#options;
    const copies = async () => {
      while (!this.#stopped && (await carryCopies(servers, stores, today(), readersOf)) > 0);
    };
    const done = await Promise.allSettled([copies(), refreshGrants(servers, stores)]);
    const failed = done.find((each) => each.status === 'rejected');
    if (failed && !this.#isBroken)
      onFault('what rows carry of other servers does not come over', failed.reason);
    this.#isBroken = failed !== undefined;
  }
}
