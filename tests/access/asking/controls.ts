import type { Refusal } from './access-report.ts';
import type { Expectation } from './expectation.ts';

/**
 * A refusal proves nothing at a coordinate where nobody sees anything: each refused coordinate needs a viewer
 * who saw a recorded value there, on the same surface.
 */
export class Controls {
  readonly #refused = new Set<string>();
  readonly #seen = new Set<string>();

  note({ seen }: Pick<Expectation, 'seen'>, refusals: readonly Refusal[]): void {
    for (const coordinate of seen) this.#seen.add(coordinate);
    for (const { coordinate } of refusals) this.#refused.add(coordinate);
  }

  /** @param concerns whether records of a type are on this surface */
  refusedButNeverSeen(concerns: (type: string) => boolean = () => true): string[] {
    return [...this.#refused]
      .filter((c) => {
        const [type = '', field] = c.split('.');
        return type !== 'Query' && field !== undefined && concerns(type) && !this.#seen.has(c);
      })
      .sort();
  }
}
