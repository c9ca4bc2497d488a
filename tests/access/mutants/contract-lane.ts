import { parentPort, workerData } from 'node:worker_threads';
import { productContract } from '../../../src/product-contract.ts';
import { createPools } from '../../../src/store/pools.ts';
import { Oracle } from '../oracle.ts';
import { readDistrict } from '../reading/district.ts';
import { scopesOf } from '../rows/rows.ts';
import { cellMutants, purposeMutants } from './cells.ts';
import { directiveMutants } from './directives.ts';
import { judgeContract } from './judge-contract.ts';
import { judgeScope } from './judge-scope.ts';
import { type ContractMutant, isAskedFor, type MutantKind } from './mutant.ts';
import { scopeMutants } from './scopes.ts';

// One of several lanes: takes every nth mutant of the kinds that are asked for, and posts each judgement.

export interface LaneData {
  readonly lane: number;
  readonly lanes: number;
  readonly kinds: readonly MutantKind[];
  /** Only mutants whose name holds one of these; all when there are none. */
  readonly only: readonly string[];
  readonly databaseUrl: string;
}

const { lane, lanes, kinds, only, databaseUrl } = workerData as LaneData;
const contract = productContract();
const oracle = new Oracle();

function* mutants(): Generator<ContractMutant> {
  if (kinds.includes('directive')) yield* directiveMutants(contract);
  if (kinds.includes('cell')) yield* cellMutants(contract);
  if (kinds.includes('purpose')) yield* purposeMutants(contract);
  if (kinds.includes('row-scope')) yield* scopeMutants(contract);
}

const pools = createPools({ urls: () => databaseUrl, statementTimeoutMs: 30_000 });
try {
  const district = kinds.includes('row-scope') ? await readDistrict(pools) : undefined;
  const ground = district && { pools, district, scopes: scopesOf(oracle, district) };
  let i = 0;
  for (const mutant of mutants()) {
    if (!isAskedFor(mutant.name, only) || i++ % lanes !== lane) continue;
    const isScope = mutant.kind === 'row-scope' && ground;
    parentPort?.postMessage(isScope ? await judgeScope(mutant, ground) : judgeContract(mutant, oracle));
  }
} finally {
  await pools.close();
}
