import { describe, expect, it } from 'vitest';
import { canonicalName, judgeName } from '../../src/identifiers/person-name.ts';

/** Dots that input methods, fonts and standards offer for the separator; U+00B7 is the one of GB 18030 names. */
const dots = [...'·•・･‧∙⋅․．.。｡⸱ꞏ-－'];

describe('a name has one spelling', () => {
  it.each(dots.flatMap((dot) => ['', ' ', '　'].map((space) => `阿卜杜${space}${dot}${space}热合曼`)))(
    '%j is 阿卜杜·热合曼',
    (text) => expect(canonicalName(text)).toBe('阿卜杜\u00b7热合曼'),
  );
  it.each([
    ['王 芳', '王芳'],
    ['王　　芳', '王芳'],
    ['李 小 明', '李小明'],
    ['欧阳 修文', '欧阳修文'],
    ['阿卜杜 热合曼', '阿卜杜·热合曼'],
    ['王\u200b芳', '王芳'],
    ['王芳\u200e', '王芳'],
    ['\ufeff王芳\u202c', '王芳'],
    ['王\u00ad芳', '王芳'],
    ['王芳\u{e0100}', '王芳'],
    ['ＪＯＨＮ　Smith', 'JOHN Smith'],
    ['J. Smith', 'J. Smith'],
    ['John  Smith', 'John Smith'],
    ['·王芳·', '王芳'],
    ['𠮷川', '𠮷川'],
    ['王\u000c芳', '王芳'],
  ])('%j is %j', (text, name) => {
    expect(canonicalName(text)).toBe(name);
    expect(canonicalName(name), 'read again').toBe(name);
  });
});

describe('what stands in the place of a name', () => {
  it.each([
    ...[
      '合计',
      '合 计',
      '合计：',
      '合计12人',
      '小计',
      '总计',
      '共12人',
      '同上',
      '〃',
      '无',
      '未知',
      '不详',
      '姓名',
    ],
    ...['#REF!', '#NAME?', '#VALUE!', '#DIV/0!', '#N/A', '#NULL!', '########', 'NULL', 'null', 'N/A', 'nan'],
    ...[
      '-',
      '--',
      '—',
      '/',
      '.',
      '···',
      '0',
      '13800001111',
      '１３８００００１１１１',
      '2007-02-01',
      '???',
      '？',
      '□□',
      '',
    ],
  ])('%j is no name', (text) => expect(judgeName(canonicalName(text))).toBe('NONE'));
  it.each([
    '王?',
    '王？',
    '?芳',
    '王□',
    '王\ue815',
    '\ue815芳',
    '王\ufffd',
    '王*',
    '王＊芳',
    '王〓',
    '阿卜杜·?',
  ])('%j is a name that lost a character', (text) =>
    expect(judgeName(canonicalName(text))).toBe('INCOMPLETE'),
  );
  it.each([
    '王芳',
    '计合',
    '阿卜杜·热合曼',
    'John Smith',
    '王',
    '无忌',
    '李〇',
    '𠮷川',
    '同上明',
    '合小计',
    'Müller',
    'Nguyễn Văn An',
  ])('%j is a name', (text) => expect(judgeName(canonicalName(text))).toBe('NAME'));
});
