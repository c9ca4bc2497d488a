import { filterTooComplex } from './read-errors.ts';

/** A filter that people write has a few conditions; what has more is a burden for the database only. */
const maxConditions = 100;
const maxDepth = 12;

/**
 * Refuses a filter with more than 100 conditions or 12 levels, before anything walks it by recursion.
 * @throws FilterTooComplex
 */
export function checkFilterSize(filter: unknown): void {
  let level: readonly unknown[] = [filter];
  let conditions = 0;
  for (let depth = 0; level.length > 0; depth++) {
    const below = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
    // Values of `in` are bounded on their own; they count as one level of values, not as conditions.
    conditions += below.filter((value) => typeof value === 'object' && value !== null).length;
    if (conditions > maxConditions || depth > maxDepth) throw filterTooComplex(maxConditions, maxDepth);
    level = below;
  }
}
