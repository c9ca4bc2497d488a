import type { Sql } from 'postgres';
import { inTransaction } from '../../store/transaction.ts';
import type { LinkedStore, LinkServers } from './refresh.ts';

/** The store where grants are made; a trigger keeps `access.grants` on its server. */
const home = 'organisation';

/**
 * Copies the grants in force to the servers of other stores that do not have them so. Each has one transaction.
 * @throws the first server's error, after all have been tried
 */
export async function refreshGrants(servers: LinkServers, stores: readonly LinkedStore[]): Promise<void> {
  if (!stores.some(({ store }) => store === home)) return;
  const others = new Map(
    stores
      .filter(({ store }) => servers.serverOf(store) !== servers.serverOf(home))
      .map(({ store }) => [servers.serverOf(store), servers.ownerOf(store)]),
  );
  if (others.size === 0) return;
  const grants = await held(servers.ownerOf(home));
  const give = async (owner: Sql) => {
    if ((await held(owner)) === grants) return;
    await inTransaction(owner, async (tx) => {
      await tx`delete from access.grants`;
      await tx`insert into access.grants select * from json_populate_recordset(null::access.grants, ${grants}::text::json)`;
    });
  };
  for (const given of await Promise.allSettled([...others.values()].map(give)))
    if (given.status === 'rejected') throw given.reason;
}

/** The grants that a server has, as JSON. */
async function held(owner: Sql): Promise<string> {
  const [row] = await owner<{ grants: string }[]>`
    select coalesce(json_agg(g order by g.id), '[]')::text as grants from access.grants g`;
  return row!.grants;
}
