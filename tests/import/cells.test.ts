import { describe, expect, it } from 'vitest';
import { citizenIdCheck } from '../../src/identifiers/citizen-id.ts';
import { checkRow, checkRows } from './checked.ts';

const register = (cells: Readonly<Record<string, string>>) => checkRow('public-security', cells);

describe('codes are read as well as words', () => {
  // GB/T 3304-1991, from the standard's table: number, letters, name.
  it.each([
    ['01', 'HA', '汉', 'HAN'],
    ['02', 'MG', '蒙古', 'MONGOL'],
    ['03', 'HU', '回', 'HUI'],
    ['04', 'ZA', '藏', 'ZANG'],
    ['05', 'UG', '维吾尔', 'UYGUR'],
    ['06', 'MH', '苗', 'MIAO'],
    ['07', 'YI', '彝', 'YI'],
    ['08', 'ZH', '壮', 'ZHUANG'],
    ['09', 'BY', '布依', 'BUYEI'],
    ['10', 'CS', '朝鲜', 'CHOSEN'],
    ['11', 'MA', '满', 'MAN'],
    ['15', 'TJ', '土家', 'TUJIA'],
    ['17', 'KZ', '哈萨克', 'KAZAK'],
    ['30', 'TU', '土', 'TU'],
    ['44', 'RS', '俄罗斯', 'RUSS'],
    ['49', 'GI', '京', 'GIN'],
    ['56', 'JN', '基诺', 'JINO'],
  ])('ethnicity %s %s %s', async (number, letters, name, code) => {
    const ways = [number, String(Number(number)), letters, letters.toLowerCase(), name, `${name}族`, `${number}${name}族`, `${name}族(${number})`, ` ${name} 族 `, number.replace(/\d/g, (d) => '０１２３４５６７８９'[Number(d)]!)]; // biome-ignore format: a list
    const { accepted } = await checkRows(
      'public-security',
      ways.map((way) => ({ 民族: way })),
    );
    expect(accepted.map(({ ethnicity }) => ethnicity)).toEqual(ways.map(() => code));
  });
  // GB/T 2261.1, GB/T 2261.2 and GB/T 4658-2006 (tens) as the dossier lists them, A.1, A.2, A.6.
  it.each([
    [
      '性别',
      'sex',
      {
        '0': 'UNKNOWN',
        '1': 'MALE',
        '2': 'FEMALE',
        '9': 'NOT_STATED',
        男性: 'MALE',
        女性: 'FEMALE',
        '1男': 'MALE',
      },
    ],
    [
      '婚姻状况',
      'marital_status',
      {
        '10': 'UNMARRIED',
        '20': 'MARRIED',
        '21': 'FIRST_MARRIAGE',
        '22': 'REMARRIED',
        '23': 'REMARRIED_SAME_SPOUSE',
        '30': 'WIDOWED',
        '40': 'DIVORCED',
        '90': 'NOT_STATED',
        有配偶: 'MARRIED',
        已婚有配偶: 'MARRIED',
        初婚有配偶: 'FIRST_MARRIAGE',
        离异: 'DIVORCED',
      },
    ],
    [
      '文化程度',
      'education_level',
      {
        '10': 'POSTGRADUATE',
        '20': 'UNDERGRADUATE',
        '21': 'UNDERGRADUATE',
        '30': 'JUNIOR_COLLEGE',
        '31': 'JUNIOR_COLLEGE',
        '40': 'SECONDARY_VOCATIONAL',
        '47': 'SECONDARY_VOCATIONAL',
        '60': 'SENIOR_HIGH',
        '61': 'SENIOR_HIGH',
        '70': 'JUNIOR_HIGH',
        '71': 'JUNIOR_HIGH',
        '80': 'PRIMARY',
        '81': 'PRIMARY',
        '90': 'OTHER',
        初中毕业: 'JUNIOR_HIGH',
        初中肄业: 'JUNIOR_HIGH',
        高中文化: 'SENIOR_HIGH',
        大专毕业: 'JUNIOR_COLLEGE',
        大学本科毕业: 'UNDERGRADUATE',
        硕士研究生: 'POSTGRADUATE',
        小学文化程度: 'PRIMARY',
        文盲或半文盲: 'OTHER',
        技工学校: 'SECONDARY_VOCATIONAL',
      },
    ],
  ])('%s', async (heading, column, table) => {
    const ways = Object.keys(table);
    const { accepted, tally } = await checkRows(
      'public-security',
      ways.map((way) => ({ [heading]: way })),
    );
    expect(Object.fromEntries(ways.map((way, n) => [way, accepted[n]?.[column]]))).toEqual(table);
    expect(tally.flags.CELL_UNREAD).toBeUndefined();
  });

  it.each([
    ['public-security', '民族', '火星', 'ethnicity'],
    ['public-security', '民族', '57', 'ethnicity'],
    ['public-security', '民族', '01回族', 'ethnicity'],
    ['public-security', '婚姻状况', '分居', 'marital_status'],
    ['public-security', '文化程度', '不好说', 'education_level'],
    ['public-security', '文化程度', '同上', 'education_level'],
    ['public-security', '来沪日期', '前年', 'arrived_shanghai_on'],
    ['public-security', '户籍地址', '#REF!', 'hukou_address'],
    ['labour', '合同止', '另议', 'ends_on'],
    ['labour', '工种', '#N/A', 'occupation'],
  ] as const)(
    'an unknown word in an optional column of %s keeps the row: %s %s',
    async (kind, heading, word, column) => {
      const { values, tally } = await checkRow(kind, { [heading]: word });
      expect(values).toMatchObject({ [column]: null, as_written: JSON.stringify({ [heading]: word }) });
      expect(tally.flags).toEqual({ CELL_UNREAD: 1 });
    },
  );
  it.each(['', '-', '无', '不详', 'NULL'])(
    '%j in an optional column is nothing, without a flag',
    async (word) => {
      const { values, tally } = await register({
        民族: word,
        婚姻状况: word,
        文化程度: word,
        户籍地址: word,
        联系电话: word,
      });
      expect(values).toMatchObject({
        ethnicity: null,
        marital_status: null,
        hukou_address: null,
        mobile_phone: null,
        as_written: null,
      });
      expect(tally.flags).toEqual({});
    },
  );
  it.each(['无固定期限', '无固定期', '无', '长期', '', '不定期'])(
    'a contract until %j has no last day',
    async (word) => {
      const { values, tally } = await checkRow('labour', { 合同止: word });
      expect([values?.ends_on, values?.as_written, tally.flags]).toEqual([null, null, {}]);
    },
  );
});

