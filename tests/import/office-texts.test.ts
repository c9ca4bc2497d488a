import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peekHeadings } from '../../src/import/reading/peek-headings.ts';
import { openText } from '../../src/import/reading/text-blocks.ts';
import { checkPath } from './checked.ts';
import { createFolder, fileKinds, kindOf, rowOf } from './files.ts';
import { encodeGb18030 } from './gb18030.ts';
import { type FileKind, headings } from './synthetic-rows.ts';

const encodings = { gb18030: encodeGb18030, 'utf-8': (text: string) => Buffer.from(text) };
type Label = keyof typeof encodings;
const labels = Object.keys(encodings) as Label[];

function write(bytes: Uint8Array | string, name = 'x-2007-03.csv'): string {
  const path = join(createFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

const row = (n: number, kind: FileKind = 'public-security') =>
  rowOf(kind, kind === 'labour' ? {} : { [headings[kind][0]!]: `PT2007${String(n).padStart(8, '0')}` });
const lines = (rows: number) => [headings['public-security'], ...Array.from({ length: rows }, (_, n) => row(n))].map((cells) => cells.join(',')); // biome-ignore format: a line
const accepted = async (path: string) => {
  const file = await openText(path);
  await peekHeadings(file, kindOf('public-security'), fileKinds);
  const { tally, accepted: rows } = await checkPath('public-security', path);
  return { label: file.encoding.label, rows: tally.rows, accepted: tally.accepted, name: rows[0]?.name };
};

describe.each(labels)('a file in %s', (label) => {
  const encode = encodings[label];
  it.each([
    ['from its first line on', ''],
    ['behind a line that tells the separator', 'sep=,\r\n'],
    ['behind blank lines', '\r\n\r\n,,,,\r\n'],
    ['behind 200,000 bytes of blank lines', ' \r\n'.repeat(70_000)],
  ])('is recognised %s', async (_, before) => {
    const path = write(Buffer.concat([Buffer.from(before), encode(`${lines(3).join('\r\n')}\r\n`)]));
    expect(await accepted(path)).toEqual({ label, rows: 3, accepted: 3, name: '王芳' });
  });

  it('is recognised wherever the sample ends, also in the middle of a character', async () => {
    const text = lines(400).join('\r\n');
    for (let shift = 0; shift < 4; shift++) {
      const path = write(
        Buffer.concat([Buffer.from(' '.repeat(shift)), Buffer.from('\r\n'), encode(`${text}\r\n`)]),
      );
      expect(await accepted(path)).toMatchObject({ label, rows: 400, accepted: 400 });
    }
  });

  it.each([
    ['\r', 4000],
    ['\n', 4000],
    ['\r\n', 4000],
    ['\r', 3],
  ])('ends its lines with %j as well', async (end, rows) => {
    const path = write(encode(`${lines(rows).join(end)}${end}`));
    expect(await accepted(path)).toMatchObject({ label, rows, accepted: rows });
  });
});

it('a file that begins with a byte order mark has its headings', async () => {
  expect(await accepted(write(`\ufeff${lines(2).join('\n')}\n`))).toMatchObject({ accepted: 2 });
  expect(await accepted(write(`\ufeffsep=,\n${lines(2).join('\n')}\n`))).toMatchObject({ accepted: 2 });
});

describe('the end of a file', () => {
  const text = `${lines(3).join('\r\n')}\r\n`;
  it.each([
    ['the mark of DOS', `${text}\x1a`],
    ['the mark behind the last cell', `${text.trimEnd()}\x1a`],
    ['a block filled up with marks', `${text}${'\x1a'.repeat(100)}`],
    ['a block filled up with NUL', `${text}\x1a${'\0'.repeat(100)}`],
    ['blank lines', `${text}\r\n\r\n,,,,,\r\n`],
  ])('is %s', async (_, written) => {
    const { tally } = await checkPath('public-security', write(written));
    expect([tally.rows, tally.accepted, tally.notices]).toEqual([3, 3, {}]);
  });
  it('is said when there is text behind the mark', async () => {
    const { tally } = await checkPath('public-security', write(`${text}\x1a\r\n${row(9).join(',')}\r\n`));
    expect([tally.rows, tally.notices]).toEqual([3, { TEXT_AFTER_END_OF_FILE: 1 }]);
  });
  it('cut at any byte of the last row: that row goes back, the others stand, and the file says so', async () => {
    for (const label of labels) {
      const bytes = encodings[label](text);
      const last = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
      for (let end = last + 1; end < bytes.length - 1; end += 3) {
        const { tally, refused } = await checkPath('public-security', write(bytes.subarray(0, end)));
        expect(tally).toMatchObject({ rows: 3, accepted: 2, notices: { LAST_LINE_CUT: 1 } });
        expect(refused.map(({ code }) => code)).toEqual(['LINE_CUT']);
      }
    }
  });
});

describe('empty cells at the end of a row', () => {
  const check = (kind: FileKind, rows: readonly string[][], more = 0) => {
    const head = [...headings[kind], ...Array(more).fill('')];
    return checkPath(
      kind,
      write(encodeGb18030([head, ...rows].map((cells) => `${cells.join(',')}\r\n`).join(''))),
    );
  };
  it.each(['public-security', 'housing', 'labour'] as const)(
    'beyond the headings of %s are no cells',
    async (kind) => {
      for (const [head, cells] of [
        [0, 1],
        [0, 3],
        [2, 2],
        [2, 0],
      ] as const) {
        const { refused, tally } = await check(kind, [[...row(1, kind), ...Array(cells).fill('')]], head);
        expect([refused, tally.accepted], `${head} ${cells}`).toEqual([[], 1]);
      }
      expect((await check(kind, [[...row(1, kind), '', '多']])).refused).toMatchObject([
        { code: 'COLUMN_COUNT' },
      ]);
    },
  );
  it('that may be empty may be missing, others not', async () => {
    const contract = rowOf('labour', { 参保: '否' }).slice(0, -1);
    expect((await check('labour', [contract])).tally.accepted).toBe(1);
    expect((await check('labour', [contract.slice(0, -1)])).refused).toMatchObject([
      { code: 'COLUMN_COUNT' },
    ]);
    expect((await check('housing', [rowOf('housing').slice(0, -1)])).refused).toMatchObject([
      { code: 'COLUMN_COUNT' },
    ]);
  });
});

it('a long cell is the fault of its row, wherever it stands and quoted or not', async () => {
  for (const column of headings['public-security'])
    for (const text of ['示'.repeat(6000), `"${'x,'.repeat(40_000)}"`]) {
      const long = headings['public-security'].map((heading, n) => (heading === column ? text : row(1)[n]!));
      const path = write([headings['public-security'], row(0), long, row(2)].map((cells) => `${cells.join(',')}\n`).join('')); // biome-ignore format: a line
      const { tally, refused } = await checkPath('public-security', path);
      expect(tally.accepted).toBe(2);
      expect(refused.map(({ code, column: at }) => [code, at])).toEqual([['TEXT_TOO_LONG', column]]);
    }
});
