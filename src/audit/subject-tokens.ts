import { type Cipheriv, createCipheriv, createHmac } from 'node:crypto';

/** What was read: ids by record type. */
export type Subjects = Iterable<readonly [type: string, ids: Iterable<string>]>;

/** Bytes of a token; half a block of the cipher. */
export const tokenBytes = 8;
const blockBytes = 16;

/**
 * Keyed one-way tokens of (record type, id). An id of 16 bytes is changed by a secret pattern of its type and
 * goes through AES-256; half of the block is dropped. A keyed permutation cut short is a keyed hash. All ids
 * of a request take one call, because the log may cost almost nothing on a page of a hundred persons.
 */
export class SubjectTokens {
  readonly #key: Buffer;
  readonly #cipher: Cipheriv;
  readonly #patterns = new Map<string, Buffer>();

  /** @param key 32 secret bytes */
  constructor(key: Buffer) {
    this.#key = key;
    // Without padding and chaining a block leaves nothing behind in the cipher, so one cipher serves every
    // call.
    this.#cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  }

  /** Tokens of eight bytes each, in the order of the ids. */
  of(subjects: Subjects): Buffer {
    let blocks = Buffer.allocUnsafe(128 * blockBytes);
    let length = 0;
    for (const [type, ids] of subjects) {
      const pattern = this.#pattern(type);
      for (const id of ids) {
        if (length === blocks.length) blocks = Buffer.concat([blocks, Buffer.allocUnsafe(length)]);
        if (!writeUuid(blocks, length, id))
          createHmac('sha256', this.#key)
            .update(`id ${type} ${id}`)
            .digest()
            .copy(blocks, length, 0, blockBytes);
        for (let i = 0; i < blockBytes; i++) blocks[length + i]! ^= pattern[i]!;
        length += blockBytes;
      }
    }
    const sealed = this.#cipher.update(blocks.subarray(0, length));
    const tokens = Buffer.allocUnsafe(length / 2);
    for (let to = 0; to < tokens.length; to++)
      tokens[to] = sealed[Math.floor(to / tokenBytes) * blockBytes + (to % tokenBytes)]!;
    return tokens;
  }

  #pattern(type: string): Buffer {
    let pattern = this.#patterns.get(type);
    if (!pattern) {
      pattern = createHmac('sha256', this.#key).update(`type ${type}`).digest().subarray(0, blockBytes);
      this.#patterns.set(type, pattern);
    }
    return pattern;
  }
}

/** Writes the sixteen bytes of a uuid; false when the text is no uuid. */
function writeUuid(out: Buffer, at: number, text: string): boolean {
  if (text.length !== 36) return false;
  let to = at;
  for (let i = 0; i < 36; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) i += 1;
    const high = nibble(text.charCodeAt(i));
    const low = nibble(text.charCodeAt(i + 1));
    if (high < 0 || low < 0) return false;
    out[to++] = (high << 4) | low;
  }
  return true;
}

function nibble(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
