/** How long the breaker stays open before one statement may try, in milliseconds. */
const openForMs = 1000;

/**
 * The changes of a store: the first failure after an answer, the breaker, the first answer after a failure.
 */
export type StoreChange = 'stopped answering' | 'breaker opened' | 'breaker closed' | 'answers again';

/**
 * Keeps requests from waiting for a store that does not answer. After some failures in a row it refuses
 * statements at once. It lets a single one through now and then, and closes when that succeeds.
 */
export class Breaker<Reason = string> {
  readonly #onChange: (change: StoreChange, reason?: Reason) => void;
  readonly #failuresToOpen: number;
  readonly #nowMs: () => number;
  #failures = 0;
  #retryAt = 0;
  #probing = false;

  /**
   * @param onChange told of each change, once, and of the reason of the failure that made it
   * @param failuresToOpen so many failures in a row open the breaker
   * @param nowMs a clock in milliseconds
   */
  constructor(
    onChange: (change: StoreChange, reason?: Reason) => void = () => {},
    failuresToOpen = 5,
    nowMs = () => performance.now(),
  ) {
    this.#onChange = onChange;
    this.#nowMs = nowMs;
    this.#failuresToOpen = failuresToOpen;
  }

  /** Statements are refused, except one now and then. */
  get isOpen(): boolean {
    return this.#failures >= this.#failuresToOpen;
  }

  /** Whole seconds until asking again makes sense. */
  get retryAfterSeconds(): number {
    const leftMs = this.isOpen ? this.#retryAt - this.#nowMs() : 0;
    return Math.max(1, Math.ceil(leftMs / 1000));
  }

  /** Whether a statement may be sent. Whoever sends one reports afterwards how it went. */
  admits(): boolean {
    if (!this.isOpen) return true;
    if (this.#probing || this.#nowMs() < this.#retryAt) return false;
    this.#probing = true;
    return true;
  }

  /** Something else than a statement says that it may answer again: the next one is sent at once. */
  tryAgain(): void {
    this.#retryAt = 0;
  }

  succeeded(): void {
    this.#probing = false;
    if (this.#failures === 0) return;
    const wasOpen = this.isOpen;
    this.#failures = 0;
    if (wasOpen) this.#onChange('breaker closed');
    this.#onChange('answers again');
  }

  /** @returns whether this failure opened the breaker */
  failed(reason?: Reason): boolean {
    this.#failures += 1;
    this.#probing = false;
    if (this.#failures === 1) this.#onChange('stopped answering', reason);
    if (!this.isOpen) return false;
    this.#retryAt = this.#nowMs() + openForMs;
    if (this.#failures !== this.#failuresToOpen) return false;
    this.#onChange('breaker opened', reason);
    return true;
  }

  /** The statement was not sent after all. */
  unused(): void {
    this.#probing = false;
  }
}
