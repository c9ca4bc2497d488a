import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TextReading } from '../../contract/model/text-reading.ts';
import type { MaskName } from '../../contract/policy/rules.ts';
import { parseCitizenId } from '../../identifiers/citizen-id.ts';
import { parseOrganisationCode } from '../../identifiers/organisation-code.ts';
import { parsePhone } from '../../identifiers/phone.ts';
import { parseRegistrationNumber } from '../../identifiers/registration-number.ts';
import { invalid, type UserError } from './user-errors.ts';

/** What the contract says of a field: a telephone number is read or masked as one. */
interface Kept {
  readonly reading: TextReading | null;
  readonly mask: MaskName | null;
}

/** A telephone number that cannot be dialled; whoever has none leaves it out. */
export const phoneFaults = (
  path: readonly string[],
  { reading, mask }: Kept,
  value: unknown,
): readonly UserError[] =>
  (reading !== 'PHONE' && mask !== 'PHONE') ||
  typeof value !== 'string' ||
  value === '' ||
  parsePhone(value).ok
    ? []
    : [invalid(path, 'This is no telephone number.', '电话号码无效。')];

const numericForm = /^numeric\(\d+, (\d+)\)$/;

/** More decimals than the column has: they would be rounded away in silence. */
export function scaleFaults(path: readonly string[], column: PgColumn, value: unknown): readonly UserError[] {
  const [, scale] = numericForm.exec(column.getSQLType()) ?? [];
  const [, decimals] = /\.(\d*?)0*$/.exec(String(value)) ?? [];
  if (scale === undefined || decimals === undefined || decimals.length <= Number(scale)) return [];
  return [invalid(path, `At most ${scale} decimals can be recorded.`, `最多保留${scale}位小数。`)];
}

const documentForm = /^[0-9A-Z-]{4,30}$/;
const citizenIdForm = /^(?:\d{15}|\d{17}[\dXx])$/;

/** The number of a party: of an organisation its code or registration, of a person the identity number or a document. */
export function partyFaults(
  field: string,
  type: string,
  given: Readonly<Record<string, unknown>>,
  today: string,
): readonly UserError[] {
  const { kind, identityNumber } = given;
  if (type !== 'Party' || typeof identityNumber !== 'string' || identityNumber === '') return [];
  const path = [field, 'identityNumber'];
  if (kind === 'ORGANISATION')
    return parseOrganisationCode(identityNumber).ok || parseRegistrationNumber(identityNumber).ok
      ? []
      : [
          invalid(
            path,
            'This is no organisation code or registration number.',
            '组织机构代码或工商注册号无效。',
          ),
        ];
  const isRight = citizenIdForm.test(identityNumber)
    ? parseCitizenId(identityNumber, { asOf: today }).ok
    : documentForm.test(identityNumber);
  return isRight ? [] : [invalid(path, 'This is no identity number of a person.', '证件号码无效。')];
}
