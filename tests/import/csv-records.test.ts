import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, readCsv } from '../../src/import/reading/csv-records.ts';
import { createRandom } from './synthetic-people.ts';

async function read(blocks: readonly string[]): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  async function* text() {
    yield* blocks;
  }
  await readCsv(text(), 'x.csv', (record) => void records.push(record));
  return records;
}

/** The cells that the parser finds in the text as a whole; undefined when a quotation mark stays open. */
function wholly(text: string): string[][] | undefined {
  try {
    return parse(text, {
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      record_delimiter: '\n',
    });
  } catch {
    return undefined;
  }
}

const pieces = ['a', '示例', ',', ' ', '\n', '\n', 'a,b\n', '"', '""', '",', ',"', '"\n', '"q,1",2\n', `${'x'.repeat(2500)}\n`]; // biome-ignore format: a list

describe('a file that is cut at its commas where it has no quotation marks', () => {
  it('has the records that a parser finds in it, wherever its blocks end', async () => {
    const random = createRandom(7);
    for (let n = 0; n < 500; n++) {
      let text = '';
      for (let length = random.below(50); length >= 0; length--) text += random.pick(pieces);
      const blocks: string[] = [];
      for (let rest = text; rest; rest = rest.slice(blocks.at(-1)?.length)) {
        const end = rest.indexOf('\n', random.below(rest.length)) + 1;
        blocks.push(rest.slice(0, end || rest.length));
      }
      const found = await read(blocks).catch(() => undefined);
      expect(found?.map(({ cells }) => cells)).toEqual(wholly(text));
      const lines = text.split('\n');
      for (const { line, text: written } of found ?? []) {
        const count = written.split('\n').length;
        expect(lines.slice(line - 1, line - 1 + count).join('\n')).toBe(written);
      }
    }
  });

  it('is refused where a quotation mark stays open, with the last line that could be read', async () => {
    await expect(read(['a,b\n', '\nc,d\n', '"e,f\n', 'g,h\n'])).rejects.toThrow('after line 3');
  });
});
