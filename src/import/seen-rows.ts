import { KeyHashes } from './key-hashes.ts';

export type Seen = 'new' | 'repeated' | 'different';

/**
 * Remembers the rows of a file by key: numbers made of key and content, not the texts, so that a file of millions of
 * rows fits in memory.
 */
export class SeenRows {
  readonly #contents = new KeyHashes();

  /** Whether a row with this key was seen before, and if so whether it said the same. Remembers the first. */
  see(key: string, content: string): Seen {
    const hash = hashOf(content);
    const before = this.#contents.find(key, hash);
    if (before === undefined) return 'new';
    return before === hash ? 'repeated' : 'different';
  }
}

/** FNV-1a over UTF-16 units, 32 bits: enough to tell two rows of one key apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
