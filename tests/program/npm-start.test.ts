import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { createDataFolder, type DataFolder } from './data-folders.ts';
import { answering, postgresOf, startCommand } from './laihu-process.ts';

/** The Node of the machine, where it is another one than this program needs. */
const oldNode = (process.env.PATH ?? '')
  .split(':')
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => `${folder}/node`)
  .find((path) => {
    try {
      return Number(execFileSync(path, ['--version'], { encoding: 'utf8' }).slice(1).split('.')[0]) < 24;
    } catch {
      return false;
    }
  });

describe('npm start', { timeout: 180_000 }, () => {
  let folder: DataFolder;
  beforeAll(async () => {
    folder = createDataFolder();
    const first = await answering({ args: ['--demo', '--empty'], env: { LAIHU_DATA: folder.path } });
    await first.stop();
  });
  afterAll(() => folder?.remove());

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
    'ended by %s to npm alone ends the program and its database',
    async (signal) => {
      const npm = startCommand(['npm', 'start'], {
        args: ['--', '--empty'],
        env: { LAIHU_DATA: folder.path, PORT: '0' },
      });
      await npm.says('Laihu answers at');
      const [program] = programsOf(npm.pid);
      expect(program).toBeDefined();
      npm.process.kill(signal);
      await until(() => !isThere(program!));
      expect(postgresOf(folder.path)).toEqual([]);
    },
  );

  it.skipIf(!oldNode)('on an older Node says so (needs a Node before 24 on the path)', () => {
    const { status, stderr } = (() => {
      try {
        execFileSync(oldNode!, ['--import', './src/supported-node.js', 'src/main.ts', '--demo'], {
          encoding: 'utf8',
          stdio: 'pipe',
        });
        return { status: 0, stderr: '' };
      } catch (error) {
        return error as { status: number; stderr: string };
      }
    })();
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/Node 24 or newer.*npm/);
  });
});

/** Processes of the program below a process. */
function programsOf(pid: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, own, parent, args]) => ({ pid: Number(own), parent: Number(parent), args: args ?? '' }));
  const below = (of: number): typeof table => table.filter(({ parent }) => parent === of);
  return [...below(pid), ...below(pid).flatMap((child) => below(child.pid))]
    .filter(({ args }) => args.includes('src/main.ts') && !/^sh /.test(args))
    .map((found) => found.pid);
}

function isThere(pid: number): boolean {
  try {
    return !/^Z/.test(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim());
  } catch {
    return false;
  }
}
