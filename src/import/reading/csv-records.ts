import { ImportRefused } from '../import-refused.ts';
import { hasStrayEnd, parseRecord, parseStray } from './quoted-line.ts';

/** One record of a CSV file. */
export interface CsvRecord {
  /** Of the file, from 1, where the record begins. */
  readonly line: number;
  readonly cells: readonly string[];
  /** As it was written, without the line's end. */
  readonly text: string;
  /** Whether it had quotation marks that belong to nothing, which were taken off. */
  readonly hadStrayQuotes?: boolean;
  /** Whether it is the last line and has no end though others have: the file was cut in it, nobody knows where. */
  readonly isCut?: boolean;
}

/** Blanks and commas: a spreadsheet writes such rows below the table. */
const blank = /^[\s,]*$/;
/** Tells a spreadsheet the separator; no row. */
const separatorLine = /^\ufeff?"?sep=.?"?,*\s*$/i;
/** More than any row with lines in its cells has; a mark that is never closed would swallow the rest of the file. */
const longestRecord = 64 * 1024;
/** A spreadsheet leaves out some empty cells at a row's end. */
const leftOut = 2;

/**
 * Reads CSV text as it comes and hands on record by record. Lines without a quotation mark, which nearly all are,
 * are cut at their commas. A record of several lines is believed only where no two of them are rows by themselves:
 * two stray quotation marks must not put one person into another's cell.
 * @param text in blocks of whole lines, each ended by a line feed, but perhaps the last
 * @param onRecord may wait; nothing is read ahead by more than a block then
 * @throws ImportRefused when a quotation mark is never closed in a line that is no row by itself; whatever the source
 *   or `onRecord` throws.
 */
export async function readCsv(
  text: AsyncIterable<string>,
  name: string,
  onRecord: (record: CsvRecord) => Promise<void> | undefined,
): Promise<void> {
  let lines = 0;
  let lastLine = 0;
  /** Of the first record. */
  let width = 0;
  /** The end of a block that stops inside quotation marks; what closes them comes with the next. */
  let open = '';

  const give = (record: CsvRecord): Promise<void> | undefined => {
    lastLine = record.line;
    if (width === 0) {
      if (separatorLine.test(record.text)) return undefined;
      width = record.cells.length;
    }
    return onRecord(record);
  };
  const isRow = (line: string): boolean => parseStray(line).length >= Math.max(2, width - leftOut);
  /** @returns where the next record begins; undefined when more text is needed */
  const readQuoted = (
    block: string,
    at: number,
    isLast: boolean,
  ): { record: CsvRecord; next: number } | undefined => {
    const feed = block.indexOf('\n', at);
    const lineEnd = feed < 0 ? block.length : feed;
    const line = block.slice(at, lineEnd);
    const alone = { next: lineEnd + 1, record: strayRecord(lines + 1, line) };
    const isCut = feed < 0 && lines > 0;
    const found = parseRecord(block, at);
    if (isCut) {
      const cells = found?.cells ?? alone.record.cells;
      return { next: alone.next, record: { line: lines + 1, cells, text: line, isCut } };
    }
    if (!found) {
      if (!isLast && block.length - at < longestRecord) return undefined;
      if (width > 0 && isRow(line)) return alone;
      throw new ImportRefused(
        `${name} cannot be read as CSV after line ${lastLine}: a quotation mark is opened and not closed; correct that line and send the file again.`,
      );
    }
    const written = block.slice(at, found.end);
    if (found.end <= lineEnd) {
      if (!found.isClean || hasStrayEnd(found.cells)) return alone;
    } else {
      const parts = written.split('\n');
      const rows = parts.filter(isRow).length;
      const fits = found.isClean && found.cells.length >= width - leftOut && found.cells.length <= width;
      if (width > 0 && (rows > 1 || (!fits && isRow(line)))) return alone;
    }
    return { next: found.end + 1, record: { line: lines + 1, cells: found.cells, text: written } };
  };

  const readBlock = async (block: string, isLast: boolean): Promise<void> => {
    for (let at = 0; at < block.length; ) {
      const quote = block.indexOf('"', at);
      const plainEnd = quote < 0 ? block.length : block.lastIndexOf('\n', quote) + 1;
      while (at < plainEnd) {
        const feed = block.indexOf('\n', at);
        const end = feed < 0 ? block.length : feed;
        const line = block.slice(at, end);
        at = end + 1;
        lines += 1;
        if (blank.test(line)) continue;
        const cells = line.split(',');
        const waiting = give(
          feed < 0 && lines > 1
            ? { line: lines, cells, text: line, isCut: true }
            : { line: lines, cells, text: line },
        );
        // An await costs a turn of the loop, which most rows need not take.
        if (waiting !== undefined) await waiting;
      }
      if (quote < 0) break;
      const read = readQuoted(block, at, isLast);
      if (!read) {
        open = block.slice(at);
        return;
      }
      const { record, next } = read;
      lines += lineBreaks(record.text) + 1;
      at = next;
      if (record.cells.every((cell) => cell.trim() === '')) continue;
      const waiting = give(record);
      if (waiting !== undefined) await waiting;
    }
  };

  for await (const part of text) {
    const block = open + part;
    open = '';
    await readBlock(block, false);
  }
  if (open !== '') await readBlock(open, true);
}

function strayRecord(line: number, text: string): CsvRecord {
  return { line, cells: parseStray(text), text, hadStrayQuotes: true };
}

function lineBreaks(text: string): number {
  return text.includes('\n') ? text.split('\n').length - 1 : 0;
}
