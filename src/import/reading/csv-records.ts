import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { ImportRefused } from '../import-refused.ts';

/** One record of a CSV file. */
export interface CsvRecord {
  /** Of the file, from 1, where the record begins; the headings stand on 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** As it was written, without the line's end. */
  readonly text: string;
}

/** What csv-parse gives with `raw` and `info`. */
interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** More than any row has; a quotation mark that is never closed would swallow the rest of the file. */
const longestRecord = 64 * 1024;

/**
 * Reads CSV text, whose lines end with a line feed, as it comes and hands on record by record.
 * @param onRecord may wait; nothing is read ahead by more than a block then
 * @throws ImportRefused when a quotation mark is never closed; whatever the source or `onRecord` throws.
 */
export async function readCsv(
  text: AsyncIterable<string>,
  name: string,
  onRecord: (record: CsvRecord) => Promise<void> | undefined,
): Promise<void> {
  let lastLine = 0;
  const parser = parse({
    raw: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    // A spreadsheet writes rows of commas below the table.
    skip_records_with_empty_values: true,
    record_delimiter: '\n',
    max_record_size: longestRecord,
    // The last whole record before a fault; those handed on lag behind.
    on_record(record, { lines }) {
      lastLine = lines;
      return record;
    },
  });
  try {
    await pipeline(text, parser, async (records: AsyncIterable<Parsed>) => {
      for await (const { record, raw, info } of records) {
        const written = raw.replace(/^\n+|\n+$/g, '');
        const waiting = onRecord({ line: info.lines - lineBreaks(written), cells: record, text: written });
        // An await costs a turn of the loop, which most rows need not take.
        if (waiting !== undefined) await waiting;
      }
    });
  } catch (error) {
    if (error instanceof CsvError)
      throw new ImportRefused(
        `${name} cannot be read as CSV after line ${lastLine}: a quotation mark is opened and not closed; correct that line and send the file again.`,
      );
    throw error;
  }
}

function lineBreaks(text: string): number {
  if (!text.includes('\n')) return 0;
  return text.split('\n').length - 1;
}
