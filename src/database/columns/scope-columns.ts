import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { tableNameOf } from '../../store/table-name.ts';
import type { ViewerClass } from '../rows/viewer-class.ts';
import { ownRows, visibleRows } from '../rows/visible-rows.ts';

const dialect = new PgDialect();

/**
 * Columns, `schema.table.column`, that the row scope of a record type names for a class of viewers: these it must be
 * allowed to use, whatever it may see of them.
 */
export function scopeColumns(record: RecordModel, viewer: ViewerClass, model: Model): Set<string> {
  const named = new Set<string>();
  if (record.access[viewer.department].rows === 'NONE') return named;
  collect(visibleRows(record, 't', viewer, model), record, named);
  const hasOwn = [...record.fields.values()].some((f) => f.rule.group.cells.get(viewer.department)?.own);
  if (hasOwn) collect(ownRows(record, 't', viewer, model), record, named);
  return named;
}

/** The text is ours: tables stand as `"schema"."table" "alias"`, columns as `"alias"."column"`. */
function collect(query: SQL, record: RecordModel, named: Set<string>): void {
  const text = dialect.sqlToQuery(query).sql;
  const tables = new Map([['t', tableNameOf(record.source.table)]]);
  for (const [, schema, table, alias] of text.matchAll(/"(\w+)"\."(\w+)" "(\w+)"/g))
    tables.set(alias!, `${schema}.${table}`);
  for (const [, alias, column] of text.matchAll(/"(\w+)"\."(\w+)"/g)) {
    const table = tables.get(alias!);
    if (table) named.add(`${table}.${column}`);
  }
}
