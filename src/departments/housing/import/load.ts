import { chunksOf, documentsOfRows, lookUpPersons } from '../../../import/loading/register-look-up.ts';
import { rowsToLoad, suspendIndexes } from '../../../import/loading/suspended-indexes.ts';
import { type LoadContext, type Loaded, type MonthlyFile, wholeFile } from '../../../import/monthly-file.ts';
import { kind } from './file.ts';
import { carryPlaces, insertLeases, mergeLeases, stageLeases, upsertDwellings } from './lease-rows.ts';
import { lettingGo, waiting } from './lessees.ts';

/**
 * Leases (dossier §3.3): dwellings by address, leases by the number of their filing, lessees by identity number.
 * What a later file says stays, whichever comes first.
 * @returns rows whose lessee the register does not know, or not for sure; they join when it does
 */
async function loadLeases({ tx, register, lastDay }: LoadContext): Promise<Loaded> {
  await tx.unsafe('analyze import_rows');
  await lookUpPersons(tx, register, chunksOf(tx, documentsOfRows));
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

export const monthlyFile: MonthlyFile = { kind, load: wholeFile(loadLeases), waiting, lettingGo };
