import { setTimeout as sleep } from 'node:timers/promises';
import { getOrMake } from '../common/get-or-make.ts';
import type { ConnectionIdentity, Pools } from './pools.ts';
import type { Runner } from './statements.ts';

export interface ReadinessOptions {
  readonly pools: Pools;
  readonly runner: Runner;
  readonly stores: readonly string[];
  /** The identity that asks. */
  readonly identity: () => ConnectionIdentity;
  /** A store that has not answered within this time counts as not answering, in milliseconds. */
  readonly withinMs: number;
}

/**
 * Which stores would answer a reader now. It asks like a reader without a connection, so that used-up
 * connections show. It asks through an open breaker, so that the breaker closes without a reader.
 * @returns a function that gives store → whether it answers; calls at the same time share one look
 */
export function createReadiness(options: ReadinessOptions): () => Promise<Readonly<Record<string, boolean>>> {
  const { pools, runner, stores, identity, withinMs } = options;
  let running: Promise<Readonly<Record<string, boolean>>> | undefined;

  const inTime = (asked: Promise<unknown>) =>
    Promise.race([
      asked.then(
        () => true,
        () => false,
      ),
      sleep(withinMs, false, { ref: false }),
    ]);

  const look = async () => {
    const servers = new Map<string, Promise<boolean>>();
    const answers = stores.map(async (store) => {
      const server = getOrMake(servers, pools.serverOf(store), () =>
        inTime(pools.probe(store, identity(), withinMs)),
      );
      const through = runner.isRefusing(store)
        ? inTime(runner.run(store, identity(), 'select 1', [], { prepare: false }))
        : true;
      return [store, (await server) && (await through)] as const;
    });
    return Object.fromEntries(await Promise.all(answers));
  };

  return () => {
    running ??= look().finally(() => {
      running = undefined;
    });
    return running;
  };
}
