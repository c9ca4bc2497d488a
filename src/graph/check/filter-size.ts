import { filterTooComplex } from '../read-errors.ts';

/** A filter that people write has a few conditions; what has more is a burden for the database only. */
const maxConditions = 100;
const maxDepth = 24;

/**
 * Refuses a filter with more than 100 conditions or 24 levels of input, before anything walks it by recursion.
 * @throws FilterTooComplex
 */
export function checkFilterSize(filter: unknown): void {
  let level: readonly unknown[] = [filter];
  let conditions = 0;
  for (let depth = 0; level.length > 0; depth++) {
    const below = level.flatMap((value) => (isInput(value) ? Object.values(value) : []));
    // Each value is a condition; the values of one `in` are one, and bounded where they are read.
    conditions += below.filter((value) => !isInput(value)).length;
    if (conditions > maxConditions || depth > maxDepth) throw filterTooComplex(maxConditions, maxDepth);
    level = below;
  }
}

/** An input object, or a list of them. */
function isInput(value: unknown): value is object {
  if (Array.isArray(value)) return value.some((item) => typeof item === 'object' && item !== null);
  return typeof value === 'object' && value !== null;
}
