import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { Pools } from '../../store/pools.ts';
import { inTransaction } from '../../store/transaction.ts';
import type { ImportingStore } from '../monthly-file.ts';
import { lookUpPersons } from './register-look-up.ts';

const chunkRows = 5000;

/**
 * Makes the rows about persons who have moved carry the new territory, in every store (dossier §6.3: the scope is
 * handed over). Their versions stay: nothing that the department wrote has changed. What is cut off is done by
 * the next import, because the register forgets a move only when all stores have followed.
 */
export async function followMoved(pools: Pools, stores: readonly ImportingStore[]): Promise<void> {
  const register = pools.ownerOf('public_security');
  const moved = await register<{ id: string; last: string }[]>`
    select migrant_id as id, (max(moved_at) over ())::text as last from imports.moved_persons`;
  if (moved.length === 0) return;
  const ids = moved.map(({ id }) => id);
  const chunks = Array.from({ length: Math.ceil(ids.length / chunkRows) }, (_, n) =>
    ids.slice(n * chunkRows, (n + 1) * chunkRows),
  );
  for (const { store, records } of stores) {
    const updates = [...new Set(Object.values(records).flatMap(follow))];
    if (updates.length === 0) continue;
    await inTransaction(pools.ownerOf(store), async (tx) => {
      await lookUpPersons(tx, register, 'id', chunks);
      for (const update of updates) await tx.unsafe(update);
    });
  }
  // Who has moved again meanwhile stays for the next import.
  for (const chunk of chunks)
    await register`delete from imports.moved_persons
      where migrant_id = any(${chunk}::text[]::uuid[]) and moved_at <= ${moved[0]!.last}::timestamptz`;
}

/** The statement for a table of rows about one person; none for other tables. */
function follow({ table, carries, staysInPlace }: ImportingStore['records'][string]): string[] {
  const subject = (carries?.subjects ?? carries?.serves)?.[0];
  const columns = getTableColumns(table);
  if (!subject || !('shielded' in columns) || staysInPlace) return [];
  const name = `"${getTableConfig(table).schema}"."${getTableName(table)}"`;
  const followed = ['subdistrict_code', 'station_code', 'neighbourhood_code', 'shielded'].filter((column) =>
    Object.values(columns).some((own) => own.name === column),
  );
  return [
    `update ${name} t set ${followed.map((column) => `${column} = p.${column}`).join(', ')}
    from import_persons p where t."${subject.name}" = p.migrant_id
      and (${followed.map((column) => `t.${column}`).join(', ')})
        is distinct from (${followed.map((column) => `p.${column}`).join(', ')})`,
  ];
}
