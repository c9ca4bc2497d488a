import { join } from 'node:path';
import { expect, test } from 'vitest';
import { schemaFolder } from '../../src/contract/sdl/sources.ts';
import { parseExportLimits, readExportLimits } from '../../src/contract/tables/export-limits.ts';

const head = 'about\trows\tclause';
const parse = (...lines: readonly string[]) => parseExportLimits([head, ...lines].join('\n'), 'exports.tsv');

test('the table of the product can be read, and persons need approval sooner', () => {
  const { persons, others } = readExportLimits(join(schemaFolder, 'exports.tsv'));
  expect(persons).toBeLessThan(others);
});

test('a table says how many records of persons and of others need nobody', () => {
  expect(parse('persons\t200\tX2', 'others\t5000\tX2')).toEqual({ persons: 200, others: 5000 });
});

test.each([
  ['a row is missing', ['persons\t200\tX2'], /a row persons and a row others/],
  ['a row stands twice', ['persons\t200\tX2', 'persons\t1\tX2', 'others\t1\tX2'], /persons: stands twice/],
  ['a row is of something else', ['persons\t1\tX2', 'others\t1\tX2', 'things\t1\tX2'], /things: is neither/],
  ['a number is none', ['persons\tmany\tX2', 'others\t1\tX2'], /"many" is no whole number/],
  ['a clause is missing', ['persons\t1\t', 'others\t1\tX2'], /persons: names no clause/],
])('it is refused where %s', (_, lines, fault) => {
  expect(() => parse(...lines)).toThrow(fault);
});
