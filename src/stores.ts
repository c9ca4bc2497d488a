import { join } from 'node:path';
import type { Config } from './config.ts';
import { productWorkingDays } from './contract/deadlines/working-days.ts';
import { loadWorkingDays } from './database/deadlines/load-working-days.ts';
import type { Wall, WallServer } from './database/wall/apply.ts';
import { viewerLogin } from './database/wall/login.ts';
import { checkWalls, raiseWall } from './database/wall/raise.ts';
import { departments } from './departments/index.ts';
import { type EmbeddedOptions, runningEmbedded, startEmbedded } from './store/embedded/index.ts';
import { checkVersion, migrate } from './store/migrate.ts';
import { createPools, type Pools } from './store/pools.ts';
import { createRunner, type Runner, type StoreEvent } from './store/statements.ts';

/** The open stores of a running program. */
export interface Stores {
  readonly urlOf: (store: string) => string;
  readonly pools: Pools;
  readonly runner: Runner;
  /** The databases, each with the stores in it. */
  readonly servers: readonly WallServer[];
  close(): Promise<void>;
}

export interface OpenOptions extends Pick<EmbeddedOptions, 'held' | 'supervision'> {
  /** Takes one line of progress at a time. */
  readonly log: (line: string) => void;
  /** Join the embedded server of a program that runs on the data folder instead of refusing. */
  readonly join?: boolean;
  /** Seen to before anything is read; commands that only write as owner do without. */
  readonly wall?: Wall;
  /** What must hold of every database before one of them is changed. @throws Error in a sentence */
  readonly check?: (servers: readonly WallServer[]) => Promise<void>;
  /** Told when a store stops answering, its breaker opens or closes, and it answers again. */
  readonly onChange?: (event: StoreEvent) => void;
}

const migrations = join(import.meta.dirname, '../migrations');

/** Whether some store has no URL, so that the embedded server holds it. */
export const needsEmbedded = (config: Config): boolean =>
  departments.some(({ store }) => !config.databaseUrls[store] && !config.databaseUrl);

/**
 * Opens every department's store: its own URL, else DATABASE_URL, else the embedded server on the data folder,
 * which is started; and brings the tables up to date, when every database has been found fit for it.
 */
export async function openStores(config: Config, options: OpenOptions): Promise<Stores> {
  const { log, join: joins, wall, check, onChange, held, supervision } = options;
  const isEmbedded = needsEmbedded(config);
  let runner: Runner | undefined;
  const running = isEmbedded && joins ? runningEmbedded(config.dataDir) : undefined;
  const embedded =
    isEmbedded && !running
      ? await startEmbedded({
          dataDir: config.dataDir,
          log,
          held,
          // Requests need not wait until their breakers let one through.
          supervision: supervision && { ...supervision, onRunning: () => runner?.tryAgain() },
        })
      : undefined;
  const urlOf = (store: string) => {
    const url = config.databaseUrls[store] ?? config.databaseUrl ?? (running ?? embedded)?.localUrl;
    if (!url) throw new Error(`No database for store ${store}.`);
    return url;
  };
  const pools = createPools({
    urls: urlOf,
    statementTimeoutMs: config.statementTimeoutMs,
    login: viewerLogin,
  });
  const close = async () => {
    await pools.close();
    await embedded?.stop();
  };
  const stores = departments.map(({ store }) => store);
  const servers = [...Map.groupBy(stores, urlOf)].map(([ownerUrl, held]) => ({
    owner: pools.ownerOf(held[0]!),
    ownerUrl,
    stores: held,
  }));
  try {
    for (const { owner } of servers) await checkVersion(owner);
    if (wall) await checkWalls(wall, servers);
    await check?.(servers);
    await migrate({ urlOf, stores, folder: migrations, log });
    for (const { owner } of servers) await loadWorkingDays(owner, productWorkingDays());
    if (wall) await raiseWall(wall, servers, log);
  } catch (error) {
    await close();
    throw unreachable(error, config);
  }
  runner = createRunner(pools, {
    deadlineMs: config.statementTimeoutMs + 500,
    ...(onChange && { onChange }),
  });
  return { urlOf, pools, runner, servers, close };
}

/** A database that takes no connections is named by the variables that name it; other faults stay as they are. */
function unreachable(error: unknown, { databaseUrl, databaseUrls }: Config): unknown {
  const code = String((error as { code?: unknown }).code ?? '');
  if (!/^(ECONN|ENOTFOUND|EAI_|EHOST|ETIMEDOUT|CONNECT|28)/.test(code)) return error;
  const names = Object.keys(databaseUrls).map((store) => `${store.toUpperCase()}_DATABASE_URL`);
  const variables = [...(databaseUrl ? ['DATABASE_URL'] : []), ...names].join(', ');
  return new Error(`A database takes no connections (${code}). Check ${variables || 'the data folder'}.`);
}
