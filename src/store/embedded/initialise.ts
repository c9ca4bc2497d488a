import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { clusterFolder, ownerRole, readConnection, writeConnection } from './connection-file.ts';
import { giveFolder, type Launch, refusedNamespace, unprivileged } from './unprivileged.ts';

/** The version of the binaries. They cannot open a cluster of another version. */
const majorVersion = '18';

/**
 * Makes the cluster of a data folder on first use, with a password of its own. The cluster gets its name when
 * it is whole, so a killed program leaves nothing that looks like one. A cluster is never removed.
 * @throws Error with what initdb says, or for a cluster of another version
 */
export function initialise(binaries: Binaries, dataDir: string, log: (line: string) => void): void {
  const folder = clusterFolder(dataDir);
  if (existsSync(folder)) {
    const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
    if (version !== majorVersion)
      throw new Error(
        `The data folder ${dataDir} was made by PostgreSQL ${version}, this Laihu brings ${majorVersion}. Set LAIHU_DATA to another folder, or DATABASE_URL to a server of that version.`,
      );
    if (!readConnection(dataDir)?.password) resetPassword(binaries, dataDir, log);
    return;
  }
  log(`Making a database in ${dataDir}.`);
  const made = `${folder}.new`;
  rmSync(made, { recursive: true, force: true });
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(tmpdir(), `laihu-${randomBytes(8).toString('hex')}`);
  const launch = unprivileged(made, binaries.initdb, [
    `--pgdata=${made}`,
    `--username=${ownerRole}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]);
  mkdirSync(made, { mode: 0o700 });
  giveFolder(made, launch);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if (launch.uid !== undefined) chownSync(passwordFile, launch.uid, launch.uid);
    runOnce(launch, `PostgreSQL could not make its data folder ${made}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeConnection(dataDir, { port: 0, password });
  renameSync(made, folder);
}

/** Gives the owner a new password where the old one is lost. The server does not run meanwhile. */
function resetPassword(binaries: Binaries, dataDir: string, log: (line: string) => void): void {
  log(`The password of the database in ${dataDir} is missing (embedded.json): a new one is set.`);
  const folder = clusterFolder(dataDir);
  const password = randomBytes(24).toString('base64url');
  const launch = unprivileged(folder, binaries.postgres, ['--single', '-D', folder, 'postgres']);
  giveFolder(folder, launch);
  const output = runOnce(
    launch,
    `PostgreSQL could not set a password in ${folder}`,
    `alter role ${ownerRole} password '${password}'\n`,
  );
  if (/ERROR|FATAL/.test(output)) throw new Error(`PostgreSQL could not set a password in ${folder}.`);
  writeConnection(dataDir, { port: 0, password });
}

function runOnce(launch: Launch, failed: string, input = ''): string {
  const { status, stderr, error } = spawnSync(launch.command, launch.args, {
    ...launch,
    cwd: '/',
    encoding: 'utf8',
    input,
  });
  const output = `${stderr ?? ''}${error?.message ?? ''}`;
  if (status !== 0) throw new Error(refusedNamespace(launch, output) ?? `${failed}: ${lastLines(output)}`);
  return output;
}

export const lastLines = (text: string) => text.trim().split('\n').slice(-3).join(' ');
