import type { Change } from '../syntax/find.ts';

/** A test file below tests/, or the part of it whose titles begin with the name of a surface. */
export interface Tests {
  readonly file: string;
  readonly surface?: string;
}

/** Surfaces that a test file asks together with others (tests/access/surfaces/). */
const askedTogether: Readonly<Record<string, string>> = {
  'access/lists': 'access/reads',
  'access/nested': 'access/reads',
  'access/nodes': 'access/reads',
  'access/filters': 'access/arguments',
  'access/orders': 'access/arguments',
};

function testsOf(name: string): Tests {
  const together = askedTogether[name];
  return together
    ? { file: `${together}.test.ts`, surface: name.split('/')[1] }
    : { file: `${name}.test.ts` };
}

/** A place in the program where the policy is enforced, and how it looks without. */
export interface EnforcementPoint {
  /** What is switched off. */
  readonly name: string;
  /** Its name, without folders. */
  readonly file: string;
  readonly changes: readonly Change[];
  /** Tests that see it, the likeliest first. One failing test is enough. */
  readonly tests: readonly Tests[];
  /** Which wall it is part of: it is judged with the other one switched off. */
  readonly wall: 'program' | 'database';
}

/** Points of one file of the program. @param file its name, without folders */
export const pointsOf =
  (file: string, wall: EnforcementPoint['wall'] = 'program') =>
  (name: string, tests: string | readonly string[], ...changes: readonly Change[]): EnforcementPoint => ({
    name,
    file,
    changes,
    tests: (typeof tests === 'string' ? [tests] : tests).map(testsOf),
    wall,
  });
