import { describe, expect, it } from 'vitest';
import { dayOf, dueOf, parseDeadline } from '../../src/contract/deadlines/expression.ts';
import { addMonths, productWorkingDays } from '../../src/contract/deadlines/working-days.ts';

const due = (text: string, row: object) => dueOf(parseDeadline(text), { ...row }, productWorkingDays());

describe('a deadline', () => {
  it.each([
    ['dueOn', { dueOn: '2007-03-15' }, '2007-03-15'],
    ['validTo+30d', { validTo: '2007-02-10' }, '2007-03-12'],
    ['acceptedOn+60wd', { acceptedOn: '2007-03-01' }, '2007-05-29'],
    ['decidedOn+6m', { decidedOn: '2007-08-31' }, '2008-02-29'],
    ['reportedAt+2h', { reportedAt: '2007-03-01T23:30:00Z' }, '2007-03-02T01:30:00.000Z'],
    ['reportedAt', { reportedAt: '2007-03-01T23:30:00Z' }, '2007-03-01T23:30:00.000Z'],
    // Half past eleven at night in UTC is the next morning in Shanghai.
    ['reportedAt+1d', { reportedAt: '2007-03-01T23:30:00Z' }, '2007-03-03'],
    // A day begins at midnight in Shanghai.
    ['foundOn+24h', { foundOn: '2007-03-01' }, '2007-03-01T16:00:00.000Z'],
    ['dueOn+30d', { dueOn: null }, null],
    ['dueOn+30d', {}, null],
  ])('%s of %j is %s', (text, row, expected) => expect(due(text, row)).toBe(expected));

  it('stands still while the clock is stopped, and is later by what was added', () => {
    const stopped = { acceptedOn: '2007-03-01', clockStoppedOn: '2007-03-20', clockAddedWorkingDays: 0 };
    expect(due('acceptedOn+60wd', stopped)).toBeNull();
    expect(due('acceptedOn+60wd', { ...stopped, clockStoppedOn: null, clockAddedWorkingDays: 3 })).toBe(
      '2007-06-01',
    );
    // Other terms of the record run on.
    expect(due('acceptedOn+10d', stopped)).toBe('2007-03-11');
  });

  it('has a day in the district', () => {
    expect(dayOf('2007-03-01T16:00:00.000Z')).toBe('2007-03-02');
    expect(dayOf('2007-03-01')).toBe('2007-03-01');
  });

  it.each([
    '',
    'DueOn',
    'dueOn+',
    'dueOn+0d',
    'dueOn-3d',
    'dueOn+3',
    'dueOn+3y',
    'dueOn + 3d',
    'dueOn+3d+2d',
  ])('is not %j', (text) => expect(() => parseDeadline(text)).toThrow('is no deadline'));
});

it('months end with the last day of a shorter one', () => {
  expect([1, 12, 25].map((count) => addMonths('2007-01-31', count))).toEqual([
    '2007-02-28',
    '2008-01-31',
    '2009-02-28',
  ]);
});
