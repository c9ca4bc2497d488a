import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (folder: string) => join(folder, 'laihu.lock');

/** State and beginning of a process, from Linux; undefined elsewhere and where there is none. */
function processStat(pid: number): { state: string; started: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/**
 * When a process began, as a text that differs for a later process with the same number; empty where not
 * known.
 */
const startedAt = (pid: number) => processStat(pid)?.started ?? '';

/** A process that has ended but was not reaped (in a container without an init) does not run. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return processStat(pid)?.state !== 'Z';
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function holderOf(lock: string): number | undefined {
  const [pid, started] = lock.trim().split(' ');
  const holder = Number(pid);
  return isRunning(holder) && startedAt(holder) === (started ?? '') ? holder : undefined;
}

/** The process that holds a folder, or undefined. A lock left by a killed process holds nothing. */
export const lockHolder = (folder: string): number | undefined => holderOf(read(fileOf(folder)));

/**
 * Takes a data folder for this process.
 * @returns a function that gives it back
 * @throws Error when another running program holds it.
 */
export function lockFolder(folder: string): () => void {
  const file = fileOf(folder);
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  // A link appears with its content or not at all: nobody ever reads a half-written lock.
  writeFileSync(own, `${process.pid} ${startedAt(process.pid)}\n`, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(own, file);
        return () => rmSync(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const found = read(file);
      const holder = holderOf(found);
      if (holder !== undefined)
        throw new Error(
          `The data folder ${folder} is used by another Laihu (process ${holder}); stop it or set LAIHU_DATA to another folder.`,
        );
      if (found) removeStale(file, found);
    }
  } finally {
    rmSync(own, { force: true });
  }
  throw new Error(`The data folder ${folder} cannot be locked: another Laihu is starting on it.`);
}

/** Removes the lock that was read, but not one that somebody else has put there meanwhile. */
function removeStale(file: string, found: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== found) linkSync(aside, file);
  } catch {
    // Another program was faster; the next attempt sees its lock.
  }
  rmSync(aside, { force: true });
}
