import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { viewersNamedIn } from './reading/viewer-names.ts';

// What a viewer may see stands in the SDL and in the tables of schema/, and nowhere else: no code names a viewer.

const root = join(import.meta.dirname, '../..');
const names = new Set<string>(viewers.flatMap(({ code, name }) => [code, name]));

/** Words that are also viewers' names, and mean something else where they stand. */
const homonyms: readonly (readonly [files: string, words: readonly string[], meaning: string])[] = [
  ['src/{statistics/*,departments/*/statistics}.ts', ['SUBDISTRICT'], 'a key of statistics'],
  [
    'src/{graph/reads/asked-places,database/rows/place-bound,identifiers/division-code}.ts',
    ['SUBDISTRICT'],
    'a level of places',
  ],
  [
    'src/contract/policy/measures.ts',
    ['POLICE_STATION', 'RECEPTION_CENTRE', 'COORDINATOR'],
    'kinds of viewers',
  ],
  [
    'src/departments/organisation/tables.ts',
    ['LEADING_GROUP', 'RECEPTION_CENTRE', 'POLICE_STATION'],
    'kinds of units',
  ],
];

test('no code outside src/identity names a viewer', () => {
  const files = globSync('src/**/*.ts', { cwd: root }).filter(
    (file) => !/^src\/(identity|generated)\//.test(file),
  );
  expect(files.length).toBeGreaterThan(300);
  const faults = files.flatMap((file) =>
    viewersNamedIn(readFileSync(join(root, file), 'utf8'), names)
      .filter(({ name }) => !homonyms.some(([at, words]) => matchesGlob(file, at) && words.includes(name)))
      .map(
        ({ line, name }) =>
          `${file}:${line} names ${name}; say it in schema/visibility.tsv or row-scopes.tsv`,
      ),
  );
  expect(faults).toEqual([]);
});

test.each([
  ["if (viewer.department === 'PUBLIC_SECURITY') show(all);", ['PUBLIC_SECURITY']],
  ["const open = new Set(['LAO', 'ITC']);", ['LAO', 'ITC']],
  ["switch (code) { case 'WOF': show(own); }", ['WOF']],
  ["const holder = sql`coalesce(unit, 'COR')`;", ['COR']],
  ['const rights = { PSB: all };', ['PSB']],
  ["if (viewer.kind === 'SUBDISTRICT') show(place);", []],
  ["switch (viewer.kind) { case 'COORDINATOR': show(area); }", []],
  ["type Level = 'SUBDISTRICT' | 'STATION';", []],
])('a planted name is found, and a kind is none: %s', (source, found) => {
  expect(viewersNamedIn(source, names).map(({ name }) => name)).toEqual(found);
});
