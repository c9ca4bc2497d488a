import type { Model } from '../../../src/graph/model/record.ts';
import { ruleContract } from '../../../src/schema.ts';
import type { Pools } from '../../../src/store/pools.ts';
import type { District } from '../reading/district.ts';
import { linkFaults } from '../rows/links.ts';
import { rowFaults, type Scopes } from '../rows/rows.ts';
import type { ContractMutant, Judgement } from './mutant.ts';

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
  try {
    for await (const fault of rowFaults(model, pools, district, scopes, withParts(model, type)))
      return killed('rows', fault);
    for await (const fault of linkFaults(contract.departments, pools, district)) return killed('rows', fault);
  } catch (error) {
    return killed('rows', (error as Error).message);
  }
  return killed(null, '');
}

/** A type and all that is seen as it is. */
function withParts(model: Model, type: string): string[] {
  const parts = [...model.values()].filter(({ source }) => source.scope.parent?.record === type);
  return [type, ...parts.flatMap((part) => withParts(model, part.name))];
}
