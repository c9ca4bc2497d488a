import { type LinkServers, serverGroups } from '../links/refresh.ts';
import { type CopyingStore, registerOf } from './carried.ts';
import { refreshCopies } from './refresh-copies.ts';

/** What others note at the same time is looked at with it, so many persons at the most. */
const atOnce = 100;

/** Brings what rows just written in a store carry of persons whom another server knows. */
export type CarryAtOnce = (store: string) => Promise<void>;

/**
 * A row about a person whom another server knows is hidden until it has said where the person belongs. Whoever has
 * written it is not to wait for the round of each second (`carrying.ts`), and would not learn the row's id.
 * @param isRefusing whether a store is known not to answer: then nobody waits for it
 * @returns undefined where one server holds all
 */
export function carryAtOnce(
  servers: LinkServers,
  stores: readonly CopyingStore[],
  isRefusing: (store: string) => boolean,
): CarryAtOnce | undefined {
  if (serverGroups(servers, stores).length === 1) return undefined;
  const register = registerOf(stores).store;
  return async (store) => {
    const server = servers.serverOf(store);
    if (server === servers.serverOf(register) || isRefusing(register)) return;
    try {
      const noted = await servers.ownerOf(store)<{ subject: string }[]>`
        select distinct subject_id::text as subject from
          (select subject_id from access.copy_changes order by id desc limit ${atOnce}) c`;
      const held = stores.filter((each) => servers.serverOf(each.store) === server);
      await refreshCopies(
        servers,
        stores,
        noted.map(({ subject }) => subject),
        held,
      );
    } catch {
      // The row stays hidden until the round succeeds, which tells of what is wrong.
    }
  };
}
