import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { leaseOccupancies } from '../../departments/housing/tables.ts';
import { departments } from '../../departments/index.ts';
import { migrants, residenceRegistrations } from '../../departments/public-security/tables.ts';
import type { Pools } from '../../store/pools.ts';
import { inTransaction } from '../../store/transaction.ts';
import { lookUpPersons } from './register-look-up.ts';

const chunkRows = 5000;

/** Tables whose territory is a place's, though they name a person; and the register, which says where it is. */
const ofPlaces = new Set<PgTable>([migrants, residenceRegistrations, leaseOccupancies]);

/**
 * Makes the rows about persons who have moved carry the new territory, in every store (dossier §6.3: the scope is
 * handed over). Their versions stay: nothing that the department wrote has changed. What is cut off is done by
 * the next import, because the register forgets a move only when all stores have followed.
 */
export async function followMoved(pools: Pools): Promise<void> {
  const register = pools.ownerOf('public_security');
  const moved = await register<{ id: string; last: string }[]>`
    select migrant_id as id, (max(moved_at) over ())::text as last from imports.moved_persons`;
  if (moved.length === 0) return;
  const ids = moved.map(({ id }) => id);
  const chunks = Array.from({ length: Math.ceil(ids.length / chunkRows) }, (_, n) =>
    ids.slice(n * chunkRows, (n + 1) * chunkRows),
  );
  for (const { store, records } of departments) {
    const updates = [
      ...new Set(Object.values(records).flatMap(({ table, scope }) => follow(table, scope.subjects))),
    ];
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
function follow(table: PgTable, subjects: readonly { readonly name: string }[] = []): string[] {
  const subject = subjects[0];
  if (!subject || !('shielded' in getTableColumns(table)) || ofPlaces.has(table)) return [];
  const name = `"${getTableConfig(table).schema}"."${getTableName(table)}"`;
  return [
    `update ${name} t set subdistrict_code = p.subdistrict_code, station_code = p.station_code,
      neighbourhood_code = p.neighbourhood_code, shielded = p.shielded
    from import_persons p where t."${subject.name}" = p.migrant_id
      and (t.subdistrict_code, t.station_code, t.neighbourhood_code, t.shielded)
        is distinct from (p.subdistrict_code, p.station_code, p.neighbourhood_code, p.shielded)`,
  ];
}
