import { innerRaws, type Match, namesProperty, type Shape, shapeOf } from './shape.ts';
import { nameOf, type Syntax, walk } from './tree.ts';

/** Expressions that need brackets where they stand in others. */
const isLoose = (text: string): boolean => {
  if (!text || /[;}]$/.test(text.trimEnd())) return false;
  try {
    return /^(Logical|Binary|Conditional|Arrow|Assignment|Sequence|TSAs|TSSatisfies|Yield|Await)/.test(
      shapeOf(text).node.type,
    );
  } catch {
    return false;
  }
};

/**
 * What stands in the place of a match: a shape with the same words, or nothing.
 * @throws Error when a word of it stands for nothing
 */
export function becoming(text: string, match: Match, found: Shape): string {
  if (!text) return '';
  const shape = shapeOf(text);
  const [from, to] = shape.goesOn ? insideOf(shape) : [shape.node.start, shape.node.end];
  const places: { start: number; end: number; text: string }[] = [];
  for (const { node, above } of walk(shape.node)) {
    const word = nameOf(node);
    if (!word || !/^#?\$/.test(word)) continue;
    const holder = above.at(-1);
    const isShort = holder?.type === 'Property' && holder.shorthand === true;
    if (isShort && holder.key === node) continue;
    const part = holder && (holder.property === node ? 'property' : holder.key === node ? 'key' : '');
    const isProperty = holder !== undefined && namesProperty(holder, part ?? '');
    const known = [isShort ? `{${word}}` : '', isProperty ? `.${word}` : '', word, `.${word}`];
    const value = known.map((as) => match.words.get(as)).find((text) => text !== undefined);
    if (value === undefined) throw new Error(`${word} stands for nothing in: ${text}`);
    const needsBrackets =
      word.startsWith('$$') && !word.startsWith('$$$') && isExpression(holder) && isLoose(value);
    // A parameter's identifier ends behind its type.
    places.push({
      start: node.start,
      end: node.start + word.length,
      text: needsBrackets ? `(${value})` : value,
    });
  }
  let out = '';
  let at = from;
  for (const place of places.sort((a, b) => a.start - b.start)) {
    out += shape.text.slice(at, place.start) + place.text;
    at = place.end;
  }
  out += shape.text.slice(at, to);
  return !found.goesOn && !isStatement(found.node) && isLoose(out) ? `(${out})` : out;
}

const isStatement = (node: Syntax): boolean => /Statement$|Declaration$/.test(node.type);
const isExpression = (node: Syntax | undefined): boolean =>
  node !== undefined && /^(Logical|Binary|Conditional|Unary|Member|Call|TSAs|TSNonNull)/.test(node.type);

/** The stretch of a part of a template, without backticks and the signs that it goes on. */
function insideOf(shape: Shape): [number, number] {
  const raws = innerRaws(shape);
  const quasis = shape.node.quasis as Syntax[];
  const [before] = shape.goesOn ?? [false];
  const last = quasis.at(-1)!;
  const beginning = shape.node.start + 1 + (before ? 1 : 0);
  return [
    beginning,
    raws.length === 1 ? beginning + (raws[0] ?? '').length : last.start + 1 + (raws.at(-1) ?? '').length,
  ];
}
