import { buffer } from 'node:stream/consumers';
import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { cellText } from '../../src/http/exports/cell-text.ts';
import { fileKinds } from '../../src/http/exports/file-kinds.ts';
import { Gb18030Encoder } from '../../src/http/exports/gb18030.ts';

const columns = [['id'], ['person', 'name'], ['rent'], ['tags'], ['isOpen']];
const records = [
  { id: 'a', person: { name: '王,"小"明' }, rent: '1200.50', tags: ['x', 'y'], isOpen: true },
  { id: 'b', person: null, rent: null, tags: [], isOpen: false },
  { id: 'c', person: { name: '<a & b>\n二' }, rent: '-3', tags: null, isOpen: null },
];
const head = ['id', 'person.name', 'rent', 'tags', 'isOpen'];
const table = [
  ['a', '王,"小"明', '1200.50', 'x; y', 'true'],
  ['b', '', '', '', 'false'],
  ['c', '<a & b>\n二', '-3', '', ''],
];

/** The file of the records, in two pages. */
async function fileOf(
  format: string,
  pages: readonly (readonly object[])[] = [records.slice(0, 1), records.slice(1)],
) {
  const kind = fileKinds[format]!;
  const text = kind.formatOf(columns);
  async function* pieces() {
    yield text.head();
    for (const page of pages) yield text.page(page as never);
    yield text.stopped('EXPORT_REVOKED', 'It was taken back.');
    yield text.end();
  }
  return buffer(kind.bytesOf(pieces(), false));
}

test('a table has a line of names, a line a record, and says in its last line that it is not whole', async () => {
  const rows = parse(await fileOf('CSV'), { bom: true, relax_column_count: true });
  expect(rows).toEqual([head, ...table, ['# EXPORT_REVOKED: It was taken back.']]);
});

test('a line of JSON is the record as it was answered', async () => {
  const lines = (await fileOf('NDJSON')).toString().trimEnd().split('\n');
  expect(lines.slice(0, -1).map((line) => JSON.parse(line))).toEqual(records);
  expect(JSON.parse(lines.at(-1)!)).toEqual({
    exportStopped: { code: 'EXPORT_REVOKED', message: 'It was taken back.' },
  });
});

/** The parts of a ZIP archive by the directory at its end (PKWARE APPNOTE 4.3). */
function unzip(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const parts = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < zip.readUInt16LE(end + 10); i++) {
    const [method, size, nameLength] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
    ];
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(begin, begin + size);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    parts.set(name, (method === 0 ? bytes : inflateRawSync(bytes)).toString('utf8'));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return parts;
}

test('a workbook has a sheet with a row of names and a row a record', async () => {
  const parts = unzip(await fileOf('XLSX'));
  expect([...parts.keys()].sort()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ]);
  const sheet = parts.get('xl/worksheets/sheet1.xml')!;
  const rows = [...sheet.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) =>
    [...row!.matchAll(/<c(?: t="(\w+)")?(?:\/>|>(?:<is><t[^>]*>(.*?)<\/t><\/is>|<v>(.*?)<\/v>)<\/c>)/gs)].map(
      ([, type, text, value]) =>
        type === 'b'
          ? String(value === '1')
          : (text ?? value ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
    ),
  );
  expect(rows).toEqual([head, ...table, ['# EXPORT_REVOKED: It was taken back.']]);
});

test.each([
  ['=1+1', "'=1+1"],
  ['+8613812345678', '+8613812345678'],
  ['+cmd|calc', "'+cmd|calc"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2+3', "'-2+3"],
  ['-12.50', '-12.50'],
  [' =1', "' =1"],
  ['＝1', "'＝1"],
  ['\t=1', "'\t=1"],
  [['=1', 'b'], "'=1; b"],
  ['王小明', '王小明'],
  ['310107015', '310107015'],
  [12, '12'],
  [null, ''],
  [{ a: 1 }, '{"a":1}'],
])('a cell of %j shows %j: nothing in it is a formula', (value, shown) => {
  expect(cellText(value)).toBe(shown);
});

test('every character of Unicode comes back from GB18030, but some for private use', () => {
  const encoder = new Gb18030Encoder();
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const lost: string[] = [];
  for (let from = 0; from < 0x110000; from += 0x400) {
    let text = '';
    for (let point = from; point < from + 0x400; point++)
      if (point < 0xd800 || point > 0xdfff) text += String.fromCodePoint(point);
    const read = decoder.decode(encoder.encode(`a${text}`));
    if (read !== `a${text}`)
      for (const [i, character] of [...text].entries())
        if ([...read][i + 1] !== character) lost.push(character);
  }
  // The standard of 2022 gave the bytes of these to real characters.
  expect(lost.filter((character) => !/\p{Co}/u.test(character))).toEqual([]);
  expect(lost.length).toBeLessThan(100);
});

test('what the standard says of some characters', () => {
  const encoder = new Gb18030Encoder();
  // 中 and the first and last of the four-byte range, from GB 18030's own tables; half a surrogate pair is U+FFFD.
  expect(encoder.encode('中').toString('hex')).toBe('d6d0');
  expect(encoder.encode('\u0080').toString('hex')).toBe('81308130');
  expect(encoder.encode('\u{10000}').toString('hex')).toBe('90308130');
  expect(encoder.encode('\u{10ffff}').toString('hex')).toBe('e3329a35');
  expect(encoder.encode('\ud800').toString('hex')).toBe('8431a437');
});
