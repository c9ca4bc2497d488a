/** Numbers that look random and are the same in each run (mulberry32). */
export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T;
  }

  /** Some of the items, in their order, at least one. */
  some<T>(items: readonly T[], most: number): T[] {
    const taken = new Set<T>();
    const wanted = 1 + Math.floor(this.next() * most);
    for (let i = 0; i < wanted; i++) taken.add(this.pick(items));
    return items.filter((item) => taken.has(item));
  }
}
