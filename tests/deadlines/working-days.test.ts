import { expect, it } from 'vitest';
import { parseWorkingDays, productWorkingDays } from '../../src/contract/deadlines/working-days.ts';

// Expected days are counted by hand in the notices of the State Council's office (国办发明电〔2005〕35号, 〔2006〕49号,
// 〔2008〕42号, and that for 2008).

const calendar = productWorkingDays();

it.each([
  ['2007-02-16', 1, '2007-02-17', 'the Saturday before the Spring Festival is worked'],
  ['2007-02-17', 1, '2007-02-25', 'from the last day before the festival to the worked Sunday after it'],
  ['2007-04-27', 2, '2007-04-29', 'the weekend before Labour Day is worked'],
  ['2007-04-30', 1, '2007-05-08', 'the seven days of Labour Day are free'],
  ['2007-03-01', 60, '2007-05-29', 'the term of an arrears case (Decree 423) over Labour Day'],
  ['2007-09-28', 3, '2007-10-08', 'National Day 2007'],
  ['2008-05-02', 1, '2008-05-04', 'from 2008 Labour Day has three days, and the Sunday after it is worked'],
  ['2008-04-03', 1, '2008-04-07', 'Tomb Sweeping is a holiday from 2008'],
  ['2008-06-06', 1, '2008-06-10', 'Dragon Boat is a holiday from 2008'],
  ['2009-09-30', 1, '2009-10-09', 'National Day and Mid-Autumn 2009'],
  ['2009-10-09', 1, '2009-10-10', 'and the Saturday that is worked for it'],
  ['2006-01-27', 2, '2006-02-05', 'Spring Festival 2006, with both worked days'],
  ['2007-02-18', 0, '2007-02-18', 'no working days lead nowhere'],
])('%s and %i working days: %s (%s)', (from, count, to) => {
  expect(calendar.add(from, count)).toBe(to);
  if (count > 0) expect(calendar.between(from, to)).toBe(count);
});

// The days off of a year by the regulation: 104 or 105 weekend days and ten holidays (Decree 270), from 2008 eleven
// (Decree 513). Every weekend day that is worked gives a weekday off, so shifting changes no sum.
it.each([
  [2006, 365 - 105 - 10],
  [2007, 365 - 104 - 10],
  [2008, 366 - 104 - 11],
  [2009, 365 - 104 - 11],
])('%i has as many working days as its holidays leave', (year, count) => {
  // A weekend that is worked for the next year's New Year belongs to the notice of that year.
  const borrowed = { 2006: 2, 2007: 0, 2008: 0, 2009: 0 }[year] ?? 0;
  const lent = { 2006: 1, 2007: 2, 2008: 0, 2009: 0 }[year] ?? 0;
  expect(calendar.between(`${year - 1}-12-31`, `${year}-12-31`) - borrowed + lent).toBe(count);
});

it('says in which years it knows the holidays', () => {
  expect(['2005-06-01', '2006-06-01', '2009-06-01', '2010-06-01'].map((day) => calendar.covers(day))).toEqual(
    [false, true, true, false],
  );
});

it.each([
  ['2007-02-30\tHOLIDAY\tx\ty', 'is no day'],
  ['2007-02-20\tFREE\tx\ty', 'neither HOLIDAY nor WORKED'],
  ['2007-02-20\tWORKED\tx\ty', 'is worked anyhow'],
  ['2007-02-20\tHOLIDAY\tx\t', 'needs day, kind, holiday, source'],
  ['2007-02-20\tHOLIDAY\tx\ty\n2007-02-20\tHOLIDAY\tx\ty', 'stands twice'],
])('refuses the line %j with its place', (lines, fault) => {
  expect(() => parseWorkingDays(`day\tkind\tholiday\tsource\n${lines}\n`, 'days.tsv')).toThrow(
    new RegExp(`days\\.tsv:\\d+ .*${fault}`),
  );
});
