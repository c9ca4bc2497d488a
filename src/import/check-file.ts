import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import { toHalfWidth } from '../identifiers/half-width.ts';
import { copyText } from '../store/copy.ts';
import { RowReader } from './fields/row-reader.ts';
import type { FileKind } from './file-kind.ts';
import { type CsvRecord, readCsv } from './reading/csv-records.ts';
import { asItWas } from './reading/formula-cells.ts';
import { type Columns, matchHeadings, refusalColumns } from './reading/headings.ts';
import { readText, type TextFile } from './reading/text-blocks.ts';
import { SeenRows } from './seen-rows.ts';
import { type Counts, Tally } from './tally.ts';

/** A row that is kept for correction. */
export interface RefusedRow {
  readonly line: number;
  readonly code: string;
  readonly column: string;
  /** As it was written. */
  readonly text: string;
}

/** Takes what the check makes of each row; may wait. */
export interface RowSink {
  /**
   * @param copyLine in COPY's text format the line number, whether an accepted row before named the same person,
   *   and the staging columns
   */
  accept(copyLine: string): Promise<void> | undefined;
  refuse(row: RefusedRow): Promise<void> | undefined;
}

export interface CheckedFile {
  readonly tally: Counts;
  /** The file's columns, in its order. */
  readonly headings: readonly string[];
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
}

export interface CheckOptions {
  readonly file: TextFile;
  readonly kind: FileKind;
  /** All kinds, to name the right one when this is another's file. */
  readonly kinds: readonly FileKind[];
  /** `YYYY-MM` */
  readonly month: string;
  readonly sink: RowSink;
  readonly onProgress?: (rows: number, bytes: number) => void;
}

/**
 * Reads a file and checks it row by row, at a memory that grows only by some bytes a key.
 * @throws ImportRefused when the file as a whole cannot be taken.
 */
export async function checkFile(options: CheckOptions): Promise<CheckedFile> {
  const { file, kind, sink, onProgress } = options;
  const hash = createHash('sha256');
  const tally = new Tally();
  let bytes = 0;
  let headings: readonly string[] | undefined;
  let checkRow: (record: CsvRecord) => Promise<void> | undefined;
  const text = readText(file, {
    onBytes(block) {
      hash.update(block);
      bytes += block.length;
      onProgress?.(tally.rows, bytes);
    },
    onTextAfterEnd: () => tally.notice('TEXT_AFTER_END_OF_FILE'),
  });
  await readCsv(text, file.name, (record) => {
    if (headings) return checkRow(record);
    headings = record.cells;
    const columns = matchHeadings(record.cells, kind, options.kinds, file.name);
    checkRow = createRowCheck(kind, columns, options.month, tally, sink);
    return undefined;
  });
  // A file of blank lines has no headings; the sentence for that is the one for wrong headings.
  if (!headings) matchHeadings([], kind, options.kinds, file.name);
  return { tally: tally.counts(), headings: headings ?? [], sha256: hash.digest('hex') };
}

/** Longer than any cell that is read; so long a one is told apart from a row that is not. */
const longestCell = 5000;

function createRowCheck(
  kind: FileKind,
  { places, width, isExport }: Columns,
  month: string,
  tally: Tally,
  sink: RowSink,
): (record: CsvRecord) => Promise<void> | undefined {
  const keyPlaces = kind.keyColumns.map((column) => places.get(column)!);
  const namePlace = places.get(kind.nameColumn)!;
  const headingAt = new Map([...places].map(([heading, place]) => [place, heading]));
  const canBeEmpty = new Set<string>([...kind.mayBeEmpty, ...kind.optionalColumns, ...refusalColumns]);
  /** A row with fewer cells lacks one that cannot be empty. */
  const fewest = 1 + Math.max(...kind.columns.filter((c) => !canBeEmpty.has(c)).map((c) => places.get(c)!));
  const row = new RowReader(month, places);
  const accepted = new SeenRows();
  const refused = new SeenRows();

  const findFault = (record: CsvRecord): void => {
    const { cells, text } = record;
    if (record.isCut) {
      row.refuse('LINE_CUT', '');
      tally.notice('LAST_LINE_CUT');
    }
    if (record.hadStrayQuotes) tally.notice('STRAY_QUOTES');
    if (cells.length !== width)
      if (cells.length < fewest || cells.slice(width).some((cell) => cell.trim() !== ''))
        row.refuse('COLUMN_COUNT', '');
    if (text.length > longestCell) {
      const long = cells.findIndex((cell) => cell.length > longestCell);
      if (long >= 0) row.refuse('TEXT_TOO_LONG', headingAt.get(long) ?? '');
    }
    if (text.includes('\ufffd') && cells.some((cell, n) => n !== namePlace && cell.includes('\ufffd')))
      row.refuse('TEXT_DAMAGED', '');
  };

  return (written) => {
    tally.rows += 1;
    const record = isExport ? restored(written) : written;
    const { line, cells, text } = record;
    row.start(cells);
    findFault(record);
    const checked = kind.check(row);
    if (row.looksRounded) tally.rounded += 1;
    if (!row.fault) {
      const values = kind.staging.map((column) => copyText(checked.values[column])).join('\t');
      const seen = accepted.see(checked.key, values);
      if (seen === 'new') {
        const again = tally.accept(checked);
        return sink.accept(`${line}\t${again ? 't' : 'f'}\t${values}\n`);
      }
      if (seen === 'repeated') {
        tally.repeated += 1;
        return undefined;
      }
      // Which of the two is right only the department knows; the first stands, this one goes back.
      row.refuse('KEY_CONFLICT', kind.keyColumns[0]!);
    }
    const { code, column } = row.fault!;
    const key = keyPlaces.map((place) => toHalfWidth(cells[place] ?? '')).join('|');
    if (refused.see(key, text) === 'repeated') {
      tally.repeated += 1;
      return undefined;
    }
    tally.refuse(code);
    return sink.refuse({ line, code, column, text });
  };
}

/** A row of an export of refused rows as the department first wrote it. */
function restored(record: CsvRecord): CsvRecord {
  const cells = record.cells.map(asItWas);
  if (cells.every((cell, n) => cell === record.cells[n])) return record;
  return { ...record, cells, text: stringify([cells]).replace(/\n$/, '') };
}
