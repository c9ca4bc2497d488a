import { type GraphQLScalarType, parseValue as parseLiteral } from 'graphql';
import { describe, expect, it } from 'vitest';
import { scalarResolvers } from '../../src/graph/scalars.ts';

const scalar = (name: string): GraphQLScalarType => {
  const found = scalarResolvers[name];
  if (!found) throw new Error(`no scalar ${name}`);
  return found;
};

const good: readonly (readonly [string, string, unknown])[] = [
  ['Date', '2004-02-29', '2004-02-29'],
  ['DateTime', '2007-03-01T08:00:00+08:00', '2007-03-01T00:00:00.000Z'],
  ['DateTime', '2007-03-01T00:00:00Z', '2007-03-01T00:00:00.000Z'],
  ['Month', '2007-02', '2007-02'],
  ['Money', '592.00', 59200],
  ['Money', '592', 59200],
  ['Money', '0.05', 5],
  ['Money', '-0.05', -5],
  ['Decimal', '-12.50', '-12.50'],
  ['CitizenId', '11010519491231002x', '11010519491231002X'],
  ['CitizenId', '349999850612003', '349999198506120039'],
  ['DivisionCode', '310107', '310107'],
  ['DivisionCode', '310107015', '310107015'],
  ['DivisionCode', '310107015001', '310107015001'],
  ['OrgCode', 'PDY00001X', 'PDY00001-X'],
  ['RegNo', '310107000000012', '310107000000012'],
];

const bad: readonly (readonly [string, unknown])[] = [
  ['Date', '2007-02-29'],
  ['Date', '2007-3-1'],
  ['Date', 20070301],
  ['DateTime', '2006-09-17'],
  ['DateTime', '2007-02-30T08:00:00Z'],
  ['DateTime', '2006-09-17T08:00:00'],
  ['Month', '2007-13'],
  ['Month', '0000-01'],
  ['Money', '592.001'],
  ['Money', 731],
  ['Money', '1e3'],
  ['Decimal', '1,5'],
  ['Decimal', 'NaN'],
  ['CitizenId', '349999198506120038'],
  ['CitizenId', '310107299001011234'],
  ['DivisionCode', '3101070'],
  ['OrgCode', 'PDY00001-1'],
  ['RegNo', '310107000000013'],
];

describe('scalars', () => {
  it.each(good)('%s reads %j the same from a variable and from a literal', (name, text, inner) => {
    expect(scalar(name).parseValue(text)).toBe(inner);
    expect(scalar(name).parseLiteral(parseLiteral(JSON.stringify(text)))).toBe(inner);
  });

  it.each(bad)('%s refuses %j, says what is expected and does not repeat it', (name, value) => {
    for (const read of [
      () => scalar(name).parseValue(value),
      () => scalar(name).parseLiteral(parseLiteral(JSON.stringify(value))),
    ]) {
      let message = '';
      try {
        read();
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toMatch(/^A value is not .+\.$/);
      expect(message).not.toContain(String(value));
    }
  });

  it('refuse a literal at the place where it stands', () => {
    const node = parseLiteral('"2007-02-29"');
    expect(() => scalar('Date').parseLiteral(node)).toThrow(expect.objectContaining({ nodes: [node] }));
  });

  it.each(['Date', 'DateTime', 'Month', 'Decimal', 'CitizenId', 'DivisionCode', 'OrgCode', 'RegNo'])(
    '%s gives out what the store holds as it is, masked values too',
    (name) => {
      expect(scalar(name).serialize('**************123X')).toBe('**************123X');
    },
  );

  it.each([
    [59200, '592.00'],
    [5, '0.05'],
    [0, '0.00'],
    [-5, '-0.05'],
    [-59201, '-592.01'],
    [123456789012, '1234567890.12'],
  ])('Money writes %i fen as %s yuan and reads it back', (fen, text) => {
    expect(scalar('Money').serialize(fen)).toBe(text);
    expect(scalar('Money').parseValue(text)).toBe(fen);
  });
});
