import { loadsInBulk } from '../../database/copies/bulk.ts';
import type { Pools } from '../../store/pools.ts';
import { inTransaction } from '../../store/transaction.ts';
import type { ImportingStore } from '../monthly-file.ts';
import { chunksOf, lookUpPersons } from './register-look-up.ts';

/**
 * Joins rows that waited to persons who have been registered since (dossier §8.2: by exact
 * identity number only), where it leaves no doubt about the person. One transaction a store; what is cut off is done by the next import.
 */
export async function joinUnmatched(pools: Pools, stores: readonly ImportingStore[]): Promise<void> {
  const register = pools.ownerOf('public_security');
  for (const { store, monthlyFile } of stores) {
    if (!monthlyFile?.waiting) continue;
    const { numbers, joins } = monthlyFile.waiting;
    await inTransaction(pools.ownerOf(store), async (tx) => {
      await loadsInBulk(tx);
      await lookUpPersons(tx, register, chunksOf(tx, numbers));
      const [found] = await tx`select exists (select from import_persons) as any`;
      if (!found?.any) return;
      for (const join of joins) await tx.unsafe(join);
    });
  }
}
