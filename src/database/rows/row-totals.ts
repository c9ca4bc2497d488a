import { getTableColumns, type SQL } from 'drizzle-orm';
import { PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import type { ViewerClass } from './viewer-class.ts';
import { visibleRows } from './visible-rows.ts';

const dialect = new PgDialect();

/** A table of totals, and the groups of rows that a class of viewers may see. */
export interface Totals {
  readonly table: PgTable;
  /** Over the alias of the totals. */
  readonly groups: SQL;
}

/**
 * Where the number of a type's rows that a class of viewers may see is kept. The row scope itself says which groups
 * count: it is compared with the totals instead of the rows. That is the same only where it looks at nothing but what
 * the rows of a group have in common; for every other class undefined, and the rows are counted.
 */
export function totalsOf(
  record: RecordModel,
  alias: string,
  viewer: ViewerClass,
  model: Model,
): Totals | undefined {
  const { totals: table, where } = record.source;
  // Of secret records the time of a count tells.
  if (!table || where || record.rules.group?.secret) return undefined;
  const groups = visibleRows(record, alias, viewer, model);
  const common = new Set(Object.values(getTableColumns(table)).map(({ name }) => name));
  common.delete('total');
  const text = dialect.sqlToQuery(groups).sql;
  const columns = [...text.matchAll(/"([^"]+)"\."([^"]+)"/g)];
  const isCommon = columns.every(([, of, column]) => of === alias && common.has(column!));
  return isCommon && !/\bselect\b/i.test(text) ? { table, groups } : undefined;
}
