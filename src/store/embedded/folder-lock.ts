import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (folder: string) => join(folder, 'laihu.lock');

/** When a process began, in a form that tells it from a later one with the same number; empty where not known. */
function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The process that holds a folder, or undefined: a lock left by a killed process holds nothing. */
export function lockHolder(folder: string): number | undefined {
  try {
    const [pid, started] = readFileSync(fileOf(folder), 'utf8').trim().split(' ');
    const holder = Number(pid);
    return isRunning(holder) && startedAt(holder) === (started ?? '') ? holder : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes a data folder for this process.
 * @returns a function that gives it back
 * @throws Error when another running program holds it.
 */
export function lockFolder(folder: string): () => void {
  const file = fileOf(folder);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, `${process.pid} ${startedAt(process.pid)}\n`);
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = lockHolder(folder);
      if (holder !== undefined)
        throw new Error(
          `The data folder ${folder} is used by another Laihu (process ${holder}). Stop it, or set LAIHU_DATA to another folder.`,
        );
      rmSync(file, { force: true });
    }
  }
  throw new Error(`The data folder ${folder} cannot be locked: another Laihu is starting on it.`);
}
