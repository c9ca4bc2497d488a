import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
/** The databases of a whole run take half a gigabyte. */
const plenty = 6 * 2 ** 30;
const prefix = 'laihu-test-';

/**
 * Makes a folder for the server of a run, in memory where there is plenty of it: a run makes and drops dozens of
 * databases of two thousand files, and Linux looks long for a place for a file where many were deleted lately.
 */
export function makeDataFolder(): string {
  if (existsSync(memory)) removeAbandoned();
  const folder = mkdtempSync(join(placeForData(), `${prefix}${process.pid}-`));
  // As root the server runs as `nobody`, who must be able to enter.
  chmodSync(folder, 0o755);
  return folder;
}

/** Where data folders are made: what a server writes when it stops takes a disk seconds, and memory nothing. */
export const placeForData = (): string => (hasPlenty() ? memory : tmpdir());

function hasPlenty(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return Math.min(bavail * bsize, freemem()) >= plenty;
}

/** Folders of this user's runs that were killed would keep their memory. */
function removeAbandoned(): void {
  for (const name of readdirSync(memory)) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    const folder = join(memory, name);
    if (!pid || isAlive(pid) || statSync(folder).uid !== process.getuid?.()) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
