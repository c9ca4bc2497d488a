/** A place in the program where the policy is enforced, and how it looks without. */
export interface EnforcementPoint {
  /** What is switched off. */
  readonly name: string;
  /** Below the repository's root. */
  readonly file: string;
  /** Stands there exactly once; each change is made. */
  readonly changes: readonly (readonly [find: string, replace: string])[];
  /** Changes in other files that belong to it: what else would do the same in its place. */
  readonly with?: readonly Pick<EnforcementPoint, 'file' | 'changes'>[];
  /** Tests that see it, below tests/; the likeliest first. One failing test is enough. */
  readonly tests: readonly string[];
  /** Which wall it is part of: it is judged with the other one switched off. */
  readonly wall: 'program' | 'database';
}

/** Points of one file of the program. */
export const pointsOf =
  (file: string, wall: EnforcementPoint['wall'] = 'program') =>
  (
    name: string,
    tests: string | readonly string[],
    ...changes: readonly (readonly [string, string])[]
  ): EnforcementPoint => ({
    name,
    file,
    changes,
    tests: (typeof tests === 'string' ? [tests] : tests).map((test) => `${test}.test.ts`),
    wall,
  });
