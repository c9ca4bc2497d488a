import type { Matrix } from '../../../src/access/matrix.ts';
import type { RuledContract } from '../../../src/schema.ts';
import type { Oracle } from '../oracle.ts';
import { argumentFaults } from './arguments.ts';
import { eachViewer } from './compared.ts';
import { declaredFaults, declaredRootFaults, matrixFaults } from './declared.ts';
import { outputFaults, rootFaults } from './outputs.ts';

/**
 * Each difference between what a ruled contract gives to each viewer and what the oracle reads from the files: rows,
 * output coordinates, parts of value objects, filter fields, order values.
 * @param first a type to begin with, for whoever needs one difference only
 */
export function* verdictFaults(ruled: RuledContract, oracle: Oracle, first?: string): Generator<string> {
  yield* rootFaults(ruled, oracle, eachViewer);
  const types = [...oracle.types.values()].sort(
    (a, b) => Number(b.name === first) - Number(a.name === first),
  );
  for (const type of types) {
    yield* outputFaults(ruled, oracle, type, eachViewer);
    yield* argumentFaults(ruled, oracle, type, eachViewer);
  }
}

/** Each difference in what is told of the policy, though nobody may see more or less by it today. */
export function* toldFaults(ruled: RuledContract, matrix: Matrix, oracle: Oracle): Generator<string> {
  for (const type of oracle.types.values()) yield* declaredFaults(ruled, type);
  yield* declaredRootFaults(ruled, oracle);
  yield* matrixFaults(matrix, oracle, eachViewer);
}
