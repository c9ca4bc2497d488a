import { describe, expect, it } from 'vitest';
import { findPhone, saysNoPhone } from '../../src/identifiers/phone.ts';

// Written from the numbering plan: mobile numbers have 11 digits and begin with 13 to 19; a fixed line is an area code
// (10, two digits that begin with 2, or three digits) behind 0 with seven or eight digits; +86 is the country.
const mobile = '13800001234';
const groupings = [
  [3, 4, 4],
  [4, 4, 3],
  [3, 3, 5],
  [4, 3, 4],
  [5, 6],
];
const grouped = (number: string, sizes: readonly number[], between: string) =>
  sizes
    .map((size, n) => {
      const from = sizes.slice(0, n).reduce((sum, before) => sum + before, 0);
      return number.slice(from, from + size);
    })
    .join(between);
const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

const mobiles = [
  mobile,
  ...groupings.flatMap((sizes) =>
    ['-', ' ', '－', '—', '.', '  '].map((between) => grouped(mobile, sizes, between)),
  ),
  ...['+86', '0086', '86', '+86 ', '+86-', '0086-', '(86)', '(+86)', '（+86）', '86-', '+（86）', '0'].map(
    (before) => before + mobile,
  ),
  `+86 ${grouped(mobile, [3, 4, 4], ' ')}`,
  fullWidth(mobile),
  fullWidth(`+86-${mobile}`),
  `${mobile}.0`,
  `'${mobile}`,
  `"${mobile}"`,
  `\u202d${mobile}\u202c`,
  `\u200b${mobile}`,
];

const line = '02152564588';
const lines = [
  line,
  '021-52564588',
  '(021)52564588',
  '（021）52564588',
  '(021)-52564588',
  '021 52564588',
  '021—52564588',
  '021/52564588',
  '021.52564588',
  '021-5256-4588',
  '021 5256 4588',
  '+86-21-52564588',
  '+862152564588',
  '0086-21-52564588',
  '+86(0)21 5256 4588',
  '+86(21)52564588',
  '86-21-52564588',
  '86-021-52564588',
  '０２１－５２５６４５８８',
];

describe('a telephone number is read however it is written', () => {
  it.each(mobiles)('%j is the mobile number', (text) =>
    expect(findPhone(text)).toEqual({ number: mobile, isWhole: true }),
  );
  it.each(lines)('%j is the fixed line with its area code', (text) =>
    expect(findPhone(text)).toEqual({ number: line, isWhole: true }),
  );
  it.each([
    ['52564588', '52564588'],
    ['5256-4588', '52564588'],
    ['5256 4588', '52564588'],
    ['0551-2345678', '05512345678'],
    ['(0551)2345678', '05512345678'],
    ['0551-234-5678', '05512345678'],
    ['010-62345678', '01062345678'],
    ['0512-62345678', '051262345678'],
    ['051262345678', '051262345678'],
  ])('%j is the line %s', (text, number) => expect(findPhone(text)).toEqual({ number, isWhole: true }));
});

const seconds = ['/', '、', ',', '，', ';', '；', ' ', '  ', '\n', '或', '和', '|', '\\', ' / ', '//', '及'];
const around: readonly (readonly [string, string])[] = [
  ...seconds.map((between) => [`${mobile}${between}13900001235`, mobile] as const),
  ...seconds.map((between) => [`52564588${between}${mobile}`, '52564588'] as const),
  ...[
    '-801',
    '转801',
    ' 转 801',
    '*801',
    '#801',
    ' ext 801',
    ' ext.801',
    '(801)',
    '--801',
    'x801',
    '分机801',
  ].flatMap((extension) => [
    [`52564588${extension}`, '52564588'] as const,
    [`021-52564588${extension}`, line] as const,
  ]),
  ...['手机', '手机：', '电话:', 'Tel:', 'TEL ', '小灵通', '家', '联系电话 '].map(
    (label) => [`${label}${mobile}`, mobile] as const,
  ),
  [`${mobile}(本人)`, mobile],
  [`${mobile}（妻）`, mobile],
  [`本人${mobile}妻13900001235`, mobile],
  [`17951${'-'}${mobile}`, mobile],
  ['138OOOO1234', mobile],
  ['138oooo1234', mobile],
  ['l3800001234', mobile],
  ['I3800001234', mobile],
  ['一三八〇〇〇〇一二三四', mobile],
  // What cannot be dialled is passed over.
  [`1380000123/${mobile}`, mobile],
  [`无、${mobile}`, mobile],
];

describe('the first number that can be dialled is taken, and the rest is noticed', () => {
  it.each(around)('%j is %s', (text, number) => expect(findPhone(text)).toEqual({ number, isWhole: false }));
});

describe('no number is made of what is none', () => {
  it.each([
    '',
    '无',
    '-',
    '000',
    '1234567',
    '1380000123',
    '138000012345',
    '12800001234',
    '138-0000-123',
    '1380000 5256 4588',
    '1380000 52564588',
    '1-52564588',
    '1.38E+10',
    '1.38000E+10',
    '88888888',
    '00000000000',
    '021-88888888',
    '+852 23456789',
    '+852-2345-6789',
    '+1 415 555 2671',
    '+14155552671',
    '0014155552671',
    '4008208820',
    '110',
    '2007-02-01',
    '529999197203151013',
    '５２９９９９１９７２０３１５１０１３',
    '查询中',
  ])('%j', (text) => expect(findPhone(text)).toBeUndefined());

  it('of a slip in any place of a number: a digit too many or too few gives nothing', () => {
    for (let at = 0; at <= mobile.length; at++) {
      const longer = `${mobile.slice(0, at)}7${mobile.slice(at)}`;
      expect(findPhone(longer), longer).toBeUndefined();
      if (at < mobile.length) {
        const shorter = mobile.slice(0, at) + mobile.slice(at + 1);
        expect(findPhone(shorter), shorter).toBeUndefined();
      }
    }
  });
  it('and a word for nothing is told from what cannot be read', () => {
    expect(['无', '没有', ' 无电话', '-', '/', 'NULL', '暂无'].filter(saysNoPhone)).toHaveLength(7);
    expect(['1380000', '打不通', '138'].filter(saysNoPhone)).toEqual([]);
  });
});
