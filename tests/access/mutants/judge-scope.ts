import type { Model } from '../../../src/contract/model/record.ts';
import { ruleContract } from '../../../src/schema.ts';
import type { Pools } from '../../../src/store/pools.ts';
import type { District } from '../reading/district.ts';
import { linkFaults } from '../rows/links.ts';
import { rowFaults, type Scopes } from '../rows/rows.ts';
import { isIdle } from './idle.ts';
import type { ContractMutant, Judgement } from './mutant.ts';
import { withParts } from './with-parts.ts';

/** What stands in the database, and how the dossier is read; nothing of it is made from a mutant. */
export interface Ground {
  readonly pools: Pools;
  readonly district: District;
  readonly scopes: Scopes;
}

/** Judges a changed row scope by the rows that it gives, of the type itself and of what is seen as the type is. */
export async function judgeScope(
  { kind, name, near, make }: ContractMutant,
  { pools, district, scopes }: Ground,
): Promise<Judgement> {
  const contract = make();
  const [type = ''] = near.types ?? [];
  const killed = (killedBy: Judgement['killedBy'], because: string): Judgement => ({
    kind,
    name,
    killedBy,
    because,
  });
  let model: Model;
  try {
    ({ model } = ruleContract(contract));
  } catch (error) {
    return killed('start-up', (error as Error).message);
  }
  if (isIdle(contract, model, type)) return killed('idle', 'no statement is made from it');
  try {
    for await (const fault of rowFaults(model, pools, district, scopes, withParts(model, type)))
      return killed('rows', fault);
    for await (const fault of linkFaults(contract.departments, pools, district)) return killed('rows', fault);
  } catch (error) {
    return killed('rows', (error as Error).message);
  }
  return killed(null, '');
}
