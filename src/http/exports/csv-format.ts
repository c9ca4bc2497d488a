import { type ColumnPath, valueAt } from '../../graph/exports/columns.ts';
import { cellText } from './cell-text.ts';
import type { FileFormat } from './file-format.ts';

const needsQuotes = /[",\r\n]|^\s|\s$/;
const quoted = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180: a line of names, then a line a record. */
export function csvFormat(columns: readonly ColumnPath[]): FileFormat {
  const lineOf = (cells: readonly string[]) => `${cells.join(',')}\r\n`;
  return {
    head: () => lineOf(columns.map((path) => quoted(path.join('.')))),
    page(records) {
      let text = '';
      for (const record of records) {
        let line = '';
        for (const path of columns) {
          if (line !== '' || path !== columns[0]) line += ',';
          const value = path.length === 1 ? record[path[0]!] : valueAt(record, path);
          line += quoted(cellText(value));
        }
        text += `${line}\r\n`;
      }
      return text;
    },
    stopped: (code, message) => lineOf([quoted(`# ${code}: ${message}`)]),
    end: () => '',
  };
}
