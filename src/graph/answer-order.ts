import type { GraphQLError } from 'graphql';
import { DenialError } from '../contract/policy/denial.ts';

/** Errors by the steps of their paths. */
interface Branch {
  readonly here: GraphQLError[];
  readonly below: Map<string | number, Branch>;
}

const branch = (): Branch => ({ here: [], below: new Map() });

/**
 * The errors of an answer in the order of their places in it, whatever order they came in. A refused place that is
 * not there, because something above it is null, is left out; of other faults every one is kept.
 */
export function* inAnswerOrder(data: unknown, errors: readonly GraphQLError[]): Generator<GraphQLError> {
  const root = branch();
  for (const error of errors) {
    let at = root;
    for (const step of error.path ?? []) {
      let next = at.below.get(step);
      if (!next) {
        next = branch();
        at.below.set(step, next);
      }
      at = next;
    }
    at.here.push(error);
  }
  yield* walk(data, root, true);
}

function* walk(value: unknown, { here, below }: Branch, isThere: boolean): Generator<GraphQLError> {
  for (const error of here) if (isThere || !(error instanceof DenialError)) yield error;
  if (below.size === 0) return;
  const found = stepsIn(value);
  for (const step of found) {
    const next = below.get(step);
    if (next) yield* walk((value as Record<string | number, unknown>)[step], next, true);
  }
  const there = new Set(found);
  // Where nothing is answered there is no order of fields; any will do that is always the same.
  const absent = [...below].filter(([step]) => !there.has(step));
  for (const [, next] of absent.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)))
    yield* walk(undefined, next, false);
}

function stepsIn(value: unknown): readonly (string | number)[] {
  if (Array.isArray(value)) return [...value.keys()];
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
