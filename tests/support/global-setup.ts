import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import type { TestProject } from 'vitest/node';
import { seedAll } from '../../seeds/load.ts';
import { applyPolicy } from '../../src/access/wall/apply.ts';
import { departments } from '../../src/departments/index.ts';
import { createGraph } from '../../src/schema.ts';
import { connectTo } from '../../src/store/connect.ts';
import { startEmbedded } from '../../src/store/embedded/index.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createPools } from '../../src/store/pools.ts';
import { makeDataFolder } from './data-folder.ts';
import { recordSomeReads } from './recorded-reads.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the server with the template database; tests make their own databases on it. */
    serverUrl: string;
  }
}

/** Persons of the synthetic district that tests read. */
export const testSize = 2000;
export const templateName = 'laihu_template';
/** A copy that tests read: while somebody is connected to the template itself it cannot be copied. */
export const districtName = 'laihu_district';

/**
 * One real server for the whole run: embedded, or the one that TEST_DATABASE_URL names. The district is loaded
 * once into a template; a test file that writes makes a copy of it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A run that only reads can share the server of another one, where the district stands already.
  const loaded = process.env.TEST_LOADED_SERVER_URL;
  if (loaded) {
    project.provide('serverUrl', loaded);
    return async () => {};
  }
  const given = process.env.TEST_DATABASE_URL;
  const folder = given ? undefined : makeDataFolder();
  const embedded = folder ? await startEmbedded({ dataDir: folder, log: () => {} }) : undefined;
  const serverUrl = given ?? embedded?.localUrl ?? '';
  const teardown = async () => {
    await embedded?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  };
  try {
    await loadDistrict(serverUrl, embedded !== undefined);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('serverUrl', serverUrl);
  return teardown;
}

/** What the server holds is thrown away: it need not reach the disk. */
async function forgetOnCrash(server: Sql): Promise<void> {
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit'])
    await server.unsafe(`alter system set ${setting} = off`);
  await server`select pg_reload_conf()`;
}

async function loadDistrict(serverUrl: string, isOurs: boolean): Promise<void> {
  const server = connectTo(serverUrl, { max: 1, onnotice: () => {} });
  const url = new URL(serverUrl);
  url.pathname = `/${templateName}`;
  const urlOf = () => url.href;
  const pools = createPools({ urls: urlOf, statementTimeoutMs: 60_000 });
  try {
    if (isOurs) await forgetOnCrash(server);
    await server.unsafe(`drop database if exists ${templateName} with (force)`);
    await server.unsafe(`create database ${templateName}`);
    await migrate({
      urlOf,
      stores: departments.map(({ store }) => store),
      folder: join(import.meta.dirname, '../../migrations'),
      log: () => {},
    });
    const stores = departments.map(({ store }) => store);
    const graph = createGraph();
    await applyPolicy(graph.wall, {
      owner: pools.ownerOf('organisation'),
      ownerUrl: url.href,
      stores,
    });
    await seedAll(pools, { size: testSize, log: () => {}, statistics: graph.statistics });
    await recordSomeReads(url.href);
    await pools.close();
    await server.unsafe(`drop database if exists ${districtName} with (force)`);
    await server.unsafe(`create database ${districtName} template ${templateName}`);
    // A copy has the rights of a new database, whatever was closed in its model.
    await server.unsafe(`revoke temporary on database ${districtName} from public`);
  } finally {
    await pools.close();
    await server.end();
  }
}
