import type { Pools } from '../../store/pools.ts';
import { inTransaction } from '../../store/transaction.ts';

const changed = 'record_version = t.record_version + 1, updated_at = now()';
const noPlace = 'subdistrict_code = null, station_code = null, neighbourhood_code = null';

/**
 * By store, what takes persons `$1` off rows that name them by number. The shield stays: who is doubted may still be
 * the one who is hidden.
 */
const lettingGo: Readonly<Record<string, readonly string[]>> = {
  housing: [
    `update housing.lease_filings t set tenant_migrant_id = null, ${changed}
      from housing.leases l where l.id = t.lease_id and l.tenant_identity_number is not null
        and t.tenant_migrant_id = any($1::text[]::uuid[])`,
    `update housing.leases t set tenant_migrant_id = null, ${changed}
      where t.tenant_identity_number is not null and t.tenant_migrant_id = any($1::text[]::uuid[])`,
  ],
  labour: [
    `update labour.employments t set employee_id = null, ${noPlace}, ${changed}
      where t.employee_id = any($1::text[]::uuid[])`,
    `update labour.insurance_contributions t set insured_id = null where t.insured_id = any($1::text[]::uuid[])`,
    `update labour.insurance_enrolments t set insured_id = null, ${noPlace}, ${changed}
      where t.insured_id = any($1::text[]::uuid[])`,
  ],
};

/**
 * Lets go what was joined by number to persons who share it with another since, or turned out to be another: a row
 * without a person is right, a row with the wrong one is not. What is cut off is done by the next import.
 */
export async function letGoOfDoubted(pools: Pools): Promise<void> {
  const register = pools.ownerOf('public_security');
  const doubted = await register<{ id: string; last: string }[]>`
    select migrant_id as id, (max(doubted_at) over ())::text as last from imports.doubted_persons`;
  if (doubted.length === 0) return;
  const ids = doubted.map(({ id }) => id);
  for (const [store, updates] of Object.entries(lettingGo))
    await inTransaction(pools.ownerOf(store), async (tx) => {
      for (const update of updates) await tx.unsafe(update, [ids]);
    });
  await register`delete from imports.doubted_persons
    where migrant_id = any(${ids}::text[]::uuid[]) and doubted_at <= ${doubted[0]!.last}::timestamptz`;
}
