import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Clock ticks a second of /proc on Linux. */
const ticks = 100;

interface Stat {
  readonly parent: number;
  readonly cpuMs: number;
  /** Of children that have ended. */
  readonly endedMs: number;
}

function statOf(pid: number | string): Stat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ms = (at: number) => ((Number(fields[at]) + Number(fields[at + 1])) * 1000) / ticks;
    return { parent: Number(fields[1]), cpuMs: ms(11), endedMs: ms(13) };
  } catch {
    return undefined;
  }
}

/** CPU time of a process so far, user and system, in milliseconds. */
export const cpuOf = (pid: number): number => statOf(pid)?.cpuMs ?? 0;

/** CPU time of a PostgreSQL server so far, all its processes together, those that have ended among them. */
export function cpuOfTree(root: number): number {
  let sum = cpuOf(root) + (statOf(root)?.endedMs ?? 0);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(name);
    if (stat?.parent === root) sum += stat.cpuMs;
  }
  return sum;
}

export interface Started {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server that prints "listening <url>" when it answers. */
export function startServer(
  file: string,
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<Started> {
  const child: ChildProcess = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    const stop = () =>
      new Promise<void>((done) => {
        child.once('exit', () => done());
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 5000).unref();
      });
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it answered.`)));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /^listening (\S+)/.exec(line)?.[1];
      if (url && child.pid !== undefined) resolve({ pid: child.pid, url, stop });
    });
  });
}
