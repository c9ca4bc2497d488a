import { describe, expect, it } from 'vitest';
import { notifiableDiseases, parseDiseases, reportDueAt } from '../../src/departments/health/diseases.ts';

// Dossier A.8: the list of March 2007, two hours or a day, and what was added to it until 2009.

describe('the clock of a report card', () => {
  it.each([
    ['PLAGUE', '2007-03-01T08:00:00Z', '2007-03-01T10:00:00.000Z'],
    ['CHOLERA', '2007-03-01T23:30:00Z', '2007-03-02T01:30:00.000Z'],
    ['SARS', '2007-03-01T08:00:00Z', '2007-03-01T10:00:00.000Z'],
    ['HUMAN_AVIAN_INFLUENZA', '2007-03-01T08:00:00Z', '2007-03-01T10:00:00.000Z'],
    ['POLIOMYELITIS', '2007-03-01T08:00:00Z', '2007-03-01T10:00:00.000Z'],
    ['TUBERCULOSIS', '2007-03-01T08:00:00Z', '2007-03-02T08:00:00.000Z'],
    ['MUMPS', '2007-03-01T08:00:00Z', '2007-03-02T08:00:00.000Z'],
    ['HAND_FOOT_MOUTH_DISEASE', '2007-03-01T08:00:00Z', null],
    // The day is Shanghai's: 2008-05-02 begins there at four in the afternoon of the day before.
    ['HAND_FOOT_MOUTH_DISEASE', '2008-05-01T15:59:00Z', null],
    ['HAND_FOOT_MOUTH_DISEASE', '2008-05-01T16:00:00Z', '2008-05-02T16:00:00.000Z'],
    ['INFLUENZA_A_H1N1', '2009-04-29T15:59:00Z', null],
    ['INFLUENZA_A_H1N1', '2009-05-05T01:00:00Z', '2009-05-05T03:00:00.000Z'],
    ['MEASLES', '2004-11-01T01:00:00Z', null],
  ])('%s diagnosed at %s is to be reported until %s', (disease, diagnosedAt, due) =>
    expect(reportDueAt(disease, diagnosedAt)).toBe(due),
  );

  it('on the day of the notice 37 diseases were notifiable: 2 of class A, 25 of B, 10 of C', () => {
    const then = notifiableDiseases.filter(({ from }) => from <= '2007-03-01');
    const count = (name: string) => then.filter((row) => row.class === name).length;
    expect([then.length, count('A'), count('B'), count('C')]).toEqual([37, 2, 25, 10]);
  });
});

it.each([
  ['X\tB\t24\t2004-12-01\t\ts', 'is no value of the enum'],
  ['M\tD\t24\t2004-12-01\t\ts', 'is no class'],
  ['M\tB\t0\t2004-12-01\t\ts', 'no number of hours'],
  ['M\tB\t24\t2004-12-01\t2004-11-01\ts', 'a last one not before it'],
  ['M\tB\t24\t2004-12-01\t\t', 'needs its source'],
  ['M\tB\t24\t2004-12-01\t\ts\nM\tB\t2\t2009-01-01\t\ts', 'two lines for a day'],
  ['M\tB\t24\t2004-12-01\t2008-12-31\ts\nM\tC\t2\t2009-01-01\t\ts', 'of two classes'],
  ['', 'M: has no line'],
])('the list refuses %j', (lines, fault) =>
  expect(() => parseDiseases(`disease\tclass\thours\tfrom\tto\tsource\n${lines}`, ['M'])).toThrow(fault),
);
