import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

it('the table of scripts in CONTRIBUTING.md names each script once, and no other', () => {
  const rows = read('CONTRIBUTING.md').matchAll(/^\| `npm (?:run )?(\S+?)` \| \S/gm);
  const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
  expect([...rows].map(([, name]) => name).sort()).toEqual(Object.keys(scripts).sort());
});

it('every script that a page names is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/operations.md', 'docs/access.md'];
  for (const page of pages)
    for (const [, name] of read(page).matchAll(/`?npm run (?:-s )?([a-z][a-z:-]*)/g))
      expect(Object.keys(scripts), page).toContain(name);
});

it('the version file, package.json and what runs TypeScript agree about Node', () => {
  const wanted = read('.node-version').trim();
  expect(read('src/supported-node.js')).toContain(`const least = ${wanted};`);
});