describe('a telephone that cannot be dialled', () => {
  it.each(['1380000', '1.38E+10', '查无此号', '+852 2345 6789'])('%j is flagged and kept', async (text) => {
    const { values } = await register({ 联系电话: text });
    expect(values).toMatchObject({
      mobile_phone: null,
      quality_flags: '{PHONE_INVALID}',
      as_written: JSON.stringify({ 联系电话: text }),
    });
  });
});

describe('a number of a person', () => {
  it('of fifteen digits whose date is not the birth date goes back', async () => {
    const old = '349999850612003';
    expect((await register({ 公民身份号码: old })).values).toMatchObject({
      citizen_id_number: '349999198506120039',
    });
    expect(await register({ 公民身份号码: old, 出生日期: '1985-06-13' })).toMatchObject({
      code: 'ID_BIRTH_DATE_DIFFERS',
      column: '公民身份号码',
    });
  });
  it('rounded by a spreadsheet is a notice when there are many', async () => {
    const cells = ['349999198506120000', '349999198506121000', '3.49999E+17', '349999198506120039'].map(
      (number) => ({
        公民身份号码: number,
      }),
    );
    expect((await checkRows('public-security', cells)).tally.notices).toMatchObject({ NUMBERS_ROUNDED: 3 });
    expect((await checkRows('public-security', cells.slice(2))).tally.notices).toEqual({});
  });
  it.each(['00000000-0', '000000000', '11111111-7', '99999999-9'])(
    'of an employer, %s, is a placeholder',
    async (number) => {
      expect((await checkRow('labour', { 单位代码: number })).code).toBe('ORG_CODE_PLACEHOLDER');
    },
  );
  it('of a record, PT00000000 or HL11111111, is one too', async () => {
    expect((await register({ 登记编号: 'PT00000000' })).code).toBe('SERIAL_PLACEHOLDER');
    expect((await checkRow('housing', { 合同备案号: 'HL11111111' })).code).toBe('SERIAL_PLACEHOLDER');
  });
});

