import { expect } from 'vitest';

/** Fails with the differences that were found, one a line, at most thirty of them. */
export function expectNoProblems(...problems: readonly (readonly string[])[]): void {
  const all = problems.flat();
  if (all.length > 0) expect.fail(`${all.length} differences:\n${all.slice(0, 30).join('\n')}`);
}
