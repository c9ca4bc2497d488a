import type { Operation } from '../../audit/event.ts';
import type { FieldGroup } from '../../contract/tables/matrix.ts';

/** What the log keeps of a document for a viewer. */
export interface LogPlan {
  readonly operation: Operation;
  readonly isAudited: boolean;
  readonly coordinates: readonly string[];
  readonly fieldGroups: readonly string[];
  /** Groups of which every coordinate is refused. */
  readonly deniedGroups: readonly string[];
  /** Some coordinate is refused, also where the answer does not say so. */
  readonly isRefused: boolean;
  readonly isMasked: boolean;
}

/** Collects the coordinates of a document, each once. */
export class LogPlanBuilder {
  readonly #operation: Operation;
  readonly #coordinates = new Set<string>();
  /** Group → whether some coordinate of it is allowed. */
  readonly #groups = new Map<string, boolean>();
  #isAudited = false;
  #isRefused = false;
  #isMasked = false;

  /** @param from the kind of operation, or what is known already */
  constructor(from: 'query' | 'mutation' | 'subscription' | LogPlanBuilder) {
    if (typeof from === 'string') {
      this.#operation = from.toUpperCase() as Operation;
      return;
    }
    this.#operation = from.#operation;
    for (const coordinate of from.#coordinates) this.#coordinates.add(coordinate);
    for (const [group, allowed] of from.#groups) this.#groups.set(group, allowed);
    this.#isAudited = from.#isAudited;
    this.#isRefused = from.#isRefused;
    this.#isMasked = from.#isMasked;
  }

  needsEntry(): void {
    this.#isAudited = true;
  }

  add(coordinate: string, group: FieldGroup | null, isRefused: boolean, isMasked: boolean): void {
    this.#coordinates.add(coordinate);
    if (group) this.#groups.set(group.name, (this.#groups.get(group.name) ?? false) || !isRefused);
    this.#isRefused ||= isRefused;
    this.#isMasked ||= isMasked;
  }

  /** Equal keys make equal plans of one document for one viewer. */
  get key(): string {
    return [...this.#coordinates].join();
  }

  plan(): LogPlan {
    return {
      operation: this.#operation,
      isAudited: this.#isAudited,
      coordinates: [...this.#coordinates],
      fieldGroups: [...this.#groups.keys()],
      deniedGroups: [...this.#groups].flatMap(([group, allowed]) => (allowed ? [] : [group])),
      isRefused: this.#isRefused,
      isMasked: this.#isMasked,
    };
  }
}
