import { applyPolicy, requireOwner, type Wall, type WallServer, type WallState, wallState } from './apply.ts';
import { lintCatalogue } from './lint-catalogue.ts';
import { openSurroundings } from './surroundings.ts';

const howTo = 'Apply it with `npm run policy:apply`, then start again.';

const placeOf = ({ stores }: WallServer) => `The database of ${stores.join(', ')}`;

/**
 * Says of every server whether its wall can be raised, before anything is changed on one of them: a start that will
 * refuse migrates nothing.
 * @throws Error when a server holds another policy or one that was changed by hand, or when an owner may not make one
 */
export async function checkWalls(wall: Wall, servers: readonly WallServer[]): Promise<void> {
  for (const server of servers) {
    const [digests] =
      await server.owner`select to_regclass('access.policy_digests') is not null as "areThere"`;
    const state = digests?.areThere ? await wallState(wall, server) : 'missing';
    if (state === 'missing') await requireOwner(server.owner);
    else refuse(state, server, state === 'altered' ? await lintCatalogue(wall, server) : []);
  }
}

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
    if (state === 'missing') {
      log('Applying the policy to the database: roles, grants, row-level security.');
      await applyPolicy(wall, server);
    }
    if (state === 'other policy') refuse(state, server);
    const faults = await lintCatalogue(wall, server);
    refuse(state, server, faults);
    if (faults.length > 0)
      throw new Error(`${placeOf(server)} has holes in its second wall:\n${faults.join('\n')}`);
    const open = await openSurroundings(server.owner);
    if (open.length > 0)
      log(
        [
          `${placeOf(server)} has an owner that is no superuser, so PostgreSQL tells every role the sizes and counters of all tables. A superuser ends that, once, by:`,
          ...open.map((statement) => `  ${statement};`),
        ].join('\n'),
      );
  }
}

/** @throws Error for a server that needs `policy:apply` */
function refuse(state: WallState, server: WallServer, faults: readonly string[] = []): void {
  if (state === 'other policy')
    throw new Error(
      `${placeOf(server)} holds another policy than this program (schema/, visibility.tsv, row scopes or the owner's password have changed). ${howTo}`,
    );
  if (state === 'altered')
    throw new Error(
      [
        `${placeOf(server)} was changed since its policy was applied: a role, grant, policy or function is another. ${howTo}`,
        ...faults,
      ].join('\n'),
    );
}
