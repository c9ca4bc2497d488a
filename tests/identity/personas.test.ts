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
  it('hold, or their colleagues do, a post for every transition and row that is for one', () => {
    const holdsNone = rows
      .filter(({ posts }) => posts.length > 0)
      .flatMap(({ viewers, posts, where }) =>
        viewers
          .filter((viewer) => {
            const { colleague, ...persona } = personas.find(({ code }) => code === viewer)!;
            return !posts.some((post) =>
              [...persona.posts, ...(colleague?.posts ?? [])].includes(post as never),
            );
          })
          .map((viewer) => `${viewer} ${where}`),
      );
    expect(holdsNone).toEqual([]);
    const held = personas.flatMap(({ code, posts }) => posts.map((post) => `${code} ${post}`));
    for (const each of ofRows) expect(held).toContain(each);
  });

  it('hold no post that nothing is for', () => {
    const held = personas.flatMap(({ code, posts }) => posts.map((post) => `${code} ${post}`));
    expect(ofMachines.length).toBeGreaterThan(0);
    expect(held.filter((each) => ![...ofMachines, ...ofRows].includes(each))).toEqual([]);
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
