import { applyPolicy, type Wall, type WallServer, wallState } from './apply.ts';
import { lintCatalogue } from './lint-catalogue.ts';

const howTo = 'Apply it with `npm run policy:apply`, then start again.';

/**
 * Sees that every server holds the second wall of this program's policy before anybody is answered. A server that
 * never had one gets it.
 * @throws Error when a server holds another policy, when its grants were changed by hand, or when a lint finds a hole
 */
export async function raiseWall(
  wall: Wall,
  servers: readonly WallServer[],
  log: (line: string) => void,
): Promise<void> {
  for (const server of servers) {
    const state = await wallState(wall, server);
    const where = `The database of ${server.stores.join(', ')}`;
    if (state === 'missing') {
      log('Applying the policy to the database: roles, grants, row-level security.');
      await applyPolicy(wall, server);
    }
    if (state === 'other policy')
      throw new Error(
        `${where} holds another policy than this program (schema/, visibility.tsv, row scopes or the owner's password have changed). ${howTo}`,
      );
    const faults = await lintCatalogue(wall, server);
    if (state === 'altered')
      throw new Error(
        [
          `${where} was changed since its policy was applied: a role, grant, policy or function is another. ${howTo}`,
          ...faults,
        ].join('\n'),
      );
    if (faults.length > 0) throw new Error(`${where} has holes in its second wall:\n${faults.join('\n')}`);
  }
}
