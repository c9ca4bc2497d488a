import type { ReadList } from '../reads/list.ts';
import { follow } from '../reads/relation.ts';
import type { RequestReads } from '../reads/request-reads.ts';
import type { PagePlace } from './shape.ts';
import type { FusedStatement } from './statement.ts';

/** What the statement answered: the text of each root field, and the facts of its places. */
export type FactRow = Readonly<Record<string, string | number | null>>;

const linesOf = (text: string | number | null | undefined): string[] =>
  text === null || text === undefined ? [] : String(text).split('\n');

const numberOf = (row: FactRow, column: string): number => Number(row[column] ?? 0);

/** Rows of the answer, and its objects, counted as the executor counts them. */
export function sizeOf(statement: FusedStatement, row: FactRow): { rows: number; objects: number } {
  const size = { rows: 0, objects: statement.objects };
  for (const place of statement.places) {
    const rows = numberOf(row, place.count);
    size.rows += rows;
    size.objects += rows * place.objects;
  }
  for (const column of statement.counted) size.objects += numberOf(row, column);
  return size;
}

/** Tells the access log what was read, as the loaders do. @throws as LookedFor.matched */
export async function tellLog(
  { places, filtered }: FusedStatement,
  row: FactRow,
  lists: ReadonlyMap<PagePlace, ReadList>,
  { session, sink, lookedFor }: RequestReads,
): Promise<void> {
  if (!sink || !lookedFor) return;
  await Promise.all(
    filtered.map(({ page, parents, more }) => {
      const list = lists.get(page)!;
      const isWhole = numberOf(row, more) === 0 && !list.fromCursor;
      if (parents === undefined || !page.field) return lookedFor.matched(list.asked, isWhole);
      const keys = [...new Set(linesOf(row[parents]))];
      if (keys.length === 0) return undefined;
      const { relation } = follow(session.engine, page.field);
      const of = { column: relation.column, by: page.field.by, keys };
      return lookedFor.matched({ ...list.asked, parents: of }, isWhole);
    }),
  );
  for (const { record, asked } of lists.values())
    if (!asked.isSilentlyRefused && record.access[session.viewer.department].rows !== 'NONE') sink.answered();
  for (const place of places) {
    const ids = place.ids === undefined ? [] : linesOf(row[place.ids]);
    sink.readRows(place.record, numberOf(row, place.count), ids, place.by);
  }
}
