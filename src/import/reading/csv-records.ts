import { ImportRefused } from '../import-refused.ts';
import { endOfQuoted, longestRecord, parseQuoted } from './quoted-lines.ts';

/** One record of a CSV file. */
export interface CsvRecord {
  /** Of the file, from 1, where the record begins; the headings stand on 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** As it was written, without the line's end. */
  readonly text: string;
}

/** Blanks and commas: a spreadsheet writes such rows below the table. */
const blank = /^[\s,]*$/;

/**
 * Reads CSV text as it comes and hands on record by record. Lines without a quotation mark, which nearly all are,
 * are cut at their commas; only the others need a parser, which takes ten times as long.
 * @param text in blocks of whole lines, each ended by a line feed
 * @param onRecord may wait; nothing is read ahead by more than a block then
 * @throws ImportRefused when a quotation mark is never closed; whatever the source or `onRecord` throws.
 */
export async function readCsv(
  text: AsyncIterable<string>,
  name: string,
  onRecord: (record: CsvRecord) => Promise<void> | undefined,
): Promise<void> {
  let lines = 0;
  let lastLine = 0;
  /** The end of a block that stops inside quotation marks; what closes them comes with the next. */
  let open = '';
  const refuse = (): never => {
    throw new ImportRefused(
      `${name} cannot be read as CSV after line ${lastLine}: a quotation mark is opened and not closed; correct that line and send the file again.`,
    );
  };

  for await (const part of text) {
    const block = open + part;
    open = '';
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
        if (line.length > longestRecord) refuse();
        lastLine = lines;
        const waiting = onRecord({ line: lines, cells: line.split(','), text: line });
        // An await costs a turn of the loop, which most rows need not take.
        if (waiting !== undefined) await waiting;
      }
      if (quote < 0) break;
      let end = endOfQuoted(block, at);
      let quoted = parseQuoted(block.slice(at, end));
      // What is open at the end of these lines is closed on a later one.
      if (quoted.state === 'open') {
        end = block.length;
        quoted = parseQuoted(block.slice(at));
      }
      if (quoted.lastLine > 0) lastLine = lines + quoted.lastLine;
      if (quoted.state === 'endless') refuse();
      if (quoted.state === 'open') {
        open = block.slice(at);
        break;
      }
      for (const { line, cells, text } of quoted.records) {
        const waiting = onRecord({ line: lines + line, cells, text });
        if (waiting !== undefined) await waiting;
      }
      lines += lineFeeds(block, at, end);
      at = end;
    }
  }
  if (open !== '') refuse();
}

function lineFeeds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
