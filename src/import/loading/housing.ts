import { carryPlaces, insertLeases, mergeLeases, stageLeases, upsertDwellings } from './lease-rows.ts';
import { type Load, type LoadContext, personOfRow } from './load-context.ts';
import { chunksOf, documentsOfRows, lookUpPersons } from './register-look-up.ts';
import { rowsToLoad, suspendIndexes } from './suspended-indexes.ts';

/**
 * Leases (dossier §3.3): dwellings by address, leases by the number of their filing, lessees by identity number.
 * What a later file says stays, whichever comes first.
 * @returns rows whose lessee the register does not know, or not for sure; they join when it does
 */
async function loadLeases({
  tx,
  register,
  lastDay,
}: LoadContext): Promise<{ unmatched: number; older: number }> {
  await tx.unsafe('analyze import_rows');
  await lookUpPersons(tx, register, 'number', chunksOf(tx, documentsOfRows));
  const restore = await suspendIndexes(tx, {
    schema: 'housing',
    tables: ['dwellings', 'leases'],
    rows: await rowsToLoad(tx),
  });
  await tx.unsafe(upsertDwellings);
  await tx.unsafe(stageLeases);
  await tx.unsafe('analyze import_leases');
  const [counted] = await tx`
    select count(*) filter (where r.migrant_id is null)::int as unmatched,
      count(*) filter (where t.report_no > r.report_no)::int as older
    from import_leases r left join housing.leases t on t.id = r.known_id`;
  await tx.unsafe(mergeLeases, [lastDay]);
  await tx.unsafe(insertLeases, [lastDay]);
  await tx.unsafe(carryPlaces);
  await restore?.();
  return { unmatched: counted?.unmatched ?? 0, older: counted?.older ?? 0 };
}

export const leasesLoad: Load = {
  derived: personOfRow,
  async begin(context) {
    let older = 0;
    return {
      async load() {
        const done = await loadLeases(context);
        older += done.older;
        return done.unmatched;
      },
      older: () => older,
    };
  },
};
