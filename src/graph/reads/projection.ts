import { mapColumnsInSQLToAlias, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { maskSql } from '../../access/masks.ts';
import { aliased } from '../../access/scope-sql.ts';
import { type Sight, sightOf, sightOfPart } from '../../access/sight.ts';
import type { ViewerClass } from '../../access/viewer-class.ts';
import type { RecordField, RecordModel } from '../model/record.ts';
import type { Selection } from './selection.ts';

/** The select list of a read. */
export interface Projection {
  readonly columns: readonly { readonly property: string; readonly value: SQL }[];
  /** Some values are shown in own rows only: the statement must offer `"own"."own"`. */
  readonly needsOwn: boolean;
}

/** A value as SQL over the alias `t`, before any mask. */
const columnSql = (column: PgColumn): SQL => aliased('t', column);

/** A derived value as SQL over an alias; its arguments are parameters `<property>.<argument>`. */
export function computedSql(field: RecordField & { kind: 'computed' }, property: string, alias: string): SQL {
  const args = new Proxy({} as Record<string, SQL>, {
    get: (_, name) => sql`${sql.placeholder(`${property}.${String(name)}`)}`,
  });
  return mapColumnsInSQLToAlias(field.sql(args), alias);
}

/**
 * What a class of viewers gets of a selection: names only the columns that it may read, masked where the
 * matrix says so, and null outside its own rows where the cell says `o`. A column that nobody asked for or
 * that the viewer may not see is not in the statement.
 */
export function projectionOf(record: RecordModel, selection: Selection, viewer: ViewerClass): Projection {
  const columns = new Map<string, SQL>();
  const presenceIsOwn = record.rules.group?.cells.get(viewer.viewer)?.own === true;
  let needsOwn = false;
  const put = (property: string, value: SQL, sight: Sight) => {
    if (sight.outcome === 'HIDDEN' || sight.mask === 'NULL' || columns.has(property)) return;
    let shown = maskSql(value, sight.mask);
    // Rows that are seen only as own rows need no second look.
    if (sight.own && !presenceIsOwn) {
      needsOwn = true;
      shown = sql`case when "own"."own" then ${shown} end`;
    }
    columns.set(property, shown);
  };
  const key = record.columns.id;
  if (key) columns.set('id', columnSql(key));
  for (const field of selection.fields) {
    const sight = sightOf(field.rule, viewer.viewer);
    if (field.kind === 'column') put(field.name, columnSql(field.column), sight);
    // Under a name of its own: the same column can be a plain field that is ruled otherwise.
    else if (field.kind === 'link') put(`${field.name}.key`, columnSql(field.column), sight);
    else if (field.kind === 'computed') put(field.name, computedSql(field, field.name, 't'), sight);
    else if (field.kind === 'embed')
      for (const part of field.parts)
        put(
          `${field.name}.${part.name}`,
          columnSql(part.column),
          sightOfPart(field.rule, part, viewer.viewer),
        );
    // A relation is followed by this row's key; where the viewer may not follow it, the key is null.
    else if (field.kind === 'many' && key && sight.outcome !== 'CLEAR')
      columns.set(`${field.name}.key`, sql`null`);
    else if (field.kind === 'many' && key && sight.own) put(`${field.name}.key`, columnSql(key), sight);
  }
  for (const { field, property } of selection.computed)
    if (field.kind === 'computed')
      put(property, computedSql(field, property, 't'), sightOf(field.rule, viewer.viewer));
  return { columns: [...columns].map(([property, value]) => ({ property, value })), needsOwn };
}

/** `expression as "property", …`. */
export function selectList(projection: Projection): SQL {
  return sql.join(
    projection.columns.map(({ property, value }) => sql`${value} as ${sql.raw(`"${property}"`)}`),
    sql`, `,
  );
}
