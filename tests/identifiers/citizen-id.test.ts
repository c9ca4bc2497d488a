import { describe, expect, it } from 'vitest';
import { citizenIdCheck, parseCitizenId } from '../../src/identifiers/citizen-id.ts';

const asOf = '2007-03-01';

describe('citizen identity number', () => {
  it.each([
    ['11010519491231002X', '1949-12-31', 'FEMALE'],
    ['440524188001010014', '1880-01-01', 'MALE'],
    ['349999198506120039', '1985-06-12', 'MALE'],
    ['419999199203181240', '1992-03-18', 'FEMALE'],
    ['519999197905050012', '1979-05-05', 'MALE'],
    ['329999200109090223', '2001-09-09', 'FEMALE'],
    ['369999200404150134', '2004-04-15', 'MALE'],
  ])('accepts %s of the standard and the dossier', (number, birthDate, sex) => {
    expect(parseCitizenId(number, { asOf })).toEqual({
      ok: true,
      value: { number, birthDate, sex, divisionCode: number.slice(0, 6), wasFifteenDigits: false },
    });
  });

  it.each([
    ['349999198506120038', 'ID_CHECKSUM'],
    ['349999198502300032', 'ID_BIRTH_DATE'],
    ['99999919850612003X', 'ID_PROVINCE'],
    ['34999919850612003', 'ID_FORMAT'],
    ['', 'ID_FORMAT'],
    ['3499991985061200X9', 'ID_FORMAT'],
    ['349999850230003', 'ID_BIRTH_DATE'],
  ])('refuses %j as %s without repeating it', (text, code) => {
    const checked = parseCitizenId(text, { asOf });
    expect(checked).toMatchObject({ ok: false, code });
    if (!checked.ok && text !== '') expect(checked.message).not.toContain(text);
  });

  it('refuses a birth after the day of the question, and accepts it on that day', () => {
    expect(parseCitizenId('369999200404150134', { asOf: '2004-04-14' })).toMatchObject({
      code: 'ID_BIRTH_DATE_IN_FUTURE',
    });
    expect(parseCitizenId('369999200404150134', { asOf: '2004-04-15' }).ok).toBe(true);
  });

  it('turns fifteen digits into eighteen', () => {
    expect(parseCitizenId('349999850612003', { asOf })).toMatchObject({
      ok: true,
      value: { number: '349999198506120039', wasFifteenDigits: true },
    });
  });

  it.each([
    '11010519491231002x',
    '１１０１０５１９４９１２３１００２Ｘ',
    '１１０１０５１９４９１２３１００２ｘ',
    ' 110105 19491231 002X ',
  ])('reads %j as the plain number', (text) => {
    expect(parseCitizenId(text, { asOf })).toMatchObject({ value: { number: '11010519491231002X' } });
  });

  it('knows the prefixes of residence permits for Hong Kong, Macao and Taiwan residents since there are such permits', () => {
    for (const prefix of ['810000', '820000', '830000', '810101']) {
      const body = `${prefix}19850612003`;
      const number = body + citizenIdCheck(body);
      const isPrefix = prefix.endsWith('0000');
      expect(parseCitizenId(number, { asOf: '2018-09-01' }).ok, prefix).toBe(isPrefix);
      for (const before of ['2018-08-31', asOf])
        expect(parseCitizenId(number, { asOf: before }), prefix).toMatchObject({ code: 'ID_PROVINCE' });
    }
  });

  it('takes no run of one digit for a person, of whatever length and width', () => {
    for (const digit of '0123456789')
      for (const run of [digit.repeat(15), digit.repeat(18), `${digit.repeat(17)}X`, `${digit.repeat(14)}5`])
        expect(parseCitizenId(run, { asOf }), run).toMatchObject({ ok: false, code: 'ID_PLACEHOLDER' });
    expect(parseCitizenId('１'.repeat(15), { asOf })).toMatchObject({ code: 'ID_PLACEHOLDER' });
  });

  it('notices every single wrong digit and every swap of neighbours', () => {
    const number = '349999198506120039';
    for (let i = 0; i < 18; i++) {
      for (const digit of '0123456789') {
        if (digit === number[i]) continue;
        const slip = number.slice(0, i) + digit + number.slice(i + 1);
        expect(parseCitizenId(slip, { asOf }), slip).toMatchObject({ code: 'ID_CHECKSUM' });
      }
      if (i < 17 && number[i] !== number[i + 1]) {
        const swap = number.slice(0, i) + number[i + 1] + number[i] + number.slice(i + 2);
        expect(parseCitizenId(swap, { asOf }), swap).toMatchObject({ code: 'ID_CHECKSUM' });
      }
    }
  });
});
