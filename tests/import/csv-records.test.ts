import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, readCsv } from '../../src/import/reading/csv-records.ts';
import { createRandom, type Random } from './synthetic-people.ts';

async function read(blocks: readonly string[]): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  async function* text() {
    yield* blocks;
  }
  await readCsv(text(), 'x.csv', (record) => void records.push(record));
  return records;
}

/** The text in blocks of whole lines, as it is read from a disk. */
function inBlocks(text: string, random: Random): string[] {
  const blocks: string[] = [];
  for (let rest = text; rest; rest = rest.slice(blocks.at(-1)?.length)) {
    const end = rest.indexOf('\n', random.below(rest.length)) + 1;
    blocks.push(rest.slice(0, end || rest.length));
  }
  return blocks;
}

const width = 8;
const pieces = ['a', '示例', ',', ' ', '\n', '"', '""', '",', ',"', '"\n', "'", '=', '弄', 'x'.repeat(300)];

/** As many columns as the register's file has; a cell with as many commas and a line feed would be a row. */
const columns = 23;

describe('a file of records as a program writes them', () => {
  it('is read as it was written, whatever stands in its cells and wherever its blocks end', async () => {
    const random = createRandom(7);
    for (let n = 0; n < 300; n++) {
      const table = Array.from({ length: 1 + random.below(12) }, (_, line) =>
        Array.from({ length: columns }, (_, column) => {
          if (column === 0) return `S${line}`;
          if (random.below(8) > 0) return '例';
          return Array.from({ length: random.below(6) }, () => random.pick(pieces)).join('');
        }),
      );
      const text = stringify([
        ['序号', ...Array.from({ length: columns - 1 }, (_, n) => `栏${n}`)],
        ...table,
      ]);
      const [head, ...records] = await read(inBlocks(text, random));
      expect(head?.cells[0]).toBe('序号');
      expect(records.map(({ cells }) => cells)).toEqual(table);
      const lines = text.split('\n');
      for (const { line, text: written } of records) {
        const count = written.split('\n').length;
        expect(lines.slice(line - 1, line - 1 + count).join('\n')).toBe(written);
      }
    }
  });
});

describe('stray quotation marks', () => {
  const row = (n: number) => [`S${n}`, '王芳', '男', `34999${n}`, '示例路', '8', '27', '603'];
  const heading = ['序号', '姓名', '性别', '号码', '道路', '弄', '楼', '室'];
  const textOf = (rows: readonly (readonly string[])[]) =>
    [heading, ...rows].map((r) => `${r.join(',')}\n`).join('');

  it('never put a row into another row, wherever two of them stand', async () => {
    const random = createRandom(11);
    for (let from = 0; from < width; from++)
      for (let to = 0; to < width; to++)
        for (const apart of [1, 2, 3])
          for (const [open, close] of [
            ['"', ''],
            ['', '"'],
          ]) {
            const rows = [0, 1, 2, 3, 4].map(row);
            const expected = rows.map((cells) => [...cells]);
            const mark = (line: number, column: number, before: string, after: string) => {
              rows[line]![column] = `${before}${rows[line]![column]}${after}`;
            };
            mark(0, from, '"', '');
            mark(apart, to, open!, close!);
            const records = (await read(inBlocks(textOf(rows), random))).slice(1);
            expect(
              records.map(({ cells }) => cells),
              `${from} ${to} ${apart}`,
            ).toEqual(expected);
            expect(records.filter(({ hadStrayQuotes }) => hadStrayQuotes).length).toBeGreaterThan(0);
          }
  });

  it('that are never closed lose no row either', async () => {
    const rows = [0, 1, 2].map(row);
    rows[1]![4] = `"${rows[1]![4]}`;
    const records = await read([textOf(rows)]);
    expect(records.slice(1).map(({ cells }) => cells)).toEqual([0, 1, 2].map(row));
  });

  it('leave cells with line feeds alone, also in the first and last column', async () => {
    for (let column = 0; column < width; column++) {
      const rows = [0, 1, 2].map(row);
      rows[1]![column] = '上海\n普陀,示例\n"路"';
      const records = await read([stringify([heading, ...rows])]);
      expect(records.slice(1).map(({ cells }) => cells)).toEqual(rows);
    }
  });

  it('are refused where the line is no row by itself, with the last line that could be read', async () => {
    await expect(read(['a,b,c,d,e\n', '\nc,d,e,f,g\n', '"e,f\n', 'g,h\n'])).rejects.toThrow('after line 3');
  });
});

describe('the edges of a file', () => {
  it('a line that tells the separator and blank lines are no rows', async () => {
    for (const before of ['sep=,\n', '"sep=,"\n', 'SEP=,\n\n', '\n\n , ,\n']) {
      const records = await read([`${before}a,b\n1,2\n`]);
      expect(records.map(({ cells }) => cells.join())).toEqual(['a,b', '1,2']);
    }
  });
  it('a last line without an end is marked as cut where others have one, also in the middle of a quoted cell', async () => {
    const cut = async (text: string) => (await read([text])).map(({ isCut }) => isCut ?? false);
    expect(await cut('a,b\n1,2\n')).toEqual([false, false]);
    expect(await cut('a,b\n1,2')).toEqual([false, true]);
    expect(await cut('a,b\n1,"2')).toEqual([false, true]);
    expect(await cut('a,b\n1,"2"')).toEqual([false, true]);
    expect(await cut('a,b')).toEqual([false]);
  });
});
