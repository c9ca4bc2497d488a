import { toHalfWidth } from './half-width.ts';
import { startsWithProvince } from './province.ts';
import { accepted, type Checked, refused } from './result.ts';

/** An administrative division code (行政区划代码): GB/T 2260 with its extensions below the county. */
export interface DivisionCode {
  readonly code: string;
  /** By length and trailing zeros: six digits, nine for a sub-district or town, twelve for a committee. */
  readonly level: 'PROVINCE' | 'PREFECTURE' | 'COUNTY' | 'SUBDISTRICT' | 'NEIGHBOURHOOD';
}

export type DivisionCodeFault = 'DIVISION_FORMAT' | 'DIVISION_PROVINCE';

/** Checks a division code of 6, 9 or 12 digits; whether the division exists is for the code tables to say. */
export function parseDivisionCode(text: string): Checked<DivisionCode, DivisionCodeFault> {
  const code = toHalfWidth(text);
  if (!/^\d{6}(\d{3}){0,2}$/.test(code)) {
    return refused('DIVISION_FORMAT', 'A division code has 6, 9 or 12 digits.');
  }
  if (!startsWithProvince(code)) {
    return refused('DIVISION_PROVINCE', 'The first two digits of the division code name no province.');
  }
  return accepted({ code, level: levelOf(code) });
}

function levelOf(code: string): DivisionCode['level'] {
  if (code.length === 12) return 'NEIGHBOURHOOD';
  if (code.length === 9) return 'SUBDISTRICT';
  if (code.endsWith('0000')) return 'PROVINCE';
  return code.endsWith('00') ? 'PREFECTURE' : 'COUNTY';
}
