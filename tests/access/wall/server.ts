import type { WallServer } from '../../../src/database/wall/apply.ts';
import { departments } from '../../../src/departments/index.ts';
import type { Pools } from '../../../src/store/pools.ts';
import { changeRoles } from '../../../src/store/roles.ts';

/** The one server of a test, as its owner. */
export const serverOf = (pools: Pools, ownerUrl: string): WallServer => ({
  owner: pools.ownerOf('organisation'),
  ownerUrl,
  stores: departments.map(({ store }) => store),
});

/** What is found of a server after something was done to it by hand. Nothing stays: roles belong to all tests. */
export async function afterwards<T>(
  server: WallServer,
  byHand: string,
  find: (server: WallServer) => Promise<T>,
): Promise<T> {
  const undone = new Error('undone');
  let found: { value: T } | undefined;
  try {
    await changeRoles(server.owner, async (tx) => {
      await tx.unsafe(byHand);
      found = { value: await find({ ...server, owner: tx }) };
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  return found!.value;
}
