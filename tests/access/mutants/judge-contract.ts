import { type ExpandedSdl, expandSdl } from '../../../src/contract/sdl/expand.ts';
import { type Contract, ruleContract } from '../../../src/schema.ts';
import type { Oracle } from '../oracle.ts';
import { purposeFaults } from '../verdicts/purposes.ts';
import { toldFaults, verdictFaults } from '../verdicts/verdicts.ts';
import type { ContractMutant, Judgement } from './mutant.ts';

const expansions = new WeakMap<Contract['sdl'], ExpandedSdl>();

/** Contracts that differ in the matrix only share their SDL. @throws Error as `expandSdl` does */
function expanded({ sdl }: Contract): ExpandedSdl {
  const known = expansions.get(sdl) ?? expandSdl(sdl);
  expansions.set(sdl, known);
  return known;
}

/**
 * Judges a changed contract as the start and the test of verdicts do.
 * @param oracle read from the files as they are, never from the mutant
 */
export function judgeContract({ kind, name, near, make }: ContractMutant, oracle: Oracle): Judgement {
  const contract = make();
  const killed = (killedBy: Judgement['killedBy'], because: string): Judgement => ({
    kind,
    name,
    killedBy,
    because,
  });
  if (kind === 'purpose') {
    const [fault] = purposeFaults(contract.purposes);
    return fault === undefined ? killed(null, '') : killed('verdicts', fault);
  }
  let ruled: ReturnType<typeof ruleContract>;
  try {
    ruled = ruleContract(contract, expanded(contract));
  } catch (error) {
    return killed('start-up', (error as Error).message);
  }
  const types = near.types?.filter((type) => oracle.types.has(type));
  for (const fault of verdictFaults(ruled, oracle, { ...near, types })) return killed('verdicts', fault);
  for (const fault of verdictFaults(ruled, oracle)) return killed('verdicts', fault);
  for (const fault of toldFaults(ruled, contract.matrix, oracle)) return killed('told', fault);
  return killed(null, '');
}
