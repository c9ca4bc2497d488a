import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digestOf } from '../tests/support/digest.ts';

/** `npm run codegen`: writes `src/generated/` where the contract, or what makes the types of it, has changed. */

const root = join(import.meta.dirname, '..');
const stamp = join(root, '.cache/codegen');

/** The contract, and everything between it and the types. */
const sources = [
  'schema/**/*.graphql',
  'src/schema.ts',
  'src/contract/sdl/**/*.ts',
  'codegen.ts',
  'package-lock.json',
];

const now = digestOf(root, sources);
const isThere = existsSync(join(root, 'src/generated/resolvers.ts')) && existsSync(stamp);
if (!isThere || readFileSync(stamp, 'utf8') !== now) {
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' } as const;
  const { status } = spawnSync('graphql-codegen', ['--config', 'codegen.ts'], options);
  if (status === 0) {
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, now);
  } else process.exitCode = 1;
}
