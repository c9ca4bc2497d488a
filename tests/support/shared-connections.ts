import { getOrMake } from '../../src/common/get-or-make.ts';
import type { Pools } from '../../src/store/pools.ts';

/**
 * Pools in which stores of one database share the connections of an identity. The program keeps them apart, so that a
 * slow department holds up no other; in a test none is slow, and to log in at twenty stores takes longer than most
 * questions.
 */
export function sharedByDatabase(pools: Pools): Pools {
  const firstOfServer = new Map<string, string>();
  const firsts = new Map<string, string>();
  const instead = (store: string) =>
    getOrMake(firsts, store, () => getOrMake(firstOfServer, pools.serverOf(store), () => store));
  return {
    ...pools,
    acquire: (store, identity) => pools.acquire(instead(store), identity),
    share: (store, identity) => pools.share(instead(store), identity),
    discard: (store) => pools.discard(instead(store)),
  };
}
