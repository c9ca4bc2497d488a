import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/store/embedded/index.ts';
import { makeDataFolder } from './data-folder.ts';
import { bringUpToDate, keptServer } from './kept-server.ts';

export { districtName, templateName, testSize } from './district-names.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the server with the template database; tests make their own databases on it. */
    serverUrl: string;
  }
}

interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

const nothingToStop = async () => {};

/** Projects of a run load this file each for itself, and share what it started. */
const run = globalThis as { laihuTestServer?: { server: Promise<TestServer>; users: number } };

/**
 * One real server for the whole run: the one that `npm run test:server` keeps, the one that TEST_DATABASE_URL names,
 * or one of its own. The district is loaded once into a template; a test file that writes makes a copy of it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  run.laihuTestServer ??= { server: startServer(), users: 0 };
  const shared = run.laihuTestServer;
  shared.users++;
  const { url, stop } = await shared.server;
  project.provide('serverUrl', url);
  return async () => {
    if (--shared.users > 0) return;
    delete run.laihuTestServer;
    await stop();
  };
}

async function startServer(): Promise<TestServer> {
  // A run that only reads can share the server of another one, where the district stands already.
  const loaded = process.env.TEST_LOADED_SERVER_URL;
  if (loaded) return { url: loaded, stop: nothingToStop };
  const given = process.env.TEST_DATABASE_URL;
  const kept = given ? undefined : keptServer();
  if (kept) {
    await bringUpToDate(kept);
    return { url: kept, stop: nothingToStop };
  }
  const { loadDistrict } = await import('./district.ts');
  if (given) {
    await loadDistrict(given, false);
    return { url: given, stop: nothingToStop };
  }
  const folder = makeDataFolder();
  const embedded = await startEmbedded({ dataDir: folder, log: () => {} });
  const stop = async () => {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await loadDistrict(embedded.localUrl, true);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: embedded.localUrl, stop };
}
