import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedAll } from '../seeds/load.ts';
import { applyPolicy } from '../src/database/wall/apply.ts';
import { departments } from '../src/departments/index.ts';
import { createDemoIssuer } from '../src/identity/demo-issuer.ts';
import { createGraph } from '../src/schema.ts';
import { clusterFolder } from '../src/store/embedded/connection-file.ts';
import { startEmbedded } from '../src/store/embedded/index.ts';
import { migrate } from '../src/store/migrate.ts';
import { createPools } from '../src/store/pools.ts';
import { subdistrict } from './page.ts';

const here = import.meta.dirname;

type Headers = Readonly<Record<string, string>>;

/** A database with the synthetic district of so many persons; its folder is kept for the next run. */
export interface District {
  readonly url: string;
  readonly dataDir: string;
  /** Process id of PostgreSQL. */
  readonly postmaster: number;
  readonly headers: { readonly officer: Headers; readonly registrar: Headers; readonly builders: Headers };
  stop(): Promise<void>;
}

/** Starts the database of a district, and makes it first where it is not there yet. */
export async function openDistrict(size: number, say: (line: string) => void): Promise<District> {
  const dataDir = join(here, `.data-${size}`);
  const embedded = await startEmbedded({ dataDir, log: say });
  const url = embedded.localUrl;
  try {
    await prepare(url, size, say);
    const demo = await createDemoIssuer(dataDir);
    const bearer = async (code: string, unit?: string, purpose = 'REGISTRATION') => ({
      authorization: `Bearer ${(await demo.issue({ code, unit })).token}`,
      'laihu-purpose': purpose,
    });
    const pidFile = join(clusterFolder(dataDir), 'postmaster.pid');
    return {
      url,
      dataDir,
      postmaster: Number(readFileSync(pidFile, 'utf8').split('\n')[0]),
      headers: {
        officer: await bearer('SUB', `PT-SUB-${subdistrict.slice(6)}`),
        registrar: await bearer('PSB'),
        builders: await bearer('CON', undefined, 'SITE_SAFETY'),
      },
      stop: () => embedded.stop(),
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function prepare(url: string, size: number, say: (line: string) => void): Promise<void> {
  const urlOf = () => url;
  const stores = departments.map(({ store }) => store);
  await migrate({ urlOf, stores, folder: join(here, '../migrations'), log: say });
  const pools = createPools({ urls: urlOf, statementTimeoutMs: 3_600_000 });
  await applyPolicy(createGraph().wall, { owner: pools.ownerOf('access'), ownerUrl: url, stores });
  await seedAll(pools, { size, log: say });
  await pools.ownerOf('housing').unsafe('vacuum analyze');
  await pools.close();
}
