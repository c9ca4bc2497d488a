import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableName } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { departments } from '../../src/departments/index.ts';
import { migratedTables } from './migrated.ts';

/** Types whose rows are a sub-district's, by the table of row scopes; joint checks are a handful, each of several. */
const ofPlaces = readFileSync(join(import.meta.dirname, '../../schema/row-scopes.tsv'), 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .filter(([, part, value]) => part === 'territory' && value === 'subdistrict')
  .map(([type = '']) => type)
  .filter((type) => type !== 'JointCheckAction');

it('there are types whose rows are of a place', () => expect(ofPlaces.length).toBeGreaterThan(50));

it.each(ofPlaces)('the rows of a sub-district of %s are found by an index', (type) => {
  const { store, records } = departments.find((department) => type in department.records)!;
  const { table, carries } = records[type]!;
  const column = carries?.territory?.subdistrict?.name;
  const { indexes } = migratedTables(store).get(getTableName(table))!;
  expect(Object.values(indexes).map(([first]) => first)).toContain(column);
});
