import { describe, expect, it } from 'vitest';
import { becoming } from './syntax/becomes.ts';
import { matchesAt, shapeOf } from './syntax/shape.ts';
import { parse, walk } from './syntax/tree.ts';

/** A source with each place of a shape changed; undefined where there is none. */
function change(source: string, [shape, becomes]: readonly [string, string]): string | undefined {
  const wanted = shapeOf(shape);
  const found = [...walk(parse(source))].flatMap(({ node }) => matchesAt(wanted, node, source));
  if (found.length === 0) return undefined;
  return found
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, match) => text.slice(0, match.start) + becoming(becomes, match, wanted) + text.slice(match.end),
      source,
    );
}

describe('a shape', () => {
  const refused = [
    "if (!$cell || $cell.$value === 'A') return $hidden;",
    'if (!$cell) return $hidden;',
  ] as const;

  it.each([
    ["if (!cell || cell.value === 'A') return hidden;", 'if (!cell) return hidden;'],
    ['if (\n  !c || // why\n  (c.is === "A")\n) return nothing;', 'if (!c) return nothing;'],
  ])('stands for whatever is named and laid out otherwise: %s', (source, becomes) => {
    const inFunction = (text: string) => `function f(cell, c) { ${text} }`;
    expect(change(inFunction(source), refused)).toBe(inFunction(becomes));
  });

  it.each([
    ['another value', "if (!cell || cell.value === 'F') return hidden;"],
    ['another operator', "if (!cell && cell.value === 'A') return hidden;"],
    ['a condition more', "if (!cell || cell.value === 'A' || x) return hidden;"],
    ['two names where it has one', "if (!cell || other.value === 'A') return hidden;"],
    ['another statement', "if (!cell || cell.value === 'A') throw hidden;"],
  ])('does not stand for %s', (_, source) =>
    expect(change(`function f(cell) { ${source} }`, refused)).toBeUndefined(),
  );

  it('has one word for a constant and for a property of its name, which may part', () => {
    const both = ['$viewer.$viewer', '$viewer'] as const;
    expect(change('f(viewer.viewer)', both)).toBe('f(viewer)');
    expect(change('f(session.name)', both)).toBe('f(session)');
  });

  it('takes what is written short for the same, and keeps it with its name', () =>
    expect(
      change('const f = ({ reason: why }) => why ?? [];', [
        '({ $denial }) => $denial ?? []',
        '({ $denial }) => $denial',
      ]),
    ).toBe('const f = (({ reason: why }) => why);'));

  it('stands for any expression and any number of them where it says so', () =>
    expect(change('f(1, a + b, ...c, d)', ['$f($$first, $$$others, $last)', '$f($$$others)'])).toBe(
      'f(a + b, ...c)',
    ));

  it('puts brackets around what would be read otherwise', () =>
    expect(change('f(!(a || b))', ['!$$some', '$$some && false'])).toBe('f(((a || b) && false))'));

  it('may be a part of a text, as often as it stands there', () =>
    expect(
      change('sql`a = ${x} and b = ${y} and c`', ['`… = ${$value} and …`', '`… is ${$value} or …`']),
    ).toBe('sql`a is ${x} or b is ${y} or c`'));
});
