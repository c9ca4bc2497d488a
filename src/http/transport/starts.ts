/** Requests that begin in one turn of the event loop at the most; bench/RESULTS.md has what others give. */
export const perTurn = 4;

/**
 * Lets requests begin a few in each turn of the event loop; the others wait in a line, first come, first begun. Whatever
 * happens in a turn delays everybody, `/livez` and refusals too, and Node takes one new connection a turn: a hundred that
 * begin together go on together, and each of their turns is a step of all of them.
 * Turns are counted, not requests that run: one that waits for a slow store takes no part in any turn and holds up nobody.
 */
export class Starts {
  readonly #line: (() => void)[] = [];
  /** How many may still begin in this turn. */
  #left = perTurn;
  #isWatching = false;

  /** Fulfilled when the caller may begin. */
  async wait(): Promise<void> {
    this.#watch();
    if (this.#line.length === 0 && this.#left > 0) this.#left -= 1;
    else await new Promise<void>((resolve) => this.#line.push(resolve));
  }

  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#isWatching = false;
    this.#left = perTurn;
    for (const begin of this.#line.splice(0, perTurn)) {
      this.#left -= 1;
      begin();
    }
    // When nothing begins, nothing is watched: the next request begins at once.
    if (this.#left < perTurn) this.#watch();
  }
}
