import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFile, type RefusedRow } from '../../src/import/check-file.ts';
import { openText } from '../../src/import/reading/text-blocks.ts';
import { fileKinds, kindOf, rowOf, writeFile } from './files.ts';
import type { FileKind } from './synthetic-rows.ts';

async function check(kind: FileKind, path: string, month = '2007-03') {
  const refused: RefusedRow[] = [];
  const lines: string[] = [];
  const sink = {
    accept: (line: string) => void lines.push(line),
    refuse: (row: RefusedRow) => void refused.push(row),
  };
  const file = await openText(path);
  const { tally } = await checkFile({ file, kind: kindOf(kind), kinds: fileKinds, month, sink });
  const { rows, accepted, rejected, repeated, flags, distinctPeople } = tally;
  return {
    counts: { rows, accepted, rejected, repeated_rows: repeated, flags },
    distinctPeople,
    refused,
    lines,
  };
}

const names = {
  'public-security': 'public-security-registrations',
  housing: 'housing-leases',
  labour: 'labour-insurance',
};
const kinds = Object.keys(names) as FileKind[];

describe('counts of a synthetic file', () => {
  const expected = JSON.parse(
    readFileSync(join(import.meta.dirname, 'fixtures/expected-2007-03.json'), 'utf8'),
  );
  it.each(kinds)('are what its defects make of it: %s', async (kind) => {
    const { counts } = await check(kind, join(import.meta.dirname, `fixtures/${names[kind]}-2007-03.csv`));
    const { unmatched: _, ...said } = expected[kind];
    expect(counts).toEqual(said);
  });
});

const given = join(import.meta.dirname, '../../../shared/data');
const isGiven = existsSync(given);

describe.skipIf(!isGiven)(
  `counts of a given file${isGiven ? '' : ' (skipped: ../shared/data is not here)'}`,
  () => {
    const expected = isGiven ? JSON.parse(readFileSync(join(given, 'expected-2007-02.json'), 'utf8')) : {};
    it.each(kinds)('are those that its sender expects: %s', async (kind) => {
      const { counts, distinctPeople } = await check(
        kind,
        join(given, `${names[kind]}-2007-02.csv`),
        '2007-02',
      );
      const { unmatched: _, distinct_people, ...said } = expected[names[kind]];
      expect(counts).toMatchObject(said);
      if (distinct_people !== undefined) expect(distinctPeople).toBe(distinct_people);
    });
  },
);

describe('a row is refused with the code and column of its first fault', () => {
  const faults: readonly [FileKind, Record<string, string>, string, string][] = [
    ['public-security', { 公民身份号码: '349999198506120038' }, 'ID_CHECKSUM', '公民身份号码'],
    ['public-security', { 公民身份号码: '34999919850612003' }, 'ID_FORMAT', '公民身份号码'],
    ['public-security', { 公民身份号码: '349999198502300032' }, 'ID_BIRTH_DATE', '公民身份号码'],
    ['public-security', { 公民身份号码: '99999919850612003X' }, 'ID_PROVINCE', '公民身份号码'],
    ['public-security', { 公民身份号码: '' }, 'ID_MISSING', '公民身份号码'],
    ['public-security', { 姓名: ' ' }, 'NAME_MISSING', '姓名'],
    ['public-security', { 出生日期: '1985-02-30' }, 'DATE_INVALID', '出生日期'],
    ['public-security', { 登记时间: '昨天' }, 'DATE_INVALID', '登记时间'],
    ['public-security', { 入住日期: '2007-04-01' }, 'DATE_IN_FUTURE', '入住日期'],
    ['public-security', { 来沪日期: '2006-02-02' }, 'ARRIVALS_REVERSED', '入住日期'],
    ['public-security', { 户籍地区划代码: '310107' }, 'NOT_A_MIGRANT', '户籍地区划代码'],
    ['public-security', { 户籍地区划代码: '34' }, 'DIVISION_INVALID', '户籍地区划代码'],
    ['public-security', { 居委会代码: '310107005999' }, 'NEIGHBOURHOOD_UNKNOWN', '居委会代码'],
    ['public-security', { 居委会代码: '310107005025' }, 'NEIGHBOURHOOD_UNKNOWN', '居委会代码'],
    ['public-security', { 居委会代码: '310107022001' }, 'NEIGHBOURHOOD_UNKNOWN', '居委会代码'],
    ['public-security', { 派出所编号: 'PT-STN-014-1' }, 'STATION_OUTSIDE_SUBDISTRICT', '派出所编号'],
    ['public-security', { 派出所编号: 'PT-STN-005-2' }, 'STATION_UNKNOWN', '派出所编号'],
    ['public-security', { 性别: '其' }, 'VALUE_UNKNOWN', '性别'],
    ['public-security', { 居住事由: '' }, 'VALUE_MISSING', '居住事由'],
    ['public-security', { 登记编号: '' }, 'SERIAL_INVALID', '登记编号'],
    ['public-security', { 户籍地址: '县'.repeat(201) }, 'TEXT_TOO_LONG', '户籍地址'],
    ['housing', { 承租人: '' }, 'NAME_MISSING', '承租人'],
    ['housing', { 区划街镇代码: '310107022' }, 'SUBDISTRICT_UNKNOWN', '区划街镇代码'],
    ['housing', { 室: '' }, 'ADDRESS_INCOMPLETE', '室'],
    ['housing', { 出租人: '' }, 'LANDLORD_MISSING', '出租人'],
    ['housing', { 建筑面积: '0' }, 'AREA_INVALID', '建筑面积'],
    ['housing', { 月租金: '面议' }, 'AMOUNT_INVALID', '月租金'],
    ['housing', { 止租日: '2006-01-21' }, 'ENDS_BEFORE_START', '止租日'],
    ['housing', { 止租日: '2026-01-22' }, 'TERM_TOO_LONG', '止租日'],
    ['housing', { 起租日: '2007-04-01' }, 'DATE_IN_FUTURE', '起租日'],
    ['housing', { 备案状态: '不详' }, 'VALUE_UNKNOWN', '备案状态'],
    ['labour', { 单位代码: 'PDY00001-1' }, 'ORG_CODE_CHECK', '单位代码'],
    ['labour', { 单位代码: '' }, 'ORG_CODE_FORMAT', '单位代码'],
    ['labour', { 月工资: '-1' }, 'AMOUNT_INVALID', '月工资'],
    ['labour', { 合同止: '2005-02-28' }, 'ENDS_BEFORE_START', '合同止'],
    ['labour', { 缴费月份: '2007-13' }, 'MONTH_INVALID', '缴费月份'],
    ['labour', { 缴费月份: '2007-04' }, 'DATE_IN_FUTURE', '缴费月份'],
    ['labour', { 参保: '或' }, 'VALUE_UNKNOWN', '参保'],
  ];
  it.each(faults)('%s %j: %s', async (kind, cells, code, column) => {
    const { refused, lines } = await check(kind, writeFile(kind, [rowOf(kind, cells)]));
    expect(refused).toMatchObject([{ line: 2, code, column }]);
    expect(lines).toEqual([]);
  });

  it('a row with a cell too many or too few', async () => {
    const row = rowOf('housing');
    const { refused } = await check('housing', writeFile('housing', [[...row, '多'], row.slice(1)]));
    expect(refused.map(({ line, code }) => [line, code])).toEqual([
      [2, 'COLUMN_COUNT'],
      [3, 'COLUMN_COUNT'],
    ]);
  });
});

