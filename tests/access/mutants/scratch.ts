import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnforcementPoint } from './points/point.ts';
import { changed } from './syntax/find.ts';
import { Program } from './syntax/program.ts';

const root = join(import.meta.dirname, '../../..');
const copied = ['src', 'tests', 'schema', 'seeds', 'bench', 'package.json', 'tsconfig.json', 'docs'];
const linked = ['node_modules', 'migrations', 'console', 'examples'];

type Mutated = Pick<EnforcementPoint, 'file' | 'changes'>;

/** A copy of the program in which points are switched off; the program itself has no such switch. */
export interface Scratch {
  readonly folder: string;
  /** Makes the changes of a point, gives the copy over, and takes them back. @throws Error when one does not apply */
  changed<T>(point: Mutated, work: () => Promise<T>): Promise<T>;
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
    async changed(point, work) {
      const takeBack = write(folder, point);
      try {
        return await work();
      } finally {
        takeBack();
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every identity asks as the owner, whom neither grants nor policies bind. */
const ownerLogin: Mutated = {
  file: 'login.ts',
  changes: [
    ['viewerLogin', '$roleUrl($ownerUrl, $roleOf($getViewer($viewer as $ViewerName).$name))', '$ownerUrl'],
  ],
};

/** @returns takes the changes back */
function write(folder: string, { file, changes }: Mutated): () => void {
  const { source, text } = changed(Program.in(folder), file, changes);
  const path = join(folder, source.path);
  writeFileSync(path, text);
  return () => writeFileSync(path, source.text);
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
