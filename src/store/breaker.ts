/** So many failures in a row open the breaker. */
const failuresToOpen = 5;
/** So long it stays open before one statement may try, in milliseconds. */
const openForMs = 1000;

/**
 * Keeps requests from waiting for a store that does not answer: after some failures in a row they are refused at
 * once, until a single statement that is let through now and then succeeds.
 */
export class Breaker {
  #failures = 0;
  #retryAt = 0;
  #probing = false;

  /** Whether a statement may be sent; whoever is admitted says afterwards how it went. */
  admits(): boolean {
    if (this.#failures < failuresToOpen) return true;
    if (this.#probing || performance.now() < this.#retryAt) return false;
    this.#probing = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#probing = false;
  }

  /** @returns whether this failure opened the breaker */
  failed(): boolean {
    this.#failures += 1;
    this.#probing = false;
    if (this.#failures < failuresToOpen) return false;
    this.#retryAt = performance.now() + openForMs;
    return this.#failures === failuresToOpen;
  }

  /** The statement was not sent after all. */
  unused(): void {
    this.#probing = false;
  }
}
