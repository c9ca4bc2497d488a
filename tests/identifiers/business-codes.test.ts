import { describe, expect, it } from 'vitest';
import { parseOrganisationCode } from '../../src/identifiers/organisation-code.ts';
import { parseRegistrationNumber } from '../../src/identifiers/registration-number.ts';

describe('organisation code', () => {
  it.each(['D2143569-X', '12345678-8', 'PDY00001-X', 'PDY00002-8', 'PDY00107-1', 'PDY31010-6'])(
    'accepts %s',
    (code) => {
      expect(parseOrganisationCode(code)).toEqual({ ok: true, value: code });
    },
  );

  it('writes the hyphen that was left out, and upper case', () => {
    expect(parseOrganisationCode('pdy00001x')).toEqual({ ok: true, value: 'PDY00001-X' });
    expect(parseOrganisationCode('ＰＤＹ００００１－Ｘ')).toEqual({ ok: true, value: 'PDY00001-X' });
  });

  it.each([
    ['PDY00001-1', 'ORG_CODE_CHECK'],
    ['PDY0001-X', 'ORG_CODE_FORMAT'],
    ['PDY00001-A', 'ORG_CODE_FORMAT'],
  ])('refuses %s as %s', (text, code) => {
    expect(parseOrganisationCode(text)).toMatchObject({ ok: false, code });
  });
});

describe('business registration number', () => {
  it.each([
    ['110108000000016', 'DOMESTIC'],
    ['310107000000012', 'DOMESTIC'],
    ['310107600000013', 'INDIVIDUAL'],
    ['310107200001237', 'DOMESTIC'],
  ])('accepts %s', (number, holder) => {
    expect(parseRegistrationNumber(number)).toEqual({ ok: true, value: { number, isLegacy: false, holder } });
  });

  it('accepts thirteen digits only when issued before 1 July 2007', () => {
    const legacy = { ok: true, value: { number: '3101072012345', isLegacy: true, holder: null } };
    expect(parseRegistrationNumber('3101072012345')).toEqual(legacy);
    expect(parseRegistrationNumber('3101072012345', { issuedOn: '2007-06-30' })).toEqual(legacy);
    expect(parseRegistrationNumber('3101072012345', { issuedOn: '2007-07-01' })).toMatchObject({
      code: 'REG_NO_LEGACY_TOO_LATE',
    });
  });

  it.each([
    ['310107000000013', 'REG_NO_CHECK'],
    ['31010700000001', 'REG_NO_FORMAT'],
    ['31010700000001X', 'REG_NO_FORMAT'],
  ])('refuses %s as %s', (text, code) => {
    expect(parseRegistrationNumber(text)).toMatchObject({ ok: false, code });
  });
});
