import { getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { loadsInBulk } from '../src/database/copies/bulk.ts';
import { refreshLinks } from '../src/database/links/refresh.ts';
import { departments } from '../src/departments/index.ts';
import { productDepartments } from '../src/product-contract.ts';
import { productLinkReaders } from '../src/ruled-contract.ts';
import type { StatisticsPlan } from '../src/statistics/plan.ts';
import { type CopyRow, copyInto } from '../src/store/copy.ts';
import type { Pools } from '../src/store/pools.ts';
import { inTransaction } from '../src/store/transaction.ts';
import { seeds } from './index.ts';
import { loadedSize, markLoaded } from './marks.ts';
import { seedStatistics } from './statistics.ts';
import { createWorld, type World } from './world.ts';

/** Takes the rows of a table. */
export type Sink = (table: PgTable, rows: Iterable<CopyRow>) => Promise<void>;

/** Fills the tables of one store. */
export type Seed = (world: World, sink: Sink) => Promise<void>;

export interface SeedOptions {
  /** Persons of the district; 0 loads the organisation only. */
  readonly size: number;
  readonly log: (line: string) => void;
  /** What is counted once the rows stand; nothing is without it. */
  readonly statistics?: StatisticsPlan;
}

/** Loaded whatever else is: everybody must know who is responsible. */
const always = 'organisation';
/** Marks a server whose links follow from its loaded stores. */
const linked = 'access';
/** Holds what is counted of the others. */
const counts = 'statistics';

/**
 * Loads the synthetic district on the first start, one transaction a store, so that a first start which was
 * killed goes on where it was, with the size it began with. Where a store holds rows already, only the
 * organisation is loaded: synthetic persons never mix with those of a department's files.
 */
export async function seedAll(pools: Pools, { size, log, statistics }: SeedOptions): Promise<void> {
  const marks = new Map<string, number | undefined>();
  for (const { store } of departments) marks.set(store, await loadedSize(pools.ownerOf(store), store));
  const pending = departments.filter(({ store }) => marks.get(store) === undefined && store !== counts);
  const begun = departments.map(({ store }) => marks.get(store)).find((known) => known !== undefined);
  const occupied = await holdsRows(pools, pending);
  if (occupied) log(`The store ${occupied} holds rows already: no synthetic persons are loaded.`);
  const persons = occupied ? 0 : (begun ?? size);

  const world = createWorld({ size: persons });
  const at = Date.now();
  let rows = 0;
  for (const { store } of pending) rows += await load(pools, store, world, log);
  const servers = [...Map.groupBy(departments, ({ store }) => pools.serverOf(store)).values()].map((held) =>
    pools.ownerOf(held[0]?.store ?? always),
  );
  const unlinked = await Promise.all(
    servers.map(async (owner) => (await loadedSize(owner, linked)) === undefined),
  );
  if (pending.length > 0 || unlinked.includes(true)) {
    const since = Date.now();
    const links = await refreshLinks(pools, productDepartments(), world.today, productLinkReaders());
    for (const owner of servers) {
      await owner`analyze access.links`;
      await markLoaded(owner, linked, persons);
    }
    log(line('access.links', links, since));
  }
  if (statistics && marks.get(counts) === undefined) {
    const since = Date.now();
    if (persons > 0)
      log(line('statistics.cells', await seedStatistics(pools, statistics, world.today), since));
    await markLoaded(pools.ownerOf(counts), counts, persons);
  }
  if (rows > 0) log(`Loaded the synthetic district of ${persons} persons: ${rows} rows in ${seconds(at)} s.`);
}

async function load(pools: Pools, store: string, world: World, log: (line: string) => void): Promise<number> {
  const owner = pools.ownerOf(store);
  const seed = store === always || world.size > 0 ? seeds[store] : undefined;
  let rows = 0;
  const filled = new Set<string>();
  await inTransaction(owner, async (tx) => {
    await loadsInBulk(tx);
    await seed?.(world, async (table, source) => {
      const at = Date.now();
      const count = await copyInto(tx as never, table, source);
      rows += count;
      const name = `${getTableConfig(table).schema}.${getTableName(table)}`;
      filled.add(name);
      log(line(name, count, at));
    });
    await markLoaded(tx, store, world.size);
  });
  // These tables only: the others of the server have been looked at, and the catalogue takes longer than they do.
  if (filled.size > 0) await owner.unsafe(`analyze ${[...filled].join(', ')}`);
  return rows;
}

/** The first of the stores that holds rows nobody loaded here. */
async function holdsRows(pools: Pools, stores: typeof departments): Promise<string | undefined> {
  for (const { store, records } of stores) {
    if (store === always) continue;
    const owner = pools.ownerOf(store);
    for (const { table } of Object.values(records)) {
      const [row] =
        await owner`select exists (select 1 from ${owner(store)}.${owner(getTableName(table))}) as held`;
      if (row?.held) return store;
    }
  }
  return undefined;
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);

const line = (table: string, rows: number, since: number) =>
  `  ${table.padEnd(42)} ${String(rows).padStart(9)} rows ${seconds(since).padStart(6)} s`;
