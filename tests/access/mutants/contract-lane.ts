import { parentPort, workerData } from 'node:worker_threads';
import { getViewer, type ViewerName } from '../../../src/identity/viewers.ts';
import { productContract } from '../../../src/product-contract.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { createPools } from '../../../src/store/pools.ts';
import { prepareAttempts } from '../../doing/proving/attempts.ts';
import { Ground } from '../../doing/proving/ground.ts';
import { Oracle } from '../oracle.ts';
import { readDistrict } from '../reading/district.ts';
import { scopesOf } from '../rows/rows.ts';
import { makeUnusual } from '../rows/unusual.ts';
import { cellMutants, purposeMutants } from './cells.ts';
import { directiveMutants } from './directives.ts';
import { judgeContract } from './judge-contract.ts';
import { judgeScope } from './judge-scope.ts';
import { type DoingGround, judgeTransition } from './judge-transition.ts';
import { type ContractMutant, isAskedFor, type MutantKind } from './mutant.ts';
import { scopeMutants } from './scopes.ts';
import { transitionMutants } from './transitions.ts';

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
  if (kinds.includes('transition')) yield* transitionMutants(contract, hasRows);
}

const hasRows = (viewer: ViewerName, type: string): boolean =>
  oracle.types.has(type) && ['ALL', 'OWN'].includes(oracle.presence(getViewer(viewer).code, type));

/** The owner of a copy of the district that is this lane's own. */
async function doingGround(): Promise<DoingGround> {
  const owner = connectTo(databaseUrl, { max: 1, onnotice: () => {} });
  await makeUnusual(pools);
  const ground = await Ground.of(pools);
  await prepareAttempts(owner);
  const [who] = await owner<{ name: string }[]>`select current_user as name`;
  return { owner, ownerName: who?.name ?? '', ground };
}

const pools = createPools({ urls: () => databaseUrl, statementTimeoutMs: 30_000 });
try {
  const district = kinds.includes('row-scope') ? await readDistrict(pools) : undefined;
  const ground = district && { pools, district, scopes: scopesOf(oracle, district) };
  const doing = kinds.includes('transition') ? await doingGround() : undefined;
  let i = 0;
  for (const mutant of mutants()) {
    if (!isAskedFor(mutant.name, only) || i++ % lanes !== lane) continue;
    if (mutant.kind === 'transition' && doing) {
      for (const judgement of await judgeTransition(mutant, doing, contract))
        parentPort?.postMessage(judgement);
      continue;
    }
    const isScope = mutant.kind === 'row-scope' && ground;
    parentPort?.postMessage(isScope ? await judgeScope(mutant, ground) : judgeContract(mutant, oracle));
  }
  await doing?.owner.end();
} finally {
  await pools.close();
}
