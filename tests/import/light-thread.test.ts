import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What a source loads when it runs. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  const { module } = parseSync(path, text, { lang: 'ts', sourceType: 'module' });
  return module.staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
    .map(({ moduleRequest }) => moduleRequest.value);
}

it('the thread that checks a file loads no library of databases or of GraphQL: it starts anew for each file', () => {
  // It takes the file of the one department that has sent one.
  const departments = globSync('src/departments/*/import/file.ts', { cwd: root });
  expect(departments.length).toBeGreaterThan(2);
  const seen = new Set([
    'src/import/check-thread.ts',
    ...departments.map((path) => path.replaceAll('\\', '/')),
  ]);
  const libraries = new Set<string>();
  for (const path of seen)
    for (const from of importsOf(path))
      if (from.startsWith('.'))
        seen.add(relative(root, join(root, dirname(path), from)).replaceAll('\\', '/'));
      else if (!from.startsWith('node:')) libraries.add(from);
  expect(seen.size).toBeGreaterThan(20);
  expect([...libraries]).toEqual(['csv-stringify/sync']);
});
