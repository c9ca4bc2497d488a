import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A table as the migrations of its store leave it. */
export interface MigratedTable {
  readonly name: string;
  readonly checks: readonly string[];
  /** By name, the columns and expressions in their order. */
  readonly indexes: Readonly<Record<string, readonly string[]>>;
}

interface Snapshot {
  readonly tables: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly checkConstraints: Readonly<Record<string, { readonly value: string }>>;
        readonly indexes: Readonly<
          Record<string, { readonly columns: readonly { readonly expression: string }[] }>
        >;
      }
    >
  >;
}

/** The tables of a store, by name, from the last snapshot of its migrations. */
export function migratedTables(store: string): ReadonlyMap<string, MigratedTable> {
  const folder = join(import.meta.dirname, '../../migrations', store, 'meta');
  const last = readdirSync(folder)
    .filter((file) => file.endsWith('_snapshot.json'))
    .sort()
    .at(-1)!;
  const { tables } = JSON.parse(readFileSync(join(folder, last), 'utf8')) as Snapshot;
  return new Map(
    Object.values(tables).map(({ name, checkConstraints, indexes }) => [
      name,
      {
        name,
        checks: Object.values(checkConstraints).map(({ value }) => value),
        indexes: Object.fromEntries(
          Object.entries(indexes).map(([index, { columns }]) => [index, columns.map((c) => c.expression)]),
        ),
      },
    ]),
  );
}