describe('a row is accepted', () => {
  it('and flagged for each thing that is odd about it; an odd number is no telephone number', async () => {
    const odd = { 性别: '女', 出生日期: '1985-06-13', 联系电话: '1234567' };
    const { counts, lines } = await check(
      'public-security',
      writeFile('public-security', [rowOf('public-security', odd)]),
    );
    expect(counts).toMatchObject({
      accepted: 1,
      flags: { SEX_MISMATCH: 1, DOB_MISMATCH: 1, PHONE_INVALID: 1 },
    });
    expect(lines[0]).toContain('\t{"联系电话":"1234567"}\t');
    expect(lines[0]?.split('1234567')).toHaveLength(2);
    const old = rowOf('public-security', { 公民身份号码: '349999850612003' });
    const converted = await check('public-security', writeFile('public-security', [old]));
    expect(converted.counts).toMatchObject({ accepted: 1, flags: { ID_15_DIGITS_CONVERTED: 1 } });
    expect(converted.lines[0]).toContain('349999198506120039');
  });

  it('in whatever notation, width and case its cells are written', async () => {
    const plain = rowOf('public-security', { 姓名: '阿不都·示例' });
    const written = rowOf('public-security', {
      姓名: ' 阿不都．示例　',
      公民身份号码: '３４９９９９１９８５０６１２００３９',
      出生日期: '1985.6.12',
      来沪日期: '2004/2/1',
      入住日期: '20060201',
      民族: '汉族',
      弄: '８弄',
      楼: '27号楼',
      室: '603室',
      联系电话: '+86 138-0000-1234',
      登记时间: '2006/3/1 8:15',
    });
    const [expected, found] = await Promise.all(
      [plain, written].map((row) => check('public-security', writeFile('public-security', [row]))),
    );
    expect(found?.refused).toEqual([]);
    expect(found?.lines).toEqual(expected?.lines);
  });
});

describe('rows with one key', () => {
  it('that say the same are counted as repeated, also when refused, and not again', async () => {
    const good = rowOf('housing');
    const bad = rowOf('housing', { 合同备案号: 'HL200703000002', 月租金: '面议' });
    const { counts } = await check('housing', writeFile('housing', [good, good, bad, bad]));
    expect(counts).toMatchObject({ rows: 4, accepted: 1, rejected: { AMOUNT_INVALID: 1 }, repeated_rows: 2 });
  });
  it('that differ: the first stands and the second goes back', async () => {
    const { counts, refused } = await check(
      'housing',
      writeFile('housing', [rowOf('housing'), rowOf('housing', { 月租金: '600' })]),
    );
    expect(counts).toMatchObject({ accepted: 1, rejected: { KEY_CONFLICT: 1 }, repeated_rows: 0 });
    expect(refused[0]).toMatchObject({ line: 3, column: '合同备案号' });
  });
  it('of which the first is refused: the second is taken for its correction', async () => {
    const { counts } = await check(
      'housing',
      writeFile('housing', [rowOf('housing', { 月租金: '面议' }), rowOf('housing')]),
    );
    expect(counts).toMatchObject({ accepted: 1, rejected: { AMOUNT_INVALID: 1 } });
  });
});

it('names the line of the file, whatever stands in quotation marks before it', async () => {
  const path = writeFile('public-security', [
    rowOf('public-security', { 户籍地址: '安徽省\r\n示例县"老街",示例镇' }),
    rowOf('public-security', { 登记编号: 'PT200703000002', 姓名: '' }),
  ]);
  const { refused, counts } = await check('public-security', path);
  expect(counts.accepted).toBe(1);
  expect(refused).toMatchObject([{ line: 4, code: 'NAME_MISSING' }]);
});
