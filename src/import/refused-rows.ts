import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Sql } from 'postgres';
import type { FileKind } from './kinds/file-kind.ts';
import { refusalColumns } from './reading/headings.ts';

/** A row that was refused, from the newest file of a department. */
export interface ListedRow {
  readonly line: number;
  readonly code: string;
  readonly column: string;
  readonly text: string;
}

export interface RefusedList {
  readonly fileName: string;
  readonly month: string;
  readonly headings: readonly string[];
  readonly rows: readonly ListedRow[];
}

/** The refused rows of the file that a department sent last; undefined when it has sent none. */
export async function findRefused(owner: Sql, kind: FileKind): Promise<RefusedList | undefined> {
  const [batch] = await owner`select id, file_name, period, headings from imports.batches
    where department = ${kind.name} order by last_sent_at desc, id desc limit 1`;
  if (!batch) return undefined;
  const rows = await owner<ListedRow[]>`
    select line, code, column_name as column, text from imports.refused_rows
    where batch_id = ${batch.id} order by line`;
  return { fileName: batch.file_name, month: batch.period, headings: batch.headings, rows };
}

/**
 * Refused rows as a CSV file to correct and send again: the file's own columns, then line, code and column of the
 * fault, which an import passes over. UTF-8 with byte order mark and CRLF, so that Excel opens it as it is.
 */
export function refusedAsCsv({ headings, rows }: RefusedList): string {
  const plain = headings.filter((heading) => !(refusalColumns as readonly string[]).includes(heading));
  const places = plain.map((heading) => headings.indexOf(heading));
  const table = rows.map(({ line, code, column, text }) => {
    const cells = cellsOf(text);
    // A row with too many cells keeps them all, or nobody could see what is wrong.
    const own = cells.length > headings.length ? cells : places.map((place) => cells[place] ?? '');
    return [...own, String(line), code, column];
  });
  return `\ufeff${stringify([[...plain, ...refusalColumns], ...table], { record_delimiter: '\r\n' })}`;
}

function cellsOf(text: string): readonly string[] {
  const [cells] = parse(text, { relax_column_count: true, relax_quotes: true }) as string[][];
  return cells ?? [];
}
