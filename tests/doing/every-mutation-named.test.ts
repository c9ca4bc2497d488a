import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTables } from './reading/machines.ts';
import { readMutations } from './reading/mutations.ts';

// The mutations that the dossier and the departments ask for, each with its name, or with the reason why there is none.

const words = readFileSync(join(import.meta.dirname, 'dossier/mutations.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .flatMap((line) => (/^\w+-/.test(line) ? [line] : line.split(' ')));
const asked = words.map((word) => {
  const [, name = '', sign = '', rest = ''] = /^(\w+)([=-]?)(.*)$/.exec(word) ?? [];
  return { name, called: sign === '=' ? rest : name, exception: sign === '-' ? rest : '' };
});
const tables = readTables();
const mutations = readMutations(tables);
const lists = [...tables.values()].flat().map(({ list }) => list);

test.each(asked.filter(({ exception }) => exception === ''))('$name has rows in the tables', ({ called }) => {
  expect([...mutations.keys(), ...lists]).toContain(called);
});

test('no exception stands for a mutation that there is', () => {
  const there = asked.filter(({ name, exception }) => exception !== '' && mutations.has(name));
  expect(there).toEqual([]);
});

test('the list holds every name once', () => {
  const names = asked.map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(names.length).toBeGreaterThan(140);
});
