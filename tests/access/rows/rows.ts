import { Placeholder, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Row, Sql } from 'postgres';
import type { Model } from '../../../src/contract/model/record.ts';
import { fromTable } from '../../../src/database/rows/scope-sql.ts';
import { scopeBindings, viewerClassOf } from '../../../src/database/rows/viewer-class.ts';
import { ownRows, visibleRows } from '../../../src/database/rows/visible-rows.ts';
import type { Viewer } from '../../../src/identity/viewer.ts';
import { viewers } from '../../../src/identity/viewers.ts';
import type { Pools } from '../../../src/store/pools.ts';
import { testDay, viewerOf } from '../../support/graph.ts';
import type { Oracle } from '../oracle.ts';
import type { District } from '../reading/district.ts';
import { Scope } from '../reading/scope.ts';

const dialect = new PgDialect();

/** Everybody of the matrix, and other places of those who have one. */
export const askers: readonly Viewer[] = [
  ...viewers.map(({ code }) => viewerOf(code)),
  viewerOf('SUB', 'PT-SUB-103'),
  viewerOf('STN', 'PT-STN-015-2'),
  viewerOf('STN', 'PT-STN-101-1'),
  viewerOf('CAC', 'PT-CAC-103'),
  viewerOf('SVC', 'PT-SVB-015'),
  // Without the post of an auditor, of an officer for family planning.
  { ...viewerOf('LAO'), posts: [] },
  { ...viewerOf('SUB'), posts: [] },
];

/** The dossier's reading of the rows of each asker in the tables, made once; what one is only asked about is no row of them. */
export type Scopes = readonly (readonly [Viewer, Scope])[];
export const scopesOf = (oracle: Oracle, district: District): Scopes =>
  askers.map((viewer) => [viewer, new Scope(oracle, district, viewer, false)] as const);

/**
 * Each difference between the rows that the row scope's SQL gives to a viewer, and which of them as its own, and those
 * of the dossier read in plain JavaScript. The database is asked as its owner: nothing else narrows the answer.
 */
export async function* rowFaults(
  model: Model,
  pools: Pools,
  district: District,
  scopes: Scopes,
  types: Iterable<string> = model.keys(),
): AsyncGenerator<string> {
  for (const type of types)
    for (const [viewer, scope] of scopes) {
      const record = model.get(type);
      if (!record) throw new Error(`There is no record type ${type}.`);
      const viewerClass = viewerClassOf(viewer);
      const query = sql`select "t"."id", coalesce(${ownRows(record, 't', viewerClass, model)}, false) as "own"
        from ${fromTable(record.source.table, 't')} where ${visibleRows(record, 't', viewerClass, model)}`;
      const rows = await rowsBy(query, viewer, pools.ownerOf(record.store));
      const seen = scope.visible(type);
      const where = `${viewer.department} ${viewer.unit} ${type}`;
      if (rows.length !== seen.size) yield `${where}: ${rows.length} rows, expected ${seen.size}`;
      else if (rows.some((row) => !seen.has(String(row.id)))) yield `${where}: other rows`;
      const wrong = rows.find((row) => {
        const stored = district.row(type, row.id);
        return stored && scope.isOwn(type, stored) !== row.own;
      });
      if (wrong) yield `${where}: a row is ${wrong.own ? '' : 'not '}taken for the viewer's own`;
    }
}

/** Rows of a query whose parameters are those of a viewer's row scope. */
export async function rowsBy(query: SQL, viewer: Viewer, owner: Sql): Promise<readonly Row[]> {
  const { sql: text, params } = dialect.sqlToQuery(query);
  const bindings = scopeBindings(viewer, testDay) as unknown as Record<string, unknown>;
  const values = params.map((p) => literal(p instanceof Placeholder ? bindings[p.name] : p));
  return owner.unsafe(text, values as never[]);
}

const literal = (value: unknown): unknown =>
  Array.isArray(value) ? `{${value.join(',')}}` : (value ?? null);
