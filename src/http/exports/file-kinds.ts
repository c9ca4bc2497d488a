import { Readable } from 'node:stream';
import type { ColumnPath } from '../../graph/exports/columns.ts';
import { csvFormat } from './csv-format.ts';
import type { FileFormat } from './file-format.ts';
import { Gb18030Encoder } from './gb18030.ts';
import { ndjsonFormat } from './ndjson-format.ts';
import { sheetFormat, workbookOf } from './xlsx-format.ts';

/** How a kind of file is made and sent. */
export interface FileKind {
  readonly contentType: string;
  readonly extension: string;
  /** Its end can be sent apart, to whoever has its beginning. */
  readonly canGoOn: boolean;
  formatOf(columns: readonly ColumnPath[]): FileFormat;
  /** The bytes of the file. @param goesOn the beginning has been sent before */
  bytesOf(text: AsyncIterable<string>, goesOn: boolean): Readable;
}

let encoder: Gb18030Encoder | undefined;
const byteOrderMark = '\ufeff';

/** One piece waits while another is sent: what a slow client does not take is not read either. */
const streamOf = (source: AsyncIterable<Buffer>): Readable =>
  Readable.from(source, { objectMode: false, highWaterMark: 1 });

async function* encoded(
  text: AsyncIterable<string>,
  encode: (piece: string) => Buffer,
  before = '',
): AsyncGenerator<Buffer> {
  let first = before;
  for await (const piece of text) {
    const whole = first + piece;
    first = '';
    if (whole !== '') yield encode(whole);
  }
}

const utf8 = (piece: string) => Buffer.from(piece);

/** By the codes of the enum ExportFormat. */
export const fileKinds: Readonly<Record<string, FileKind>> = {
  CSV: {
    contentType: 'text/csv; charset=utf-8; header=present',
    extension: 'csv',
    canGoOn: true,
    formatOf: csvFormat,
    bytesOf: (text, goesOn) => streamOf(encoded(text, utf8, goesOn ? '' : byteOrderMark)),
  },
  CSV_GB18030: {
    contentType: 'text/csv; charset=gb18030; header=present',
    extension: 'csv',
    canGoOn: true,
    formatOf: csvFormat,
    bytesOf(text) {
      encoder ??= new Gb18030Encoder();
      const table = encoder;
      return streamOf(encoded(text, (piece) => table.encode(piece)));
    },
  },
  NDJSON: {
    contentType: 'application/x-ndjson; charset=utf-8',
    extension: 'ndjson',
    canGoOn: true,
    formatOf: () => ndjsonFormat,
    bytesOf: (text) => streamOf(encoded(text, utf8)),
  },
  XLSX: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    canGoOn: false,
    formatOf: sheetFormat,
    bytesOf: workbookOf,
  },
};
