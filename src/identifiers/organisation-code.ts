import { toHalfWidth } from './half-width.ts';
import { accepted, type Checked, refused } from './result.ts';

export type OrganisationCodeFault = 'ORG_CODE_FORMAT' | 'ORG_CODE_CHECK' | 'ORG_CODE_PLACEHOLDER';

const weights = [3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of eight characters 0-9A-Z (A = 10 … Z = 35): GB 11714-1997, modulus 11. */
export function organisationCodeCheck(eight: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += Number.parseInt(eight[i]!, 36) * weights[i]!;
  return '0X987654321'[sum % 11]!;
}

/**
 * Checks and normalises an organisation code (组织机构代码, GB 11714-1997; dossier B.2). The hyphen may be
 * missing in the text given; the value has it: `PDY00001-X`.
 */
export function parseOrganisationCode(text: string): Checked<string, OrganisationCodeFault> {
  const parts = /^([0-9A-Z]{8})-?([0-9X])$/.exec(toHalfWidth(text));
  if (!parts) {
    return refused(
      'ORG_CODE_FORMAT',
      'An organisation code has eight digits or letters, a hyphen and a check digit.',
    );
  }
  if (/^(.)\1+$/.test(parts[1]!)) {
    return refused(
      'ORG_CODE_PLACEHOLDER',
      'A run of one character is a placeholder and no organisation code.',
    );
  }
  if (organisationCodeCheck(parts[1]!) !== parts[2]) {
    return refused('ORG_CODE_CHECK', 'The check digit of the organisation code does not fit; read it again.');
  }
  return accepted(`${parts[1]}-${parts[2]}`);
}