describe('the kind of a document', () => {
  const citizen = '349999198506120039';
  // Forms as the documents of 2007 had them: two letters and eight digits of passports, H and M of permits …
  const documents: readonly (readonly [string, readonly string[], string, readonly string[]])[] = [
    ['护照', ['G12345678', 'P1234567', '123456789', 'ｇ１２３４５６７８', 'G 1234 5678'], 'PASSPORT', ['张三', 'G1', citizen, 'GGGGGGGGG', 'ABCDEFGHI', '']],
    ['港澳居民来往内地通行证', ['H12345678', 'M1234567801', 'h1234567800'], 'HMT_PERMIT', ['H1234567', '12345678', 'G12345678', 'H123456789', citizen]],
    ['回乡证', ['H1234567801'], 'HMT_PERMIT', ['X12345678']],
    ['台湾居民来往大陆通行证', ['12345678', '0123456789', '0123456789(B)'], 'HMT_PERMIT', ['1234567', 'H12345678', citizen]],
    ['台胞证', ['12345678'], 'HMT_PERMIT', ['00000000']],
    ['外国人永久居留证', ['USA310012345678'], 'OTHER', ['310012345678', 'US310012345678', citizen]],
    ['出生医学证明', ['C310012345'], 'BIRTH_CERT', ['310012345']],
  ]; // biome-ignore format: a table
  const kinds = ['public-security', 'housing', 'labour'] as const;
  it.each(documents)('%s: its numbers are taken, others go back', async (word, right, kind, wrong) => {
    for (const department of kinds) {
      for (const number of right) {
        const { values } = await checkRow(department, { 证件类型: word, 公民身份号码: number });
        expect(values, `${department} ${number}`).toMatchObject({
          citizen_id_number: null,
          document_kind: kind,
        });
        expect(values?.document_number, number).toMatch(/^[0-9A-Z]+$/);
      }
      for (const number of wrong) {
        if (number === '' && department === 'housing') continue;
        const { values, column } = await checkRow(department, { 证件类型: word, 公民身份号码: number });
        expect([values, column], `${department} ${number}`).toEqual([undefined, '公民身份号码']);
      }
    }
  });
  it.each(['', '居民身份证', '身份证', '临时居民身份证', '居民户口簿'])(
    '%j is the citizen number',
    async (word) => {
      for (const department of kinds)
        expect((await checkRow(department, { 证件类型: word, 公民身份号码: citizen })).values).toMatchObject({
          citizen_id_number: citizen,
          document_kind: null,
          document_number: null,
        });
    },
  );
  it('names a person: two rows with one passport are one person', async () => {
    const passport = { 证件类型: '护照', 公民身份号码: 'G12345678' };
    const { accepted, tally } = await checkRows('public-security', [
      passport,
      passport,
      { ...passport, 公民身份号码: 'G12345679' },
    ]);
    expect([tally.distinctPeople, accepted.map(({ again }) => again)]).toEqual([2, ['f', 't', 'f']]);
  });
  it('that nobody knows flags the row and is kept; a citizen number is one all the same', async () => {
    const unknown = await register({ 证件类型: '海员证', 公民身份号码: 'A1234567' });
    expect(unknown.values).toMatchObject({
      document_kind: 'OTHER',
      document_number: 'A1234567',
      as_written: '{"证件类型":"海员证"}',
    });
    expect(unknown.tally.flags).toEqual({ CELL_UNREAD: 1 });
    expect((await register({ 证件类型: '某证', 公民身份号码: citizen })).values).toMatchObject({
      citizen_id_number: citizen,
    });
  });
  it('numbers 81, 82 and 83 exist only since 2018, so a file of 2007 refuses them', async () => {
    for (const prefix of ['810000', '820000', '830000'])
      for (const word of ['', '港澳台居民居住证']) {
        const body = `${prefix}19850612003`;
        const cells = { 证件类型: word, 公民身份号码: body + citizenIdCheck(body) };
        expect((await register(cells)).code, prefix).toBe('ID_PROVINCE');
        const later = await checkRows('public-security', [cells], '2018-09');
        expect(later.accepted, prefix).toMatchObject([{ citizen_id_number: cells.公民身份号码 }]);
      }
  });
});

describe('lease and registration of one door join', () => {
  const doors: readonly Readonly<Record<string, string>>[] = [
    { 弄: '8', 楼: '27', 室: '603' },
    { 弄: '8弄', 楼: '27号', 室: '603室' },
    { 弄: '08', 楼: '27#', 室: '六〇三' },
    { 弄: '八', 楼: '２７', 室: '６０３' },
    { 弄: '8 弄', 楼: '27幢', 室: '603 室' },
    { 弄: '第8弄', 楼: '二十七号楼', 室: '6楼603室' },
    { 弄: '８弄', 楼: '027号楼', 室: '0603' },
    { 弄: '8', 楼: '27', 室: '603', 道路: '示例 路' },
    { 弄: '8', 楼: '27', 室: '603', 道路: '上海市普陀区示例路' },
    { 弄: '8', 楼: '27', 室: '603', 道路: '示例路\u200b' },
  ];
  it('whichever way each office writes it', async () => {
    const registered = await checkRows('public-security', doors);
    const leased = await checkRows('housing', doors);
    const place = ({ road, lane, building, room }: Readonly<Record<string, string | null>>) => [
      road,
      lane,
      building,
      room,
    ];
    for (const { accepted, refused } of [registered, leased]) {
      expect(refused).toEqual([]);
      expect(accepted.map(place)).toEqual(doors.map(() => ['示例路', '8', '27', '603']));
    }
  });
  it('a floor is no room: the registration keeps the text, the lease goes back', async () => {
    for (const floor of ['6楼', '六层', '底楼', '6F']) {
      expect((await register({ 室: floor })).values).toMatchObject({
        room: null,
        as_written: JSON.stringify({ 室: floor }),
      });
      expect(await checkRow('housing', { 室: floor })).toMatchObject({
        code: 'ADDRESS_INCOMPLETE',
        column: '室',
      });
    }
  });
});
