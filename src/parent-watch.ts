import { readFileSync } from 'node:fs';

/** How often is looked, in milliseconds. */
const lookEveryMs = 500;

/** Parent of a process, from Linux; undefined elsewhere and where there is none. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** Whether npm has put a shell between itself and the program. */
function isShellOfNpm(pid: number): boolean {
  try {
    return /^(\S*\/)?(ba|da|a)?sh\0-c\0/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Resolves when the npm that started this program has ended, however it did: a signal to npm alone does not always
 * reach the program, and kill -9 never does.
 */
export function parentEnded(): Promise<void> {
  const parent = process.ppid;
  const grandparent = isShellOfNpm(parent) ? parentOf(parent) : undefined;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const isThere =
        process.ppid === parent && (grandparent === undefined || parentOf(parent) === grandparent);
      if (isThere) return;
      clearInterval(timer);
      resolve();
    }, lookEveryMs);
    timer.unref();
  });
}
