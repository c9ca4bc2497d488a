import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Model, RecordModel } from '../../graph/model/record.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { getOrMake } from '../../store/get-or-make.ts';
import { classesOf, type ViewerClass } from '../viewer-class.ts';
import { visibleRows } from '../visible-rows.ts';
import { mapColumns } from './map-columns.ts';

// Several record types can lie in one table, and a grant is for all rows of it: by the column of one type a viewer would
// read rows that it sees as another.

const dialect = new PgDialect();
const textOf = (query: SQL): string => dialect.sqlToQuery(query).sql;

/** The rows of a record type that a class of viewers sees, as text: equal rows have equal texts. */
export type RowsText = (record: RecordModel, viewer: ViewerClass) => string;

/** Texts that are made once. */
export function rowsTexts(model: Model): RowsText {
  const known = new Map<string, string>();
  return (record, viewer) =>
    getOrMake(known, `${record.name} ${viewer.key}`, () => textOf(visibleRows(record, 't', viewer, model)));
}

/** Whether the table of some record types shows a viewer rows of another type in it that are none of theirs. */
export function seesBeyond(
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
export function membershipOf(records: readonly RecordModel[]): SQL | undefined {
  const conditions = records.map(({ source }) => source.where);
  if (conditions.some((where) => where === undefined || /\bselect\b/i.test(textOf(where)))) return undefined;
  const parts = conditions.map((where) => mapColumns(where!, ({ name }) => sql.raw(`"${name}"`)));
  return sql`(${sql.join(parts, sql` or `)})`;
}
