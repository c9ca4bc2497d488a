import { join } from 'node:path';
import type { Sql } from 'postgres';
import { seedAll } from '../../seeds/load.ts';
import { productWorkingDays } from '../../src/contract/deadlines/working-days.ts';
import { loadWorkingDays } from '../../src/database/deadlines/load-working-days.ts';
import { applyPolicy } from '../../src/database/wall/apply.ts';
import { departments } from '../../src/departments/index.ts';
import { createGraph } from '../../src/schema.ts';
import { connectTo } from '../../src/store/connect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { districtName, emptyName, templateName, testSize } from './district-names.ts';
import { recordSomeReads } from './recorded-reads.ts';

const stores = departments.map(({ store }) => store);

function urlOfDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Makes roles, grants and row-level security of the district what the sources say. */
export async function applyPolicyAnew(serverUrl: string): Promise<void> {
  const graph = createGraph();
  for (const name of [templateName, districtName]) {
    const ownerUrl = urlOfDatabase(serverUrl, name);
    await withPools(ownerUrl, (pools) =>
      applyPolicy(graph.wall, { owner: pools.ownerOf('organisation'), ownerUrl, stores }),
    );
  }
}

/** Loads the district into a template, and makes the copy that tests read. @param isOurs whether nothing of it need last */
export async function loadDistrict(serverUrl: string, isOurs: boolean): Promise<void> {
  const server = connectTo(serverUrl, { max: 1, onnotice: () => {} });
  const ownerUrl = urlOfDatabase(serverUrl, templateName);
  try {
    if (isOurs) await forgetOnCrash(server);
    await server.unsafe(`drop database if exists ${templateName} with (force)`);
    await server.unsafe(`create database ${templateName}`);
    await migrate({
      urlOf: () => ownerUrl,
      stores,
      folder: join(import.meta.dirname, '../../migrations'),
      log: () => {},
    });
    await withPools(ownerUrl, (pools) =>
      loadWorkingDays(pools.ownerOf('organisation'), productWorkingDays()),
    );
    await copy(server, templateName, emptyName);
    const graph = createGraph();
    await withPools(ownerUrl, async (pools) => {
      await applyPolicy(graph.wall, { owner: pools.ownerOf('organisation'), ownerUrl, stores });
      await seedAll(pools, { size: testSize, log: () => {}, statistics: graph.statistics });
      await recordSomeReads(ownerUrl);
    });
    await copy(server, templateName, districtName);
    // A copy has the rights of a new database, whatever was closed in its model.
    await server.unsafe(`revoke temporary on database ${districtName} from public`);
  } finally {
    await server.end();
  }
}

async function copy(server: Sql, from: string, to: string): Promise<void> {
  await server.unsafe(`drop database if exists ${to} with (force)`);
  await server.unsafe(`create database ${to} template ${from}`);
}

/** What the server holds is thrown away: it need not reach the disk. */
async function forgetOnCrash(server: Sql): Promise<void> {
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit'])
    await server.unsafe(`alter system set ${setting} = off`);
  await server`select pg_reload_conf()`;
}

async function withPools(url: string, work: (pools: Pools) => Promise<unknown>): Promise<void> {
  const pools = createPools({ urls: () => url, statementTimeoutMs: 60_000 });
  try {
    await work(pools);
  } finally {
    await pools.close();
  }
}
