import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that start programs, or ask and import for long. */
const long =
  /\/tests\/(program|browser)\/|\/(sequences|command|command-faults|tables|two-persons|database-alone|reads|same-in-every-run|verifier-ends)\.test\.ts$/;

/**
 * Begins with what takes long, also where no earlier run is known, as in CI. A long file that is begun last keeps one
 * worker busy while the other has nothing to do.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => (long.test(moduleId) ? 0 : 1);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
