const digitOf: Readonly<Record<string, number>> = Object.fromEntries(
  ['〇零○', '一壹幺', '二贰两', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap(
    (characters, digit) => [...characters].map((character) => [character, digit]),
  ),
);
const units: Readonly<Record<string, number>> = {
  十: 10,
  拾: 10,
  廿: 20,
  卅: 30,
  百: 100,
  佰: 100,
  千: 1000,
  仟: 1000,
};

/** A run of characters with which numbers are written in Chinese. */
export const chineseNumerals = /[〇零○一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖十拾廿卅百佰千仟]+/g;

/**
 * A number below ten thousand in Chinese, digit by digit (六〇三) or with its units (二十七, 一百零八), in Arabic digits;
 * undefined for what is no number.
 */
export function readChineseNumber(text: string): string | undefined {
  const characters = [...text];
  if (characters.length === 0) return undefined;
  if (characters.every((character) => character in digitOf))
    return characters.map((c) => digitOf[c]).join('');
  let sum = 0;
  let digit: number | undefined;
  let last = 10_000;
  for (const character of characters) {
    const unit = units[character];
    if (unit === undefined) {
      if (!(character in digitOf) || digit) return undefined;
      digit = digitOf[character]!;
      continue;
    }
    // 廿 and 卅 hold their digit themselves.
    const rank = unit === 20 || unit === 30 ? 10 : unit;
    if (rank >= last || (rank !== unit && digit !== undefined)) return undefined;
    sum += (digit ?? 1) * unit;
    digit = undefined;
    last = rank;
  }
  return String(sum + (digit ?? 0));
}
