import { stringify } from 'csv-stringify/sync';
import type { Sql } from 'postgres';
import type { FileKind } from './file-kind.ts';
import { withoutFormula } from './reading/formula-cells.ts';
import { refusalColumns } from './reading/headings.ts';
import { parseRecord, parseStray } from './reading/quoted-line.ts';

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
 * fault, which an import passes over. UTF-8 with byte order mark and CRLF, so that Excel opens it as it is; no cell is
 * a formula there, and an import takes the apostrophe off again that prevents it.
 */
export function refusedAsCsv({ headings, rows }: RefusedList): string {
  const plain = headings.filter((heading) => !(refusalColumns as readonly string[]).includes(heading));
  const places = plain.map((heading) => headings.indexOf(heading));
  const table = rows.map(({ line, code, column, text }) => {
    const cells = cellsOf(text);
    // A row with too many cells keeps them all, or nobody could see what is wrong.
    const own = cells.length > headings.length ? cells : places.map((place) => cells[place] ?? '');
    return [...own, String(line), code, column].map(withoutFormula);
  });
  return `\ufeff${stringify([[...plain, ...refusalColumns], ...table], { record_delimiter: '\r\n' })}`;
}

/** The cells as the import read them: marks that belong to nothing are taken off. */
function cellsOf(text: string): readonly string[] {
  const found = parseRecord(text, 0);
  return found?.isClean && found.end === text.length ? found.cells : parseStray(text);
}
