import { randomInt } from 'node:crypto';

/** A third is free at least, or keys would be looked for too long. */
const fullest = 2 / 3;
const growth = 1.5;

/**
 * Remembers keys by 64 bits of each, with a number beside: twenty bytes or so a key, all of them outside the heap, where
 * texts take some hundred. Two of ten million keys are taken for one with a chance of one in 400,000; the bits are
 * drawn anew for each table, so that nobody can choose keys that meet.
 */
export class KeyTable {
  #capacity = 1 << 12;
  #count = 0;
  #high = new Uint32Array(this.#capacity);
  #low = new Uint32Array(this.#capacity);
  #value = new Int32Array(this.#capacity);
  readonly #seeds = [randomInt(2 ** 32), randomInt(2 ** 32)] as const;

  get size(): number {
    return this.#count;
  }

  /** @returns the number that was put beside the key before; undefined for a new key, which is remembered with this one */
  put(key: string, value: number): number | undefined {
    const high = hashOf(key, this.#seeds[0]);
    // Nought is a free place.
    const low = hashOf(key, this.#seeds[1], multipliers[1]) || 1;
    const at = this.#placeOf(high, low);
    if (this.#low[at] !== 0) return this.#value[at];
    if (this.#count + 1 > this.#capacity * fullest) {
      this.#grow();
      this.#set(this.#placeOf(high, low), high, low, value);
    } else this.#set(at, high, low, value);
    this.#count += 1;
    return undefined;
  }

  #set(at: number, high: number, low: number, value: number): void {
    this.#high[at] = high;
    this.#low[at] = low;
    this.#value[at] = value;
  }

  /** Where the key stands, or the free place where it would. */
  #placeOf(high: number, low: number): number {
    let at = high % this.#capacity;
    while (this.#low[at] !== 0 && (this.#low[at] !== low || this.#high[at] !== high))
      at = at + 1 === this.#capacity ? 0 : at + 1;
    return at;
  }

  #grow(): void {
    const [high, low, value] = [this.#high, this.#low, this.#value];
    this.#capacity = Math.ceil(this.#capacity * growth);
    this.#high = new Uint32Array(this.#capacity);
    this.#low = new Uint32Array(this.#capacity);
    this.#value = new Int32Array(this.#capacity);
    for (let n = 0; n < low.length; n++)
      if (low[n] !== 0) this.#set(this.#placeOf(high[n]!, low[n]!), high[n]!, low[n]!, value[n]!);
  }
}

/** Different ones, so that texts which meet in one half do not meet in the other: the differences are powers of these. */
const multipliers = [0x9e3779b1, 0x5f356495] as const;

/** 32 bits of a text: its UTF-16 units multiplied in from a seed, then the finish of MurmurHash3. */
export function hashOf(text: string, seed = 0x811c9dc5, multiplier: number = multipliers[0]): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), multiplier);
    hash = (hash << 13) | (hash >>> 19);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
