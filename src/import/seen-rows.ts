import { hashOf, KeyTable } from './key-table.ts';

export type Seen = 'new' | 'repeated' | 'different';

/**
 * Remembers the rows of a file by key. Some bits are kept of key and content, not the row, so that a file of millions
 * of rows fits in memory.
 */
export class SeenRows {
  readonly #rows = new KeyTable();

  /** Whether a row with this key was seen before, and if so whether it said the same. Remembers the first. */
  see(key: string, content: string): Seen {
    const hash = hashOf(content) | 0;
    const before = this.#rows.put(key, hash);
    if (before === undefined) return 'new';
    return before === hash ? 'repeated' : 'different';
  }
}
