import { withoutInvisible } from './invisible.ts';

/** Dots that input methods and spreadsheets put between the parts of a name; the full stop only beside a Chinese character. */
const dots = /\s*[·•・‧∙⋅․⸱⸳ꞏ᛫ᐧㆍ●◦⦁]+\s*/gu;
const han = String.raw`[\p{Script=Han}〇\u3007\ue000-\uf8ff]`;
/** A clerk without the dot writes what is near: a full stop, a hyphen. */
const nearDots = new RegExp(
  String.raw`(?<=${han})\s*[.。\-‐‑‒–—―−_]+\s*(?=\p{L})|(?<=\p{L})\s*[.。]+\s*(?=${han})`,
  'gu',
);
const onlyHan = new RegExp(`^${han}+(?: ${han}+)+$`, 'u');
/** A plain name, as nearly all are. */
const clean = /^[\u4e00-\u9fff]+$/;
/** Names of Chinese are two to four characters; longer ones have parts. */
const longestPlain = 4;

/**
 * One spelling for each name of a person, so that a search finds what a file wrote: no invisible characters, full
 * width forms as half width, one separator `·` (U+00B7) without spaces, and no spaces that only widen a name of two
 * to four Chinese characters (王　芳). Between the parts of a longer one a space stands for the separator. Letter
 * case stays.
 */
export function canonicalName(text: string): string {
  if (clean.test(text)) return text;
  const name = withoutInvisible(text)
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(dots, '·')
    .replace(nearDots, '·')
    .replace(/·{2,}/g, '·')
    .replace(/^·|·$/g, '');
  if (!onlyHan.test(name)) return name;
  const parts = name.split(' ');
  const hasParts =
    [...name].length - parts.length + 1 > longestPlain && parts.every((part) => [...part].length > 1);
  return parts.join(hasParts ? '·' : '');
}

/** Words that stand where a name should: totals, placeholders, errors of a spreadsheet. */
const noNames = new RegExp(
  `^(?:${[
    '(?:合计|总计|小计|共计|累计|总数|总人数|人数|本页小计|本页合计)[:：]?[0-9]*[人名]?',
    '共[0-9]+[人名]',
    '无|没有|暂无|无名|无姓名|未知|不知|不知道|不详|不明|姓名不详|未填|未填写|未登记|待补|待定|待查|待核实|空|空白|略',
    '同上|同前|同左|如上|上同|姓名|名字|备注|说明|制表人?|填表人?|审核人?|测试|某|某某|某某某|先生|女士|小姐',
    'NULL|NIL|NONE|NAN|UNDEFINED|UNKNOWN|EMPTY|BLANK|TEST|TOTAL|SUM|NAME|TRUE|FALSE|N/?A|#N/A',
    '#?(?:REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|GETTING_DATA|错误|引用)[!?！？]?|X+|×+',
  ].join('|')})$`,
  'i',
);

/** Where a character was lost on the way: a question mark, a box, a replacement, a private-use character. */
const lost = /[?？□■▢☐〓�*＊×_\ue000-\uf8ff\u{f0000}-\u{10ffff}]/u;

/**
 * Whether a canonical name can be one.
 * @returns `NONE` without a letter of a name or where a word for something else stands (合计, #REF!, 同上, a
 *   telephone number); `INCOMPLETE` where a character was lost (王?, 王□, private use)
 */
export function judgeName(name: string): 'NAME' | 'INCOMPLETE' | 'NONE' {
  if (clean.test(name) && name.length > 1 && !noNames.test(name)) return 'NAME';
  const hasLetter = /[\p{L}\u3007\ue000-\uf8ff\u{f0000}-\u{10ffff}]/u.test(name);
  if (!hasLetter || noNames.test(name.replace(/[\s·.,:;'"()[\]-]/g, '')) || /^#.*[!?]$/.test(name))
    return 'NONE';
  return lost.test(name) ? 'INCOMPLETE' : 'NAME';
}
