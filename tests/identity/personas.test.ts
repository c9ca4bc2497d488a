import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { personas } from '../../src/identity/personas.ts';
import { readTables } from '../doing/reading/machines.ts';

const rows = [...readTables().values()].flat();
/** The posts that a table names, as `<viewer> <post>`. */
const ofMachines = rows.flatMap(({ viewers, posts }) =>
  viewers.flatMap((viewer) => posts.map((post) => `${viewer} ${post}`)),
);
const ofRows = readFileSync(join(import.meta.dirname, '../../schema/row-scopes.tsv'), 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .filter(([, part]) => part === 'post')
  .map(([, , value]) => value!);

describe('the personas', () => {
  it('hold every post that a transition or a row is for, so that all the daily work can be done, and no other', () => {
    const held = personas.flatMap(({ code, posts }) => posts.map((post) => `${code} ${post}`));
    expect(ofMachines.length).toBeGreaterThan(0);
    expect(held.sort()).toEqual([...new Set([...ofMachines, ...ofRows])].sort());
  });

  it('are two persons wherever an act needs another person than the one before', () => {
    const needTwo = rows
      .filter(({ effects }) => effects.includes('anotherPerson'))
      .flatMap(({ viewers }) => viewers);
    expect(needTwo).toContain('PSB');
    for (const code of needTwo) {
      const persona = personas.find((each) => each.code === code);
      expect(persona?.colleague?.person, code).toBeTruthy();
      expect(persona?.colleague?.person, code).not.toBe(persona?.person);
    }
  });
});
