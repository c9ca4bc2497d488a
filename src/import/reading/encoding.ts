import { ImportRefused } from '../import-refused.ts';

export interface Encoding {
  readonly label: 'gb18030' | 'utf-8';
  /** Bytes of a byte order mark, to be left out. */
  readonly skip: number;
}

const foreign: readonly (readonly [string, string])[] = [
  ['504b0304', 'an Excel workbook or another archive'],
  ['d0cf11e0', 'an Excel 97 workbook or another Office document'],
  ['25504446', 'a PDF'],
  ['1f8b', 'a compressed archive'],
  ['52617221', 'a compressed archive'],
];
const utf16 = 'is UTF-16 text (Excel calls it "Unicode Text"); save it as CSV in GB18030 or UTF-8';

/**
 * Recognises how a file is written by its first bytes. GB18030 is what departments send (GB 18030-2000 is
 * mandatory); UTF-8, with or without byte order mark, is what a spreadsheet of today writes.
 * @throws ImportRefused when it is no text in either.
 */
export function recogniseEncoding(head: Buffer, name: string): Encoding {
  const magic = head.subarray(0, 4).toString('hex');
  const found = foreign.find(([start]) => magic.startsWith(start));
  if (found) throw new ImportRefused(`${name} is ${found[1]} and not a CSV file; save the table as CSV.`);
  if (magic.startsWith('fffe') || magic.startsWith('feff')) throw new ImportRefused(`${name} ${utf16}.`);
  if (magic.startsWith('efbbbf')) return { label: 'utf-8', skip: 3 };
  if (magic === '84319533') return { label: 'gb18030', skip: 4 };
  if (head.includes(0)) throw new ImportRefused(`${name} is not a CSV file: it holds binary data.`);
  const end = head.indexOf(0x0a);
  const headings = end < 0 ? head : head.subarray(0, end);
  // Two-byte characters of GB18030 are hardly ever valid UTF-8; a whole line of headings never is.
  if (decodes('utf-8', headings)) return { label: 'utf-8', skip: 0 };
  if (decodes('gb18030', headings)) return { label: 'gb18030', skip: 0 };
  throw new ImportRefused(
    `${name} is written neither in GB18030 nor in UTF-8: its first line cannot be read; save it as CSV in one of them.`,
  );
}

export function decodes(label: Encoding['label'], bytes: Uint8Array): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
