import { GraphQLError } from 'graphql';
import { maxObjects, tooCostly } from './too-costly.ts';

/** A step on the way to a place in an answer, as executors keep it. */
export interface PathStep {
  readonly prev: PathStep | undefined;
  readonly key: string | number;
}

/**
 * Counts the objects of one answer while it is made. This is the second bound, which holds whatever was
 * predicted. Beyond it every further count fails, so nothing more is read, and the whole request is refused.
 */
export class ObjectMeter {
  readonly limit: number;
  #objects = 0;
  #rows = 0;
  #stop: GraphQLError | undefined;
  #refusal: GraphQLError | undefined;

  constructor(limit: number = maxObjects) {
    this.limit = limit;
  }

  /** Objects of the answer so far. */
  get objects(): number {
    return this.#objects;
  }

  /** QUERY_TOO_COSTLY once the bound was passed. It answers the whole request. */
  get refusal(): GraphQLError | undefined {
    return this.#refusal;
  }

  /**
   * Counts objects at their place in the answer.
   * @throws GraphQLError once there are too many
   */
  add(objects: number, path: PathStep | undefined): void {
    this.#objects += objects;
    if (this.#stop || this.#objects > this.limit) this.#end(this.#objects, path);
  }

  /**
   * Counts rows as they come from a store, before anything is made of them.
   * @throws GraphQLError once there are too many
   */
  rows(rows: number, path: PathStep | undefined): void {
    this.#rows += rows;
    if (this.#stop || this.#rows > this.limit) this.#end(this.#rows, path);
  }

  #end(cost: number, path: PathStep | undefined): never {
    throw this.#refuse(cost, namesOf(path));
  }

  #refuse(cost: number, path: readonly string[]): GraphQLError {
    this.#refusal ??= tooCostly({ objects: cost, path }, this.limit);
    const { message, extensions } = this.#refusal;
    // All places share one error: executors do not wrap an error that has a path, and there may be thousands
    // of places.
    this.#stop ??= new GraphQLError(message, { path, extensions });
    return this.#stop;
  }
}

/** Response names from the root on, without places in lists. */
function namesOf(path: PathStep | undefined): string[] {
  const names: string[] = [];
  for (let step = path; step; step = step.prev) if (typeof step.key === 'string') names.unshift(step.key);
  return names;
}
