import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type ColumnPath, valueAt } from '../../graph/exports/columns.ts';
import { cellText } from './cell-text.ts';
import type { FileFormat } from './file-format.ts';

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of a workbook with one sheet, beside the sheet. */
const parts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="export" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them.
const notInXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const special = /[&<>]/g;
const entity = (c: string): string => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;');
const escaped = (text: string): string => text.toWellFormed().replace(notInXml, '').replace(special, entity);

/** A text is written as one: no spreadsheet takes it for a formula. */
const textCell = (text: string): string =>
  text === '' ? '<c/>' : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

function cell(value: unknown): string {
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  return textCell(cellText(value));
}

const row = (cells: readonly string[]): string => `<row>${cells.join('')}</row>`;

/** The sheet of a workbook: a row of names, then a row a record. */
export function sheetFormat(columns: readonly ColumnPath[]): FileFormat {
  return {
    head: () =>
      `${head}<worksheet xmlns="${main}"><sheetData>${row(columns.map((path) => textCell(path.join('.'))))}`,
    page: (records) =>
      records.map((record) => row(columns.map((path) => cell(valueAt(record, path))))).join(''),
    stopped: (code, message) => row([textCell(`# ${code}: ${message}`)]),
    end: () => '</sheetData></worksheet>',
  };
}

/** Puts a sheet into a workbook as it comes: nothing is kept but what the packer holds. */
export function workbookOf(sheet: AsyncIterable<string>): Readable {
  const zip = new ZipFile();
  // The same file at every time: no clock stands in it.
  const mtime = new Date(Date.UTC(2007, 2, 1));
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(head + text), name, { mtime });
  const bytes = Readable.from(bytesOf(sheet), { objectMode: false, highWaterMark: 1 });
  zip.addReadStream(bytes, 'xl/worksheets/sheet1.xml', { mtime, compressionLevel: 1 });
  zip.end();
  const out = zip.outputStream as Readable;
  // Whoever stops taking the file stops the reading.
  out.once('close', () => bytes.destroy());
  bytes.once('error', (error) => out.destroy(error));
  return out;
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of text) yield Buffer.from(piece);
}
