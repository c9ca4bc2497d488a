import { loadsInBulk } from '../../database/copies/bulk.ts';
import type { Pools } from '../../store/pools.ts';
import { inTransaction } from '../../store/transaction.ts';
import type { ImportingStore } from '../monthly-file.ts';

/**
 * Lets go what was joined by number to persons who share it with another since, or turned out to be another: a row
 * without a person is right, a row with the wrong one is not. What is cut off is done by the next import.
 */
export async function letGoOfDoubted(pools: Pools, stores: readonly ImportingStore[]): Promise<void> {
  const register = pools.ownerOf('public_security');
  const doubted = await register<{ id: string; last: string }[]>`
    select migrant_id as id, (max(doubted_at) over ())::text as last from imports.doubted_persons`;
  if (doubted.length === 0) return;
  const ids = doubted.map(({ id }) => id);
  for (const { store, monthlyFile } of stores)
    if (monthlyFile?.lettingGo)
      await inTransaction(pools.ownerOf(store), async (tx) => {
        await loadsInBulk(tx);
        for (const update of monthlyFile.lettingGo ?? []) await tx.unsafe(update, [ids]);
      });
  await register`delete from imports.doubted_persons
    where migrant_id = any(${ids}::text[]::uuid[]) and doubted_at <= ${doubted[0]!.last}::timestamptz`;
}
