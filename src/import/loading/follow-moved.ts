import { refreshCopies } from '../../database/copies/refresh-copies.ts';
import type { LinkedStore } from '../../database/links/refresh.ts';
import type { Pools } from '../../store/pools.ts';

const chunkRows = 5000;

/**
 * Makes the rows about persons who have moved carry the new territory, in every store (dossier §6.3: the scope is
 * handed over). What is cut off is done by the next import, because the register forgets a move only when all
 * stores have followed.
 */
export async function followMoved(pools: Pools, stores: readonly LinkedStore[]): Promise<void> {
  const register = pools.ownerOf('public_security');
  const moved = await register<{ id: string; last: string }[]>`
    select migrant_id as id, (max(moved_at) over ())::text as last from imports.moved_persons`;
  if (moved.length === 0) return;
  const ids = moved.map(({ id }) => id);
  await refreshCopies(pools, stores, ids);
  // Who has moved again meanwhile stays for the next import.
  for (let n = 0; n < ids.length; n += chunkRows)
    await register`delete from imports.moved_persons
      where migrant_id = any(${ids.slice(n, n + chunkRows)}::text[]::uuid[]) and moved_at <= ${moved[0]!.last}::timestamptz`;
}
