import { describe, expect, test } from 'vitest';
import { type BaseRow, Cube } from '../../src/statistics/cube.ts';
import type { Population } from '../../src/statistics/population.ts';
import { protect } from '../../src/statistics/protect.ts';
import { publishedCells } from '../../src/statistics/publish.ts';
import { type Cell, fields, keys } from './asking.ts';
import { determined, type Publication, pinned, systemOf } from './linear-system.ts';

const values = (letter: string, n: number) => Array.from({ length: n }, (_, i) => `${letter}${i}`);

/** Tables that share a key, one of three keys. */
const population: Population = {
  name: 'made up',
  rows: () => {
    throw new Error('nothing is read');
  },
  dimensions: [
    { name: 'SUBDISTRICT', values: values('s', 4), other: null },
    { name: 'AGE_BAND', values: values('a', 3), other: null },
    { name: 'SEX', values: values('x', 2), other: null },
    { name: 'ORIGIN_PROVINCE', values: values('o', 5), other: null },
  ],
  tables: [
    ['SUBDISTRICT', 'AGE_BAND', 'SEX'],
    ['SUBDISTRICT', 'ORIGIN_PROVINCE'],
  ],
  measures: [{ name: 'REGISTERED_MIGRANTS' }],
};

/** The same district for a number, of so many persons, few of them in the last values. */
function district(seed: number, persons: number): Cube {
  let state = seed * 2_654_435_761 + 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const rows = Array.from(
    { length: persons },
    (): BaseRow => ({
      at: population.dimensions.map((d) => Math.floor(d.values.length * random() ** 2)),
      count: 1,
      sums: [],
    }),
  );
  return new Cube(population.dimensions, population.tables, rows);
}

function publicationOf(cube: Cube, k: number): Publication {
  const sets = new Map<string, Cell[]>();
  for (const { keySet, keys: held, value, isSuppressed, upperBound } of publishedCells(
    population,
    cube,
    k,
    keys,
  )) {
    const names = keySet === '' ? [] : keySet.split(',');
    const cell = {
      month: '2007-02',
      ...Object.fromEntries(names.map((name, i) => [fields[name], held[i]])),
      value: value === null ? null : String(value),
      suppressed: isSuppressed,
      upperBound,
    };
    sets.set(keySet, [...(sets.get(keySet) ?? []), cell]);
  }
  return new Map([
    ['X', [...sets].map(([set, cells]) => [set === '' ? [] : set.split(','), cells] as const)],
  ]);
}

describe.each([20, 60, 200, 1000])('of a district of %d', (persons) => {
  test.each([5, 10])('no cell under %d follows', (k) => {
    for (let seed = 1; seed <= 10; seed++) {
      const cube = district(seed, persons);
      const cramped = protect(cube, k);
      const system = systemOf(publicationOf(cube, k));
      expect(determined(system), `seed ${seed}`).toEqual([]);
      if (cramped === 0) expect(pinned(system, k), `seed ${seed}`).toEqual([]);
      if (persons >= 200) expect(cramped, `seed ${seed}`).toBe(0);
    }
  });
});

test('a district smaller than k publishes nothing', () => {
  const cube = district(1, 4);
  protect(cube, 5);
  const [, answers = []] = [...publicationOf(cube, 5)][0] ?? [];
  expect(answers.flatMap(([, cells]) => cells).every(({ suppressed }) => suppressed)).toBe(true);
});

test('a district of large cells publishes all', () => {
  const rows = values('', 120).map((_, i) => ({
    at: [i % 4, Math.floor(i / 4) % 3, Math.floor(i / 12) % 2, Math.floor(i / 24)],
    count: 10,
    sums: [],
  }));
  const cube = new Cube(population.dimensions, population.tables, rows);
  expect(protect(cube, 10)).toBe(0);
  for (const { states } of cube.margins.values()) expect(states.every((state) => state === 0)).toBe(true);
});
