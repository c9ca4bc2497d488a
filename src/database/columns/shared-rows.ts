import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { getOrMake } from '../../common/get-or-make.ts';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { classesOf, type ViewerClass } from '../rows/viewer-class.ts';
import { visibleRows } from '../rows/visible-rows.ts';
import { mapColumns } from './map-columns.ts';
import { type TablePlan, textOf, type Use } from './planned-column.ts';

// Several record types can lie in one table, and a grant is for all rows of it: by the column of one type a viewer would
// read rows that it sees as another.

/** The rows of a record type that a class of viewers sees, as text: equal rows have equal texts. */
export type RowsText = (record: RecordModel, viewer: ViewerClass) => string;

/** Texts that are made once. */
export function rowsTexts(model: Model): RowsText {
  const known = new Map<string, string>();
  return (record, viewer) =>
    getOrMake(known, `${record.name} ${viewer.key}`, () => textOf(visibleRows(record, 't', viewer, model)));
}

/** Whether the table of some record types shows a viewer rows of another type in it that are none of theirs. */
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
 * What makes a row of a table one of some record types, over the table's own columns; undefined where all rows are, or
 * where it takes a look at other tables.
 */
function membershipOf(records: readonly RecordModel[]): SQL | undefined {
  const conditions = records.map(({ source }) => source.where);
  if (conditions.some((where) => where === undefined || /\bselect\b/i.test(textOf(where)))) return undefined;
  const parts = conditions.map((where) => mapColumns(where!, ({ name }) => sql.raw(`"${name}"`)));
  return sql`(${sql.join(parts, sql` or `)})`;
}

/**
 * In a table of several record types, the uses of a column whose readers see rows of another type in which the value is
 * not theirs to see.
 * @returns `within`: with the condition under which a row has the value; `outside`: where no condition says it, the
 * readers who must ask a function, and who are readers of the use no more
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
  // What is compared to find a viewer's rows can be read in all of them anyway.
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
