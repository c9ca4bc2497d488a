import { fromCompactDate, isCalendarDate } from './calendar-date.ts';
import { toHalfWidth } from './half-width.ts';
import { isResidencePermitPrefix, startsWithProvince } from './province.ts';
import { accepted, type Checked, refused } from './result.ts';

/** A citizen identity number (公民身份号码) and what it says of its holder. */
export interface CitizenId {
  /** Eighteen characters, the last a digit or `X`. */
  readonly number: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  readonly sex: 'MALE' | 'FEMALE';
  /** Six digits: the county where the number was first given out; the division may no longer exist. */
  readonly divisionCode: string;
  /** True when a fifteen-digit number of the first generation was given. */
  readonly wasFifteenDigits: boolean;
}

export type CitizenIdFault =
  | 'ID_FORMAT'
  | 'ID_PLACEHOLDER'
  | 'ID_CHECKSUM'
  | 'ID_PROVINCE'
  | 'ID_BIRTH_DATE'
  | 'ID_BIRTH_DATE_IN_FUTURE';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';

/** Measures for residence permits of Hong Kong, Macao and Taiwan residents in force (State Council, 2018 no. 81). */
const residencePermitsFrom = '2018-09-01';

/** The check character of seventeen digits: ISO 7064 MOD 11-2, as GB 11643-1999 prescribes. */
export function citizenIdCheck(seventeen: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (seventeen.charCodeAt(i) - 48) * weights[i]!;
  return checkCharacters[sum % 11]!;
}

/**
 * Checks and normalises a citizen identity number (GB 11643-1999; dossier B.1). Accepts eighteen characters
 * with `x` in either case, full-width forms, and the fifteen digits of the first generation, whose holders
 * were born in the 1900s. An unknown county is no fault.
 *
 * @param asOf the calendar date, `YYYY-MM-DD`, after which nobody can have been born.
 */
export function parseCitizenId(
  text: string,
  { asOf }: { readonly asOf: string },
): Checked<CitizenId, CitizenIdFault> {
  // Signs of multiplication and the Cyrillic letter look like the check character.
  const given = toHalfWidth(text).replace(/[×✕✖Х]$/, 'X');
  const wasFifteenDigits = /^\d{15}$/.test(given);
  if (!wasFifteenDigits && !/^\d{17}[\dX]$/.test(given)) {
    return refused('ID_FORMAT', 'A citizen identity number has 17 digits and a digit or X, or 15 digits.');
  }
  // Fifteen ones would be a person born on 11 November 1911.
  if (/^(\d)\1{13,}/.test(given)) {
    return refused('ID_PLACEHOLDER', 'A run of one digit is a placeholder and no identity number.');
  }
  const body = wasFifteenDigits ? `${given.slice(0, 6)}19${given.slice(6)}` : given.slice(0, 17);
  const check = citizenIdCheck(body);
  // First, because a slip of the pen in any digit shows here and would be misnamed by the rules below.
  if (!wasFifteenDigits && given[17] !== check) {
    return refused(
      'ID_CHECKSUM',
      'The check digit of the citizen identity number does not fit; read it again.',
    );
  }
  if (!isIssuer(body, asOf)) {
    return refused('ID_PROVINCE', 'The first two digits of the citizen identity number name no province.');
  }
  const birthDate = fromCompactDate(body.slice(6, 14));
  if (!isCalendarDate(birthDate) || birthDate < '1800') {
    return refused('ID_BIRTH_DATE', 'Digits 7 to 14 of the citizen identity number are no calendar date.');
  }
  if (birthDate > asOf) {
    return refused(
      'ID_BIRTH_DATE_IN_FUTURE',
      'The birth date in the citizen identity number is in the future.',
    );
  }
  return accepted({
    number: body + check,
    birthDate,
    sex: body.charCodeAt(16) % 2 === 1 ? 'MALE' : 'FEMALE',
    divisionCode: body.slice(0, 6),
    wasFifteenDigits,
  });
}

/** A province, or what stands in its place on a residence permit of Hong Kong, Macao and Taiwan residents. */
function isIssuer(number: string, asOf: string): boolean {
  return startsWithProvince(number) && (!isResidencePermitPrefix(number) || asOf >= residencePermitsFrom);
}
