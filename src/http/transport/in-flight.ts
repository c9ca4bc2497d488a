import { Starts } from './starts.ts';

export interface InFlightOptions {
  /** The most requests that are answered or wait for it. */
  readonly most: number;
  /** Called when the first one is refused; and, with the number of the refused, when there is room again. */
  readonly onChange?: (refused: number | undefined) => void;
}

/**
 * Counts the requests that are being answered or wait in line. Beyond the bound, further ones are refused at
 * once: each would slow down all the others and take up memory, until nobody waits for an answer any more.
 */
export class InFlight {
  readonly #options: InFlightOptions;
  readonly #starts = new Starts();
  #count = 0;
  #refused = 0;

  constructor(options: InFlightOptions) {
    this.#options = options;
  }

  get isFull(): boolean {
    return this.#count >= this.#options.most;
  }

  get count(): number {
    return this.#count;
  }

  refused(): void {
    this.#refused += 1;
    if (this.#refused === 1) this.#options.onChange?.(undefined);
  }

  /** Fulfilled when an admitted request may begin. */
  start(): Promise<void> {
    return this.#starts.wait();
  }

  /** Admits a request. @returns what ends it, once; undefined when there is no room */
  enter(): (() => void) | undefined {
    if (this.isFull) {
      this.refused();
      return undefined;
    }
    this.#count += 1;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#count -= 1;
      // Not at the first free place: while too many ask, that one is taken again at once.
      if (this.#refused === 0 || this.#count > this.#options.most / 2) return;
      this.#options.onChange?.(this.#refused);
      this.#refused = 0;
    };
  }
}
