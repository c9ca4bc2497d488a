import { toHalfWidth } from './half-width.ts';
import { accepted, type Checked, refused } from './result.ts';

/** A business registration number (工商注册号). */
export interface RegistrationNumber {
  readonly number: string;
  /** True for the thirteen digits without check digit that were given out before 1 July 2007. */
  readonly isLegacy: boolean;
  /** From the first serial digit; null for a legacy number, which does not say it. */
  readonly holder: 'DOMESTIC' | 'FOREIGN' | 'INDIVIDUAL' | null;
}

export type RegistrationNumberFault = 'REG_NO_FORMAT' | 'REG_NO_CHECK' | 'REG_NO_LEGACY_TOO_LATE';

/** GS 15-2006 in force; numbers given out from this day have fifteen digits (dossier A.11). */
const fifteenDigitsFrom = '2007-07-01';

/** The check digit of fourteen digits: ISO 7064 MOD 11,10, as GS 15-2006 prescribes. */
export function registrationNumberCheck(fourteen: string): string {
  let product = 10;
  for (const digit of fourteen) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

/**
 * Checks a business registration number (GS 15-2006; dossier B.3).
 *
 * @param issuedOn `YYYY-MM-DD`, where known: thirteen digits are refused when issued from 1 July 2007 on.
 */
export function parseRegistrationNumber(
  text: string,
  { issuedOn }: { readonly issuedOn?: string } = {},
): Checked<RegistrationNumber, RegistrationNumberFault> {
  const number = toHalfWidth(text);
  if (/^\d{13}$/.test(number)) {
    return issuedOn !== undefined && issuedOn >= fifteenDigitsFrom
      ? refused('REG_NO_LEGACY_TOO_LATE', 'A registration number issued since 1 July 2007 has 15 digits.')
      : accepted({ number, isLegacy: true, holder: null });
  }
  if (!/^\d{15}$/.test(number)) {
    return refused(
      'REG_NO_FORMAT',
      'A registration number has 15 digits, or 13 when issued before July 2007.',
    );
  }
  if (registrationNumberCheck(number.slice(0, 14)) !== number[14]) {
    return refused('REG_NO_CHECK', 'The check digit of the registration number does not fit; read it again.');
  }
  const serial = Number(number[6]);
  return accepted({
    number,
    isLegacy: false,
    holder: serial <= 3 ? 'DOMESTIC' : serial <= 5 ? 'FOREIGN' : 'INDIVIDUAL',
  });
}
