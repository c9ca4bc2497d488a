import type { ExecutionResult, GraphQLError } from 'graphql';

type Step = string | number;

/**
 * An answer with its errors in the order of their places. An executor collects them as they happen: which of two
 * stores answers first would show in it.
 */
export function inOrderOfAnswer(result: ExecutionResult): ExecutionResult {
  const { errors, data } = result;
  if (!errors || errors.length < 2) return result;
  return { ...result, errors: errors.toSorted((a, b) => compare(a, b, data)) };
}

function compare(a: GraphQLError, b: GraphQLError, data: unknown): number {
  const [left, right] = [a.path ?? [], b.path ?? []];
  let at = data;
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [one, other] = [left[i]!, right[i]!];
    if (one !== other) return order(one, other, at);
    at = (at as Record<Step, unknown> | null | undefined)?.[one];
  }
  return left.length - right.length;
}

/** Where two steps from one place stand to each other: items by number, fields as they are answered. */
function order(one: Step, other: Step, at: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const names = typeof at === 'object' && at !== null ? Object.keys(at) : [];
  const places = names.indexOf(String(one)) - names.indexOf(String(other));
  // Where nothing is answered there is no order of fields; any will do that is always the same.
  return places || (String(one) < String(other) ? -1 : 1);
}
