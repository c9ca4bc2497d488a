import { toHalfWidth } from './half-width.ts';
import { accepted, type Checked, refused } from './result.ts';

export type PhoneFault = 'PHONE_INVALID';

const mobile = /^1[3-9]\d{9}$/;
/** Area code 010, 02x or 0xxx, then seven or eight digits; Shanghai's own eight may stand alone. */
const landline = /^(?:(?:010|02\d|0[3-9]\d{2})-?[2-9]\d{6,7}|[2-9]\d{7})$/;

/**
 * Checks and normalises a telephone number of the mainland: a mobile number of 11 digits, or a fixed line
 * with or without area code. The country code +86 or 0086 and hyphens are dropped: `13800001234`,
 * `02152564588`.
 */
export function parsePhone(text: string): Checked<string, PhoneFault> {
  const number = toHalfWidth(text).replace(/^(?:\+|00)86-?/, '');
  const mobileDigits = number.replaceAll('-', '');
  if (mobile.test(mobileDigits)) return accepted(mobileDigits);
  if (landline.test(number)) return accepted(number.replace('-', ''));
  return refused(
    'PHONE_INVALID',
    'A telephone number is a mobile number of 11 digits or a fixed line with area code.',
  );
}
