import { withoutInvisible } from './invisible.ts';
import { accepted, type Checked, refused } from './result.ts';

export type PhoneFault = 'PHONE_INVALID';

/** A telephone number that was found in a text. */
export interface FoundPhone {
  /** A mobile number of 11 digits, or a fixed line with area code where one was given: digits only. */
  readonly number: string;
  /** Whether the text holds nothing else: no second number, extension, note or mended character. */
  readonly isWhole: boolean;
}

const clean = /^1[3-9]\d{9}$/;
/** What may stand between the digits of one number. */
const gap = '[-. ·]{0,2}';
const areaCode = String.raw`10|2\d|[3-9]\d{2}`;
/** Of seven or eight digits; the first is never 0 or 1, which lead to other exchanges and services. */
const line = String.raw`[2-9]\d{2}${gap}\d${gap}\d{3,4}`;
const country = String.raw`(?:\(?(?:\+|00)\(?86\)?|\(86\)|86(?=[- (])|86(?=1[3-9]\d{9}(?!\d)))${gap}`;

/**
 * The ways to dial, the likeliest first at each place. A number begins and ends where no further digit follows, and a
 * grouped one where no further group does, so that a slip in one number never makes another of its end.
 */
const ways: readonly { readonly pattern: RegExp; read(parts: readonly (string | undefined)[]): string }[] = [
  // A mobile number; a 0 before it calls one of another city.
  {
    pattern: new RegExp(String.raw`(?<![\d+])(?:${country})?0?(1[3-9]\d{9})(?!\d)`, 'y'),
    read: ([, digits]) => digits!,
  },
  {
    pattern: new RegExp(
      String.raw`(?<![\d+]|\d[-. ])(?:${country})?0?(1${gap}[3-9](?:${gap}\d){9})(?![-. ]?\d)`,
      'y',
    ),
    read: ([, digits]) => onlyDigits(digits!),
  },
  // Area code and line; abroad the 0 of the area code is left out.
  {
    pattern: new RegExp(
      String.raw`(?<![\d+]|\d[-. ])(?:${country}(?:\(0\)|\(?0?)[- ]?|\(?0)(${areaCode})\)?[-. /·]{0,3}(${line})(?!\d)`,
      'y',
    ),
    read: ([, area, number]) => `0${area}${onlyDigits(number!)}`,
  },
  // Shanghai's own eight digits.
  {
    pattern: new RegExp(
      String.raw`(?<![\d+]|\d[-. ])(?:${country})?([2-9]\d{7}(?!\d)|[2-9]\d{3}${gap}\d{4}(?!\d|[-. ]\d{4}))`,
      'y',
    ),
    read: ([, number]) => onlyDigits(number!),
  },
];

/**
 * Finds the first telephone number of the mainland in a text that can be dialled, whatever stands around it: country
 * code, brackets, hyphens, spaces, full width, an extension, a second number, a note. The letters O and l between
 * digits are the digits 0 and 1, numerals may be Chinese. Undefined when there is none.
 */
export function findPhone(text: string): FoundPhone | undefined {
  if (clean.test(text)) return { number: text, isWhole: true };
  const folded = withoutInvisible(text)
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−﹣~〜]|－/g, '-')
    .replace(/[【[{〔「]/g, '(')
    .replace(/[】\]}〕」]/g, ')')
    .replace(/[\r\n]+/g, ';')
    .replace(/[\s_]+/g, ' ')
    .replace(/ ?([-()/]) ?/g, '$1')
    // A spreadsheet's number.
    .replace(/(?<=^\s*'?\d{8,13})\.0+\s*$/, '')
    .replace(/^['"`]+|['"`]+$/g, '')
    .trim();
  const digits = mended(folded);
  for (let at = 0; at < digits.length; at++)
    for (const { pattern, read } of ways) {
      pattern.lastIndex = at;
      const found = pattern.exec(digits);
      if (!found) continue;
      const number = read(found);
      // A run of one digit is a placeholder and nobody's line.
      if (/^(?:0(?:10|2\d|[3-9]\d{2}))?(\d)\1+$/.test(number)) continue;
      return { number, isWhole: digits === folded && at === 0 && found[0].length === digits.length };
    }
  return undefined;
}

/**
 * The first telephone number of the mainland in a text that can be dialled, as digits: `13800001234`, `02152564588`.
 * A mobile number has 11 digits; a fixed line has its area code, or is one of Shanghai's eight digits.
 */
export function parsePhone(text: string): Checked<string, PhoneFault> {
  const found = findPhone(text);
  if (found) return accepted(found.number);
  return refused(
    'PHONE_INVALID',
    'A telephone number is a mobile number of 11 digits or a fixed line with area code.',
  );
}

/** Whether a text says in words that there is no telephone. */
export function saysNoPhone(text: string): boolean {
  return /^(?:无|没有|暂无|无电话|没有电话|无手机|未留|未提供|不详|未知|NULL|N\/?A|[-/\\—]+)$/i.test(
    text.normalize('NFKC').replace(/\s+/g, ''),
  );
}

const numerals = '〇一二三四五六七八九';

/** Letters that stand for digits, and Chinese numerals, where a number is meant. */
function mended(text: string): string {
  return text
    .replace(/[0-9OoIl][-0-9OoIl ]{6,}[0-9OoIl]/g, (run) =>
      (run.match(/\d/g)?.length ?? 0) >= 3 ? run.replace(/[Oo]/g, '0').replace(/[Il]/g, '1') : run,
    )
    .replace(/[〇零○一幺二两三四五六七八九]{7,}/g, (run) =>
      [...run.replace(/[零○]/g, '〇').replace(/幺/g, '一').replace(/两/g, '二')]
        .map((c) => numerals.indexOf(c))
        .join(''),
    );
}

function onlyDigits(text: string): string {
  return text.replace(/\D/g, '');
}
