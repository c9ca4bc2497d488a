import { mapColumnsInSQLToAlias, type SQL, sql } from 'drizzle-orm';
import { getRecord, type Model, type RecordModel } from '../../contract/model/record.ts';
import type { RowAccess } from '../../contract/policy/row-access.ts';
import { ownSql, scopeSql } from './scope-sql.ts';
import type { ViewerClass } from './viewer-class.ts';

/** Rows that a class of viewers may see: the row scope, and for a type over a part of a table its `where`. */
export function visibleRows(
  record: RecordModel,
  alias: string,
  viewer: ViewerClass,
  model: Model,
  rows: RowAccess['rows'] = record.access[viewer.department].rows,
): SQL {
  const scope = scopeSql(record.source, alias, viewer, rows, (name) => getRecord(model, name).source);
  // Who sees none of them may not name a column either.
  if (!record.source.where || rows === 'NONE') return scope;
  return sql`(${scope} and ${mapColumnsInSQLToAlias(record.source.where, alias)})`;
}

/** Rows that are linked to the viewers by their own work. */
export function ownRows(record: RecordModel, alias: string, viewer: ViewerClass, model: Model): SQL {
  return ownSql(record.source, alias, viewer, (name) => getRecord(model, name).source);
}
