import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * What a unit test must not reach: the database of the run, a server, another process, the assembled product (it
 * alone takes as long to load as all unit tests to run). Whatever it imports from `tests/` counts as its own.
 */
export const beyondUnit: readonly RegExp[] = [
  /^tests\/support\/(database|district|global-setup|kept-server)\.ts$/,
  /^src\/(schema|server|main|program|stores)\.ts$/,
  /^src\/store\/(connect|pools|embedded\/.*)\.ts$/,
  /^(node:child_process|node:cluster|node:worker_threads|postgres|playwright-core)$/,
];

/** No database, but seconds of work (large files, millions of keys, threads, all sources, drizzle-kit): they run with the rest. */
export const longOnes: readonly string[] = [
  'access/mutants/found-again',
  'import/check-in-thread',
  'import/key-table',
  'import/office-texts',
  'store/migrations-made',
].map((name) => `tests/${name}.test.ts`);

const importing = /(?:^|\n)\s*(?:import|export)\s(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/g;
const importingLater = /\bimport\(\s*'([^']+)'/g;

/** What a file imports when it runs; a file of the repository by its path from the root. */
function importsOf(root: string, file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [importing, importingLater]
    .flatMap((form) => [...text.matchAll(form)])
    .map(([, from = '']) =>
      from.startsWith('.') ? relative(root, join(root, dirname(file), from)).replaceAll('\\', '/') : from,
    );
}

/** The way from a test to what no unit test may reach, through files of `tests/`; undefined for a unit test. */
export function wayBeyond(root: string, test: string): readonly string[] | undefined {
  const seen = new Set([test]);
  const ways: string[][] = [[test]];
  for (const way of ways)
    for (const imported of importsOf(root, way.at(-1) ?? '')) {
      if (beyondUnit.some((form) => form.test(imported))) return [...way, imported];
      if (seen.has(imported) || !imported.startsWith('tests/') || !existsSync(join(root, imported))) continue;
      seen.add(imported);
      ways.push([...way, imported]);
    }
  return undefined;
}

/** Paths of all tests that need neither database nor process, found by what they import. */
export const unitTests = (root: string): string[] =>
  globSync('tests/**/*.test.ts', { cwd: root })
    .map((test) => test.replaceAll('\\', '/'))
    .filter((test) => !longOnes.includes(test) && wayBeyond(root, test) === undefined)
    .sort();
