import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgColumn } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { departments } from '../../../src/departments/index.ts';
import { readRowScopes } from '../../access/reading/row-scopes.ts';

// A write looks for the rows about its person in every register: by an index, or it would read all of them.

test('each column that names a person, or what makes a link, begins an index', () => {
  const scopes = readRowScopes();
  const without = departments.flatMap(({ records }) =>
    Object.entries(records).flatMap(([type, { table }]) => {
      const { about, serves, concerns, task } = scopes.get(type)!;
      const columns = getTableColumns(table) as Record<string, PgColumn>;
      const { indexes, uniqueConstraints } = getTableConfig(table);
      const leading = new Set([
        ...indexes.flatMap(({ config }) => {
          const [first] = config.columns;
          return !config.where && first && 'name' in first ? [first.name] : [];
        }),
        ...uniqueConstraints.map((unique) => unique.columns[0]?.name),
        ...Object.values(columns).flatMap(({ name, primary, isUnique }) =>
          primary || isUnique ? [name] : [],
        ),
      ]);
      return [...about, ...serves, ...concerns, ...(task ? [task.subject] : [])]
        .map((property) => columns[property]!.name)
        .filter((name) => !leading.has(name))
        .map((name) => `${type}: ${name}`);
    }),
  );
  expect(without).toEqual([]);
});
