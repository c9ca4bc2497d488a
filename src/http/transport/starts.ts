/** The most requests that begin in one turn of the event loop; bench/RESULTS.md shows other values. */
export const perTurn = 4;

/**
 * Lets a few requests begin in each turn of the event loop. The others wait in a line, first come, first
 * begun. Everything in a turn delays everybody, `/livez` and refusals too, and Node takes one new connection
 * a turn. A hundred requests that begin together also go on together, and each of their turns is a step of
 * all of them. Turns are counted, not running requests: one that waits for a slow store takes no part in any
 * turn and holds up nobody.
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
    // When no request begins, nothing is watched: the next one begins at once.
    if (this.#left < perTurn) this.#watch();
  }
}
