import { getTableColumns, Placeholder, type SQL, sql } from 'drizzle-orm';
import { type PgColumn, PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import type { RecordSource } from '../../../src/contract/model/record-source.ts';
import { departments } from '../../../src/departments/index.ts';
import type { Pools } from '../../../src/store/pools.ts';
import { testDay } from '../../support/graph.ts';
import { type RowReading, readRowScopes } from './row-scopes.ts';

/** A stored row: columns by property, derived values under `name()`. */
export type RawRow = Readonly<Record<string, unknown>> & { readonly id: string };

/** A link of access.links. */
export interface Link {
  readonly holder: string;
  readonly subject: string;
  readonly until: string | null;
}

/** Everything that is stored, read by the owner of the stores: what answers are compared with. */
export interface District {
  rows(type: string): readonly RawRow[];
  row(type: string, id: unknown): RawRow | undefined;
  /** Rows of a type by the value of one of their properties. */
  by(type: string, property: string): ReadonlyMap<unknown, readonly RawRow[]>;
  source(type: string): RecordSource;
  /** Whose rows are whose, as this test reads it. */
  scope(type: string): RowReading;
  property(type: string, column: PgColumn): string;
  readonly links: readonly Link[];
  readonly areas: readonly { readonly holder: string; readonly neighbourhood: string }[];
}

const dialect = new PgDialect();

/** Reads all rows of all record types. */
export async function readDistrict(pools: Pools): Promise<District> {
  const rows = new Map<string, RawRow[]>();
  const sources = new Map<string, RecordSource>();
  const scopes = readRowScopes();
  const names = new Map<string, Map<PgColumn, string>>();
  for (const { store, records } of departments) {
    for (const [type, source] of Object.entries(records)) {
      const columns = getTableColumns(source.table) as Record<string, PgColumn>;
      names.set(type, new Map(Object.entries(columns).map(([name, column]) => [column, name])));
      sources.set(type, source);
      const { text, params } = compile(selectSql(source.table, columns, source));
      rows.set(type, (await pools.ownerOf(store).unsafe(text, params as never[])) as unknown as RawRow[]);
    }
  }
  const owner = pools.ownerOf(departments[0]?.store ?? '');
  const links = await owner<Link[]>`select holder, subject_id::text as subject, until from access.links`;
  const areas = await owner<{ holder: string; neighbourhood: string }[]>`
    select holder, neighbourhood_code as neighbourhood from access.areas where until is null or until >= ${testDay}`;

  const indexes = new Map<string, Map<unknown, RawRow[]>>();
  const by = (type: string, property: string) => {
    const key = `${type}.${property}`;
    const known = indexes.get(key);
    if (known) return known;
    const made = Map.groupBy(rows.get(type) ?? [], (row) => row[property]);
    indexes.set(key, made);
    return made;
  };
  return {
    rows: (type) => rows.get(type) ?? [],
    row: (type, id) => by(type, 'id').get(id)?.[0],
    by,
    source: (type) => sources.get(type)!,
    scope: (type) => scopes.get(type)!,
    property: (type, column) => names.get(type)?.get(column) ?? '',
    links,
    areas,
  };
}

function selectSql(table: PgTable, columns: Record<string, PgColumn>, source: RecordSource): SQL {
  const values = Object.entries(columns).map(([name, column]) => sql`${column} as ${sql.identifier(name)}`);
  // Every argument of a derived field is a day; documents ask for the day of the test.
  const args = new Proxy({}, { get: () => sql`${testDay}::date` });
  for (const [name, made] of Object.entries(source.computed ?? {}))
    values.push(sql`${made(args)} as ${sql.identifier(`${name}()`)}`);
  const where = source.where ? sql` where ${source.where}` : sql``;
  return sql`select ${sql.join(values, sql`, `)} from ${table}${where} order by ${columns.id}`;
}

function compile(query: SQL): { text: string; params: unknown[] } {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return { text, params: params.map((p) => (p instanceof Placeholder ? testDay : p)) };
}
