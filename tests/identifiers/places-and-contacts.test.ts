import { describe, expect, it } from 'vitest';
import { formatApplicationNumber, parseApplicationNumber } from '../../src/identifiers/application-number.ts';
import { isCalendarDate, isCalendarMonth } from '../../src/identifiers/calendar-date.ts';
import { parseDivisionCode } from '../../src/identifiers/division-code.ts';
import { parsePhone } from '../../src/identifiers/phone.ts';

describe('division code', () => {
  it.each([
    ['310000', 'PROVINCE'],
    ['340100', 'PREFECTURE'],
    ['310107', 'COUNTY'],
    ['310107015', 'SUBDISTRICT'],
    ['310107005001', 'NEIGHBOURHOOD'],
  ])('reads %s as %s', (code, level) => {
    expect(parseDivisionCode(code)).toEqual({ ok: true, value: { code, level } });
  });

  it.each([
    ['3101', 'DIVISION_FORMAT'],
    ['3101070', 'DIVISION_FORMAT'],
    ['31010701500A', 'DIVISION_FORMAT'],
    ['990000', 'DIVISION_PROVINCE'],
  ])('refuses %s as %s', (text, code) => {
    expect(parseDivisionCode(text)).toMatchObject({ ok: false, code });
  });
});

describe('permit application number', () => {
  it('has 310107, unit, day and serial, and can be taken apart again', () => {
    const parts = { unit: '015', acceptedOn: '2007-03-05', serial: 42 };
    const number = formatApplicationNumber(parts);
    expect(number).toBe('310107015200703050042');
    expect(parseApplicationNumber(number)).toEqual({ ok: true, value: { number, ...parts } });
  });

  it.each([
    ['310107015200702300042', 'APPLICATION_NO_DATE'],
    ['310107015200703050000', 'APPLICATION_NO_FORMAT'],
    ['310108015200703050042', 'APPLICATION_NO_FORMAT'],
    ['31010701520070305042', 'APPLICATION_NO_FORMAT'],
  ])('refuses %s as %s', (text, code) => {
    expect(parseApplicationNumber(text)).toMatchObject({ ok: false, code });
  });

  it('does not make a number with a serial that needs five digits', () => {
    expect(() => formatApplicationNumber({ unit: '015', acceptedOn: '2007-03-05', serial: 10_000 })).toThrow(
      RangeError,
    );
  });
});

describe('telephone number', () => {
  it.each([
    ['13800001234', '13800001234'],
    ['+86 138-0000-1234', '13800001234'],
    ['１３８００００１２３４', '13800001234'],
    ['021-52564588', '02152564588'],
    ['52564588', '52564588'],
    ['0551-2345678', '05512345678'],
  ])('reads %s as %s', (text, value) => {
    expect(parsePhone(text)).toEqual({ ok: true, value });
  });

  it.each(['1380000123', '138000012345', '12800001234', '无', '', '000'])('refuses %j', (text) => {
    expect(parsePhone(text)).toMatchObject({ ok: false, code: 'PHONE_INVALID' });
  });
});

describe('calendar', () => {
  it('knows leap years, real days and real months only', () => {
    for (const date of ['2007-03-01', '2000-02-29', '2004-02-29'])
      expect(isCalendarDate(date), date).toBe(true);
    for (const date of ['1900-02-29', '2007-02-29', '2007-04-31', '2007-13-01', '2007-1-01', '0000-01-01']) {
      expect(isCalendarDate(date), date).toBe(false);
    }
    expect(isCalendarMonth('2007-02')).toBe(true);
    for (const month of ['2007-00', '2007-13', '2007-2', '0000-01'])
      expect(isCalendarMonth(month), month).toBe(false);
  });
});
