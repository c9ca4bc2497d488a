import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { getOrMake } from '../../common/get-or-make.ts';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { classesOf, type ViewerClass } from '../rows/viewer-class.ts';
import { visibleRows } from '../rows/visible-rows.ts';
import { mapColumns } from './map-columns.ts';
import { type TablePlan, textOf, type Use } from './planned-column.ts';

// One table can hold several record types, and a grant is for all of its rows. With the column of one type a
// viewer would also read rows that it may see as another type only.

/** The rows of a record type that a class of viewers sees, as text. Equal rows have equal texts. */
export type RowsText = (record: RecordModel, viewer: ViewerClass) => string;

/** Makes each text once. */
export function rowsTexts(model: Model): RowsText {
  const known = new Map<string, string>();
  return (record, viewer) =>
    getOrMake(known, `${record.name} ${viewer.key}`, () => textOf(visibleRows(record, 't', viewer, model)));
}

/** Whether a viewer sees rows of another type that are not among its rows of the types in `held`. */
function seesBeyond(
  viewer: ViewerName,
  held: readonly RecordModel[],
  other: RecordModel,
  rows: RowsText,
): boolean {
  return classesOf(viewer).some((viewerClass) => {
    const beyond = rows(other, viewerClass);
    return beyond !== 'false' && !held.some((record) => ['true', beyond].includes(rows(record, viewerClass)));
  });
}

/**
 * The condition, over the table's own columns, by which a row belongs to some record types. Undefined where
 * all rows do, and where the condition reads other tables.
 */
function membershipOf(records: readonly RecordModel[]): SQL | undefined {
  const conditions = records.map(({ source }) => source.where);
  if (conditions.some((where) => where === undefined || /\bselect\b/i.test(textOf(where)))) return undefined;
  const parts = conditions.map((where) => mapColumns(where!, ({ name }) => sql.raw(`"${name}"`)));
  return sql`(${sql.join(parts, sql` or `)})`;
}

/**
 * For a table of several record types: the uses of a column by viewers who see rows of another type, in which
 * they may not see the value.
 * @returns `within`: by use, the SQL condition under which a row has the value. `outside`: by use, viewers
 * for whom no SQL condition exists; they read through a `sealed.*` function and are removed from the use's
 * readers.
 */
export function withinOwnRows(
  table: TablePlan,
  column: PgColumn,
  uses: readonly Use[],
  rows: RowsText,
): { readonly within: ReadonlyMap<Use, string>; readonly outside: ReadonlyMap<Use, readonly ViewerName[]> } {
  const within = new Map<Use, string>();
  const outside = new Map<Use, readonly ViewerName[]>();
  if (table.records.length === 1) return { within, outside };
  // A viewer can read the columns of its row scope in all of its rows anyway.
  const scoped = table.readers.get(column.name);
  for (const use of uses) {
    const beyond = [...use.readers].filter((viewer) => {
      if (scoped?.has(viewer)) return false;
      const held = uses.filter((u) => u.readers.has(viewer)).map((u) => u.record);
      return table.records.some((other) => !held.includes(other) && seesBeyond(viewer, held, other, rows));
    });
    if (beyond.length === 0) continue;
    const condition = membershipOf([use.record]);
    if (condition) within.set(use, textOf(condition));
    else if (use.field.kind !== 'many') {
      outside.set(use, beyond);
      for (const viewer of beyond) use.readers.delete(viewer);
    }
  }
  return { within, outside };
}
