import { chownSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How PostgreSQL, which refuses to run as root, is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** The uid of `nobody`: initdb refuses one without a passwd entry. */
const nobody = 65534;

/**
 * Not root: directly. Root, and everybody may enter the folders: as `nobody`. Root in a folder that others may
 * not enter: in a user namespace where root is called `nobody`.
 * @param paths binaries and data folder; their parents are looked at, for the data folder itself is private
 */
export function unprivileged(paths: readonly string[], binary: string, args: readonly string[]): Launch {
  if (process.getuid?.() !== 0) return { command: binary, args };
  if (paths.every(parentsAreOpen)) return { command: binary, args, uid: nobody, gid: nobody };
  return {
    command: 'unshare',
    args: ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, binary, ...args],
  };
}

/** Gives a folder to whom the launch runs as; walks it only when its owner changes. */
export function giveFolder(folder: string, launch: Launch): void {
  if (process.getuid?.() !== 0) return;
  const owner = launch.uid ?? 0;
  if (statSync(folder).uid !== owner) chownTree(folder, owner);
}

function chownTree(path: string, owner: number): void {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) chownTree(join(path, name), owner);
  chownSync(path, owner, owner);
}

function parentsAreOpen(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
