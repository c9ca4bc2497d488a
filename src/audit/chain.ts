import { randomBytes } from 'node:crypto';
import type { ChainStore, Head } from './chain-store.ts';
import { encodeEntry } from './entry-bytes.ts';
import { createEntryIds } from './entry-id.ts';
import type { AccessEvent } from './event.ts';

/** Before the very first entry of a log. */
export const noHash: Buffer = Buffer.alloc(32);

/** Rows that follow one another, ready to be added, and the entry that is the last one afterwards. */
export interface Group {
  readonly rows: readonly Buffer[];
  readonly head: Head;
}

const started: AccessEvent = {
  operation: 'CHAIN_STARTED',
  person: 'laihu',
  viewer: 'SYSTEM',
  unit: 'SYSTEM',
  posts: [],
  purpose: null,
  client: null,
  coordinates: [],
  fieldGroups: [],
  deniedGroups: [],
  subjects: Buffer.alloc(0),
  verdict: null,
  isMasked: false,
  rowCount: 0,
};

/**
 * The hash chain of one process. Its first entry follows the last entry of the chain before, so a whole chain
 * cannot vanish unnoticed. Times are those of the clock: a clock that was set back must show.
 */
export class Chain {
  #head: Head;
  readonly #nowMs: () => number;
  readonly #idOf = createEntryIds();

  private constructor(head: Head, nowMs: () => number) {
    this.#head = head;
    this.#nowMs = nowMs;
  }

  /** Begins a chain after the last one. When two processes begin at once, one chain follows the other. */
  static async start(store: ChainStore, nowMs: () => number): Promise<Chain> {
    for (let attempt = 1; ; attempt++) {
      const prior = await store.lastChain();
      const chain = new Chain({ chain: randomBytes16(), seq: -1, hash: prior?.hash ?? noHash }, nowMs);
      const group = chain.group([started], prior);
      try {
        await store.append(group.rows);
        chain.advance(group.head);
        return chain;
      } catch (error) {
        if ((error as { code?: string }).code !== '23505' || attempt === 20) throw error;
      }
    }
  }

  /** The last entry that certainly stands in the table. */
  get head(): Head {
    return this.#head;
  }

  /** Chains events behind the head. They count only after `advance`. */
  group(events: readonly AccessEvent[], prior?: Head): Group {
    const rows: Buffer[] = [];
    let { seq, hash } = this.#head;
    const { chain } = this.#head;
    const ms = this.#nowMs();
    for (const [i, event] of events.entries()) {
      seq += 1;
      // Entries of one commit are some microseconds apart, so that lists by time have an order.
      const at = BigInt(ms) * 1000n + BigInt(Math.min(i, 999));
      const made = encodeEntry(event, { chain, seq, prev: hash, id: this.#idOf(ms), at, prior });
      hash = made.hash;
      rows.push(made.row);
    }
    return { rows, head: { chain, seq, hash } };
  }

  advance(head: Head): void {
    this.#head = head;
  }
}

function randomBytes16(): Buffer {
  const id = randomBytes(16);
  id[6] = (id[6]! & 0x0f) | 0x40;
  id[8] = (id[8]! & 0x3f) | 0x80;
  return id;
}
