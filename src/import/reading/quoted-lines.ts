import { CsvError, parse } from 'csv-parse/sync';
import type { CsvRecord } from './csv-records.ts';

/** What the parser makes of lines with quotation marks. */
export interface QuotedLines {
  /** Their lines are counted from the first one that was given. */
  readonly records: readonly CsvRecord[];
  /** The line on which the last whole record ends. */
  readonly lastLine: number;
  /** `open` when the text ends inside quotation marks; `endless` when a record is longer than any can be. */
  readonly state: 'whole' | 'open' | 'endless';
}

/** What csv-parse gives with `raw` and `info`. */
interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** More than any row has, in bytes; a quotation mark that is never closed would swallow the rest of the file. */
export const longestRecord = 64 * 1024;

/** Starting the parser costs as much as some plain lines: those between two quoted ones are parsed with them. */
const nearby = 2000;

/** Where the lines end that are parsed together: quoted ones near to each other, from the one at `start` on. */
export function endOfQuoted(text: string, start: number): number {
  let end = start;
  for (let quote = text.indexOf('"', start); quote >= 0 && quote - end <= nearby; ) {
    const line = text.indexOf('\n', quote);
    if (line < 0) return text.length;
    end = line + 1;
    quote = text.indexOf('"', end);
  }
  return end > start ? end : text.length;
}

/** Reads whole lines, ended by line feeds, that may have quotation marks. */
export function parseQuoted(lines: string): QuotedLines {
  let lastLine = 0;
  try {
    const parsed = parse(lines, {
      raw: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      record_delimiter: '\n',
      max_record_size: longestRecord,
      on_record(record, info) {
        lastLine = info.lines;
        return record;
      },
    }) as unknown as Parsed[];
    const records = parsed.map(({ record, raw, info }) => {
      const text = raw.replace(/^\n+|\n+$/g, '');
      return { line: info.lines - lineBreaks(text), cells: record, text };
    });
    return { records, lastLine, state: 'whole' };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records: [], lastLine, state: error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'open' : 'endless' };
  }
}

function lineBreaks(text: string): number {
  return text.includes('\n') ? text.split('\n').length - 1 : 0;
}
