import type { Operation } from '../../audit/event.ts';
import type { FieldGroup } from '../../contract/tables/matrix.ts';

/** What the log keeps of a document for a viewer. */
export interface LogPlan {
  readonly operation: Operation;
  readonly isAudited: boolean;
  readonly coordinates: readonly string[];
  readonly fieldGroups: readonly string[];
  /** Groups with every coordinate refused. */
  readonly deniedGroups: readonly string[];
  /** The refused coordinates, silently refused ones among them. */
  readonly refused: readonly string[];
  /** There are some. */
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
  readonly #refused = new Set<string>();
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
    for (const coordinate of from.#refused) this.#refused.add(coordinate);
    this.#isMasked = from.#isMasked;
  }

  needsEntry(): void {
    this.#isAudited = true;
  }

  add(coordinate: string, group: FieldGroup | null, isRefused: boolean, isMasked: boolean): void {
    this.#coordinates.add(coordinate);
    if (group) this.#groups.set(group.name, (this.#groups.get(group.name) ?? false) || !isRefused);
    if (isRefused) this.#refused.add(coordinate);
    this.#isMasked ||= isMasked;
  }

  /** Plans of one document for one viewer are equal when their keys are. */
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
      refused: [...this.#refused],
      isRefused: this.#refused.size > 0,
      isMasked: this.#isMasked,
    };
  }
}
