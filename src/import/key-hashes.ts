import { randomBytes } from 'node:crypto';

const firstPlaces = 2 ** 16;
/** A key and what is kept with it: three numbers of 32 bits. */
const width = 3;
const seed = randomBytes(8);
const [seedA, seedB] = [seed.readUInt32LE(0), seed.readUInt32LE(4)];

/**
 * Remembers texts by 64 bits of a hash, and 32 bits with each, in one array: 16 to 32 bytes a text, none of them
 * the garbage collector's. Two of ten million texts are taken for one once in 370,000 files; the hash is seeded anew
 * in each process, so that nobody can make such two.
 */
export class KeyHashes {
  size = 0;
  #places = firstPlaces;
  #table = new Uint32Array(firstPlaces * width);

  /** @returns what was kept with the text; undefined when it is new, and then `value` is kept */
  find(text: string, value: number): number | undefined {
    const [high, low] = hashOf(text);
    const table = this.#table;
    const at = this.#placeOf(table, high, low);
    if (table[at] !== 0) return table[at + 2];
    table[at] = high;
    table[at + 1] = low;
    table[at + 2] = value >>> 0;
    this.size += 1;
    if (this.size * 4 > this.#places * 3) this.#grow();
    return undefined;
  }

  /** Where a hash stands, or the free place where it would. */
  #placeOf(table: Uint32Array, high: number, low: number): number {
    const mask = table.length / width - 1;
    let place = low & mask;
    for (;;) {
      const at = place * width;
      if (table[at] === 0 || (table[at] === high && table[at + 1] === low)) return at;
      place = (place + 1) & mask;
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#places *= 2;
    const table = new Uint32Array(this.#places * width);
    for (let from = 0; from < old.length; from += width) {
      if (old[from] === 0) continue;
      const at = this.#placeOf(table, old[from]!, old[from + 1]!);
      table[at] = old[from]!;
      table[at + 1] = old[from + 1]!;
      table[at + 2] = old[from + 2]!;
    }
    this.#table = table;
  }
}

/** Two independent hashes of 32 bits; the first is never 0, which marks a free place. */
function hashOf(text: string): readonly [number, number] {
  let [a, b] = [seedA, seedB];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b = (b << 13) | (b >>> 19);
  }
  return [mixed(a ^ text.length) || 1, mixed(b + text.length)];
}

/** The last step of MurmurHash3: each bit counts for each. */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
