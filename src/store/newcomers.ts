/** Identities that are remembered; with more, all are newcomers again. */
const most = 20_000;

/** Counts how often identities have asked lately. */
export class Newcomers {
  readonly #turns: number;
  readonly #forgetMs: number;
  readonly #known = new Map<string, { count: number; at: number }>();

  /**
   * @param turns so often each may ask as a newcomer
   * @param forgetMs who has not asked for so long is one again
   */
  constructor(turns: number, forgetMs: number) {
    this.#turns = turns;
    this.#forgetMs = forgetMs;
  }

  /** Counts that an identity asks, and says whether it does so as a newcomer. */
  admits(key: string): boolean {
    if (this.#turns === 0) return false;
    const now = performance.now();
    const known = this.#known.get(key);
    if (known && now - known.at < this.#forgetMs) {
      known.count += 1;
      known.at = now;
      return known.count <= this.#turns;
    }
    if (this.#known.size >= most) this.#known.clear();
    this.#known.set(key, { count: 1, at: now });
    return true;
  }
}
