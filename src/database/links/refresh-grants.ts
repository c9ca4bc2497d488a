import { inTransaction } from '../../store/transaction.ts';
import type { LinkedStore, LinkServers } from './refresh.ts';

/** The store where grants are made; a trigger keeps `access.grants` on its server. */
const home = 'organisation';

/** Copies the grants in force to the servers of other stores. Each server has one transaction. */
export async function refreshGrants(servers: LinkServers, stores: readonly LinkedStore[]): Promise<void> {
  if (!stores.some(({ store }) => store === home)) return;
  const others = new Map(
    stores
      .filter(({ store }) => servers.serverOf(store) !== servers.serverOf(home))
      .map(({ store }) => [servers.serverOf(store), servers.ownerOf(store)]),
  );
  if (others.size === 0) return;
  const [{ grants } = { grants: '[]' }] = await servers.ownerOf(home)<{ grants: string }[]>`
    select coalesce(json_agg(g), '[]')::text as grants from access.grants g`;
  for (const owner of others.values())
    await inTransaction(owner, async (tx) => {
      await tx`delete from access.grants`;
      await tx`insert into access.grants select * from json_populate_recordset(null::access.grants, ${grants}::text::json)`;
    });
}
