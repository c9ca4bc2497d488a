import { getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { refreshLinks } from '../src/access/refresh.ts';
import { departments } from '../src/departments/index.ts';
import { type CopyRow, copyInto } from '../src/store/copy.ts';
import type { Pools } from '../src/store/pools.ts';
import { seeds } from './index.ts';
import { createWorld, type World } from './world.ts';

/** Takes the rows of a table. */
export type Sink = (table: PgTable, rows: Iterable<CopyRow>) => Promise<void>;

/** Fills the tables of one store. */
export type Seed = (world: World, sink: Sink) => Promise<void>;

export interface SeedOptions {
  /** Persons of the district; 0 loads the organisation only. */
  readonly size: number;
  readonly log: (line: string) => void;
}

const marker = (store: string) => `Loaded by the first start: ${store}`;

/**
 * Loads the synthetic district into stores that are empty, one transaction a store, so that a first start which
 * was killed begins again. A store that holds anything is left as it is.
 */
export async function seedAll(pools: Pools, { size, log }: SeedOptions): Promise<void> {
  const world = createWorld({ size });
  let loaded = 0;
  const begun = Date.now();
  for (const { store } of departments) {
    const seed = seeds[store];
    if (!seed || (size === 0 && store !== 'organisation')) continue;
    const owner = pools.ownerOf(store);
    const [seen] = await owner`select obj_description(to_regnamespace(${store}), 'pg_namespace') as mark`;
    if (seen?.mark === marker(store)) continue;
    await owner.begin(async (tx) => {
      await seed(world, async (table, rows) => {
        const at = Date.now();
        const count = await copyInto(tx as never, table, rows);
        loaded += count;
        const name = `${getTableConfig(table).schema}.${getTableName(table)}`;
        log(
          `  ${name.padEnd(42)} ${String(count).padStart(9)} rows ${((Date.now() - at) / 1000).toFixed(1).padStart(6)} s`,
        );
      });
      await tx.unsafe(`comment on schema "${store}" is '${marker(store)}'`);
    });
    await owner.unsafe(`analyze`);
  }
  if (loaded === 0) return;
  for (const [server, stores] of byServer(pools)) {
    const links = await refreshLinks(pools.ownerOf(server), stores, world.today);
    log(`  ${'access.links'.padEnd(42)} ${String(links).padStart(9)} rows`);
  }
  log(
    `Loaded the synthetic district of ${size} persons: ${loaded} rows in ${((Date.now() - begun) / 1000).toFixed(1)} s.`,
  );
}

/** The departments of each server, under the name of one of its stores. */
function byServer(pools: Pools): Map<string, typeof departments> {
  const servers = new Map<string, (typeof departments)[number][]>();
  for (const department of departments) {
    const first = [...servers.keys()].find(
      (store) => pools.serverOf(store) === pools.serverOf(department.store),
    );
    if (first) servers.get(first)?.push(department);
    else servers.set(department.store, [department]);
  }
  return servers;
}
