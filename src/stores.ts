import type { Config } from './config.ts';
import { departments } from './departments/index.ts';
import { startEmbedded } from './store/embedded/index.ts';
import { migrate } from './store/migrate.ts';
import { createPools, type Pools } from './store/pools.ts';
import { createRunner, type Runner } from './store/statements.ts';

/** The open stores of a running program. */
export interface Stores {
  readonly urlOf: (store: string) => string;
  readonly pools: Pools;
  readonly runner: Runner;
  close(): Promise<void>;
}

/**
 * Opens every department's store: its own URL, else DATABASE_URL, else the embedded server on the data folder,
 * which is started; and brings the tables up to date.
 * @param log takes one line of progress at a time
 */
export async function openStores(config: Config, log: (line: string) => void): Promise<Stores> {
  const needsEmbedded = departments.some(({ store }) => !config.databaseUrls[store] && !config.databaseUrl);
  const embedded = needsEmbedded ? await startEmbedded({ dataDir: config.dataDir, log }) : undefined;
  const urlOf = (store: string) => {
    const url = config.databaseUrls[store] ?? config.databaseUrl ?? embedded?.url;
    if (!url) throw new Error(`No database for store ${store}: set ${store.toUpperCase()}_DATABASE_URL or DATABASE_URL.`);
    return url;
  };
  const pools = createPools({ urls: urlOf, statementTimeoutMs: config.statementTimeoutMs });
  const close = async () => {
    await pools.close();
    await embedded?.stop();
  };
  try {
    await migrate(pools, departments.map(({ store }) => ({ store, schema: store })), { log });
  } catch (error) {
    await close();
    throw error;
  }
  return { urlOf, pools, runner: createRunner(pools), close };
}
