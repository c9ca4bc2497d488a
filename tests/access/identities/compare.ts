/** What an answer is, held against the one that the same identity got alone. */
export type Outcome = 'equal' | 'unavailable' | 'foreign';

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  readonly extensions?: unknown;
}

/**
 * Equal, or with parts that are null because a store was unavailable, each of which is said in
 * `errors`. Anything else is foreign: a value, a row, an id, an error that the identity does not get alone.
 */
export function compare(alone: string, got: string): Outcome {
  if (got === alone) return 'equal';
  const [expected, found] = [parse(alone), parse(got)];
  if (!expected || !found) return 'foreign';
  const known = new Set((expected.errors ?? []).map((error) => JSON.stringify(error)));
  if (JSON.stringify(found.extensions) !== JSON.stringify(expected.extensions)) return 'foreign';
  // Errors have no order of their own: those of places that are read side by side come as they happen.
  const added = (found.errors ?? []).filter((error) => !known.has(JSON.stringify(error)));
  if (added.length === 0) {
    const all = found.errors?.length === expected.errors?.length;
    return all && JSON.stringify(found.data) === JSON.stringify(expected.data) ? 'equal' : 'foreign';
  }
  if (added.some(({ extensions }) => extensions?.code !== 'STORE_UNAVAILABLE')) return 'foreign';
  return isPartOf(found.data ?? null, expected.data ?? null) ? 'unavailable' : 'foreign';
}

/** The same, except for nulls. */
function isPartOf(found: unknown, expected: unknown): boolean {
  if (found === null) return true;
  if (typeof found !== 'object' || typeof expected !== 'object' || expected === null)
    return found === expected;
  const keys = Object.keys(expected);
  return (
    Array.isArray(found) === Array.isArray(expected) &&
    Object.keys(found).length === keys.length &&
    keys.every((key) => key in found && isPartOf(found[key as never], expected[key as never]))
  );
}

function parse(text: string): Body | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
