import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnforcementPoint } from './points/point.ts';

const root = join(import.meta.dirname, '../../..');
const copied = ['src', 'tests', 'schema', 'seeds', 'bench', 'package.json', 'tsconfig.json', 'docs'];
const linked = ['node_modules', 'migrations', 'console', 'examples'];

/** A copy of the program in which points are switched off; the program itself has no such switch. */
export interface Scratch {
  readonly folder: string;
  /** Makes the changes of a point, gives the copy over, and takes them back. @throws Error when one does not apply */
  changed<T>(point: Pick<EnforcementPoint, 'file' | 'changes' | 'with'>, work: () => Promise<T>): Promise<T>;
  has(file: string): boolean;
  remove(): void;
}

/** @param login as whom viewers log in: as the owner only the program's rules protect */
export function createScratch(login: 'owner' | 'viewer'): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'laihu-mutant-'));
  for (const name of copied)
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const name of linked)
    if (existsSync(join(root, name))) symlinkSync(join(root, name), join(folder, name));
  writeFileSync(join(folder, 'vitest.config.mjs'), configOf(login));
  if (login === 'owner') write(folder, ownerLogin);
  return {
    folder,
    has: (file) => existsSync(join(folder, file)),
    async changed({ file, changes, with: others = [] }, work) {
      const parts = [{ file, changes }, ...others];
      const before = parts.map((part) => readFileSync(join(folder, part.file), 'utf8'));
      try {
        for (const part of parts) write(folder, part);
        return await work();
      } finally {
        for (const [i, part] of parts.entries()) writeFileSync(join(folder, part.file), before[i] ?? '');
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every identity asks as the owner, whom neither grants nor policies bind. */
const ownerLogin: Pick<EnforcementPoint, 'file' | 'changes'> = {
  file: 'src/database/wall/login.ts',
  changes: [['roleUrl(ownerUrl, roleOf(getViewer(viewer as ViewerName).name));', '(void viewer, ownerUrl);']],
};

function write(folder: string, { file, changes }: Pick<EnforcementPoint, 'file' | 'changes'>): void {
  const path = join(folder, file);
  let text = readFileSync(path, 'utf8');
  for (const [find, replace] of changes) {
    const [head, tail, ...more] = text.split(find);
    if (tail === undefined || more.length > 0)
      throw new Error(`${file} has not exactly one place with: ${find}`);
    text = `${head}${replace}${tail}`;
  }
  writeFileSync(path, text);
}

const configOf = (login: 'owner' | 'viewer'): string => `
import { fileURLToPath } from 'node:url';
export default {
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    provide: { login: '${login}' },
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 240_000,
  },
};
`;
