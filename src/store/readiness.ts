import { setTimeout as sleep } from 'node:timers/promises';
import { getOrMake } from '../common/get-or-make.ts';
import type { ConnectionIdentity, Pools } from './pools.ts';
import type { Runner } from './statements.ts';

export interface ReadinessOptions {
  readonly pools: Pools;
  readonly runner: Runner;
  readonly stores: readonly string[];
  /** In whose name is asked. */
  readonly identity: () => ConnectionIdentity;
  /** After so long a store that has not answered counts as one that does not, in milliseconds. */
  readonly withinMs: number;
}

/**
 * Which stores a reader would get an answer from now. It asks as one who has no connection yet does, so that used-up
 * connections show; and where the breaker is open, through it, so that it closes without a reader.
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
