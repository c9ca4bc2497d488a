import { chownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How PostgreSQL is started, which refuses to run as root. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** The uid of `nobody`: initdb refuses one without a passwd entry. */
const nobody = 65534;

/**
 * As an ordinary user: directly. As root: as the user who owns the data already, else as `nobody`, else as
 * the owner of the checkout, whichever may enter all folders. Where none may: in a user namespace in which
 * root is called `nobody`.
 * @param folder the data folder, which need not exist; it is private itself, so its parents are looked at
 */
export function unprivileged(folder: string, binary: string, args: readonly string[]): Launch {
  if (process.getuid?.() !== 0) return { command: binary, args };
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
  const candidates = [owner, nobody, statSync(binary).uid];
  const uid = candidates.find((id) => id && mayEnter(id, folder) && mayEnter(id, binary));
  if (uid !== undefined) return { command: binary, args, uid, gid: uid };
  return {
    command: 'unshare',
    args: ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, binary, ...args],
  };
}

/** Gives a folder to the user of the launch. It walks the folder only when the owner changes. */
export function giveFolder(folder: string, launch: Launch): void {
  if (process.getuid?.() !== 0) return;
  const uid = launch.uid ?? 0;
  if (statSync(folder).uid !== uid) chownTree(folder, uid);
}

/** Why a launch failed, as a sentence, where the reason is the container and not PostgreSQL. */
export function refusedNamespace(launch: Launch, output: string): string | undefined {
  if (launch.command !== 'unshare' || !/unshare|ENOENT/.test(output)) return undefined;
  return (
    'PostgreSQL does not run as root, other users may not enter this folder, and this system forbids user namespaces. ' +
    'Start Laihu as an ordinary user, move it to a folder that others may enter, or set DATABASE_URL.'
  );
}

function chownTree(path: string, owner: number): void {
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) chownTree(join(path, name), owner);
  chownSync(path, owner, owner);
}

/** Whether a user may enter every parent of a path, by the modes of its owner and of others. */
function mayEnter(uid: number, path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const at = statSync(folder, { throwIfNoEntry: false });
    if (at && (at.mode & (at.uid === uid ? 0o100 : 0o001)) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
