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
  ['89504e47', 'a picture'],
  ['ffd8ff', 'a picture'],
  ['47494638', 'a picture'],
  ['1f8b', 'a compressed archive'],
  ['52617221', 'a compressed archive'],
];
const utf16 = 'is UTF-16 text (Excel calls it "Unicode Text"); save it as CSV in GB18030 or UTF-8';

/**
 * Recognises how a file is written. GB18030 is what departments send (GB 18030-2000 is mandatory); UTF-8, with or
 * without byte order mark, is what a spreadsheet of today writes. Judged from lines with bytes above 127, because the
 * others are the same in both.
 * @param head the first bytes: so many that there are such lines, unless the file has none
 * @param isWhole whether the file has no more; else the last line is cut, perhaps inside a character, and not judged
 * @throws ImportRefused when it is no text in either.
 */
export function recogniseEncoding(head: Buffer, name: string, isWhole: boolean): Encoding {
  const magic = head.subarray(0, 4).toString('hex');
  const found = foreign.find(([start]) => magic.startsWith(start));
  if (found) throw new ImportRefused(`${name} is ${found[1]} and not a CSV file; save the table as CSV.`);
  if (magic.startsWith('fffe') || magic.startsWith('feff')) throw new ImportRefused(`${name} ${utf16}.`);
  if (magic.startsWith('efbbbf')) return { label: 'utf-8', skip: 3 };
  if (magic === '84319533') return { label: 'gb18030', skip: 4 };
  const end = head.indexOf(endOfFile);
  const text = end < 0 ? head : head.subarray(0, end);
  if (text.includes(0)) throw new ImportRefused(`${name} is not a CSV file: it holds binary data.`);
  const lines = tellingLines(text, isWhole || end >= 0);
  const inUtf8 = lines.filter((line) => decodes('utf-8', line)).length;
  const inGb18030 = lines.filter((line) => decodes('gb18030', line)).length;
  // Two-byte characters of GB18030 are hardly ever valid UTF-8, the other way round they often are.
  const headingsTip = lines[0] && decodes('utf-8', lines[0]) ? 1 : 0;
  if (inUtf8 * 2 + headingsTip > lines.length || lines.length === 0) return { label: 'utf-8', skip: 0 };
  if (inGb18030 > 0) return { label: 'gb18030', skip: 0 };
  throw new ImportRefused(
    `${name} is written neither in GB18030 nor in UTF-8: none of its lines can be read; save it as CSV in one of them.`,
  );
}

/** The byte with which DOS programs end a text file; part of no character of either encoding. */
export const endOfFile = 0x1a;

/** Whether there are lines from which the encoding can be told. */
export function hasTellingLines(head: Buffer): boolean {
  return tellingLines(head, false).length >= enoughLines;
}

/** One short line of GB18030 can be UTF-8 by chance, some cannot. */
const enoughLines = 20;
const mostLines = 2000;

/** Whole lines with bytes above 127. */
function tellingLines(head: Buffer, isWhole: boolean): readonly Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let at = 0; at <= head.length && lines.length < mostLines; at++) {
    if (at < head.length ? head[at] !== 0x0a && head[at] !== 0x0d : !isWhole) continue;
    const line = head.subarray(start, at);
    start = at + 1;
    if (line.some((byte) => byte > 127)) lines.push(line);
  }
  return lines;
}

export function decodes(label: Encoding['label'], bytes: Uint8Array): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
