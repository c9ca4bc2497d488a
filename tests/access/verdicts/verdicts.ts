import type { Matrix } from '../../../src/contract/tables/matrix.ts';
import type { RuledContract } from '../../../src/schema.ts';
import type { Oracle } from '../oracle.ts';
import { argumentFaults } from './arguments.ts';
import { type EachViewer, eachViewer } from './compared.ts';
import { declaredFaults, declaredPartFaults, declaredRootFaults, matrixFaults } from './declared.ts';
import { outputFaults, rootFaults } from './outputs.ts';

/** Where to look: everywhere, when nothing is said. */
export interface Part {
  readonly types?: readonly string[] | undefined;
  readonly viewers?: EachViewer | undefined;
}

/**
 * Each difference between what a ruled contract gives to each viewer and what the oracle reads from the files: rows,
 * output coordinates, parts of value objects, filter fields, order values.
 */
export function* verdictFaults(
  ruled: RuledContract,
  oracle: Oracle,
  { types = [...oracle.types.keys()], viewers = eachViewer }: Part = {},
): Generator<string> {
  yield* rootFaults(ruled, oracle, viewers);
  for (const name of types) {
    yield* outputFaults(ruled, oracle, oracle.type(name), viewers);
    yield* argumentFaults(ruled, oracle, oracle.type(name), viewers);
  }
}

/** Each difference in what is told of the policy, though nobody may see more or less by it today. */
export function* toldFaults(ruled: RuledContract, matrix: Matrix, oracle: Oracle): Generator<string> {
  for (const type of oracle.types.values()) yield* declaredFaults(ruled, type);
  yield* declaredPartFaults(ruled, oracle);
  yield* declaredRootFaults(ruled, oracle);
  yield* matrixFaults(matrix, oracle, eachViewer);
}
