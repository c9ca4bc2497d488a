import { isSyntax, nameOf, parse, partsOf, type Syntax } from './tree.ts';

/**
 * A shape is TypeScript in which words that begin with a dollar stand for what the program has there:
 * `$name` for one name, whichever it is; `$$any` for any expression or statement; `$$$some` for any number of
 * statements, arguments, elements. A template that begins or ends with `…` is a part of a longer one.
 */
export interface Shape {
  readonly node: Syntax;
  /** The text that `node` was parsed from. */
  readonly text: string;
  /** Of a part of a template: whether its text goes on before and after. */
  readonly goesOn: readonly [before: boolean, after: boolean] | null;
}

/** Where a shape was found: a stretch of the source, and what its words stand for. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly words: ReadonlyMap<string, string>;
}

const more = '…';

/** A case of a switch, a statement where it ends like one, otherwise an expression. */
export function shapeOf(text: string): Shape {
  const isCase = /^case /.test(text);
  const isStatement = /[;}]$/.test(text) && (!/^[{[]/.test(text) || /;\s*}$/.test(text));
  const [before, after] = isCase ? ['switch (0) { ', ' }'] : isStatement ? ['', ''] : ['(', '\n)'];
  const whole = `async function* shape() { ${before}${text}${after} }`;
  const [declaration] = parse(whole).body as Syntax[];
  const [first, ...others] = ((declaration as Syntax).body as Syntax).body as Syntax[];
  if (!first || others.length > 0) throw new Error(`This is not one statement or expression: ${text}`);
  const node = isCase ? (first.cases as Syntax[])[0]! : isStatement ? first : (first.expression as Syntax);
  return { node, text: whole, goesOn: goesOn(node) };
}

function goesOn(node: Syntax): Shape['goesOn'] {
  if (node.type !== 'TemplateLiteral') return null;
  const texts = rawsOf(node);
  const ends = [texts[0]?.startsWith(more) ?? false, texts.at(-1)?.endsWith(more) ?? false] as const;
  return ends.includes(true) ? ends : null;
}

export const rawsOf = (template: Syntax): string[] =>
  (template.quasis as Syntax[]).map((quasi) => (quasi.value as { raw: string }).raw);

/** The texts of a part of a template without the signs that it goes on. */
export function innerRaws({ node, goesOn: ends }: Shape): string[] {
  const raws = rawsOf(node);
  if (ends?.[0]) raws[0] = (raws[0] ?? '').slice(more.length);
  if (ends?.[1]) raws[raws.length - 1] = (raws.at(-1) ?? '').slice(0, -more.length);
  return raws;
}

/** The word that stands for something in a shape, with its dollars; a statement may be one. */
function wordOf(node: unknown): string | undefined {
  if (!isSyntax(node)) return undefined;
  if (node.type === 'ExpressionStatement') return wordOf(node.expression);
  if (node.type === 'Property' && node.shorthand === true) return wordOf(node.value);
  const name = nameOf(node);
  return name && /^#?\$/.test(name) ? name : undefined;
}

const isRun = (node: unknown): boolean => wordOf(node)?.startsWith('$$$') ?? false;
const isAny = (word: string | undefined): boolean => /^\$\$[^$]/.test(word ?? '');

/** Every place at or in a node at which the shape stands (a part of a template may stand in it twice). */
export function matchesAt(shape: Shape, node: Syntax, source: string): Match[] {
  if (node.type !== shape.node.type) return [];
  if (shape.goesOn) return partsOfTemplate(shape, node, source);
  const words = new Map<string, string>();
  return matches(shape.node, node, source, words) ? [{ start: node.start, end: node.end, words }] : [];
}

function bind(word: string, text: string, words: Map<string, string>): boolean {
  const known = words.get(word);
  if (known === undefined) words.set(word, text);
  return known === undefined || known === text;
}

/** @param isProperty the name of a property, which may be named otherwise than a constant of its name */
function matches(
  shape: unknown,
  node: unknown,
  source: string,
  words: Map<string, string>,
  isProperty = false,
): boolean {
  if (Array.isArray(shape)) return Array.isArray(node) && listMatches(shape, node, source, words);
  if (!isSyntax(shape)) return isPlainEqual(shape, node);
  if (!isSyntax(node)) return false;
  const word = wordOf(shape);
  if (isAny(word)) return bind(word ?? '', source.slice(node.start, node.end), words);
  if (shape.type !== node.type) return false;
  if (word !== undefined && nameOf(shape) !== undefined) {
    if (!bind(isProperty ? `.${word}` : word, nameOf(node) ?? '', words)) return false;
    return partsOf(shape).every(
      ([part, value]) => part === 'name' || matches(value, node[part], source, words),
    );
  }
  // `{ denial }` is `{ denial: denial }`, whichever of both names was changed.
  if (shape.type === 'Property' && shape.shorthand === true && word !== undefined) {
    if (!matches(shape.value, node.value, source, words)) return false;
    return bind(`{${word}}`, source.slice(node.start, node.end), words);
  }
  return partsOf(shape).every(([part, value]) =>
    matches(value, node[part], source, words, namesProperty(shape, part)),
  );
}

/** Whether a part of a node is the name of a property. */
export const namesProperty = (holder: Syntax, part: string): boolean =>
  holder.computed !== true && (part === 'property' || part === 'key');

/** Values of literals, texts of templates. */
const isPlainEqual = (shape: unknown, node: unknown): boolean =>
  shape === node || (typeof shape === 'object' && JSON.stringify(shape) === JSON.stringify(node));

function listMatches(
  shapes: unknown[],
  nodes: unknown[],
  source: string,
  words: Map<string, string>,
): boolean {
  const [shape, ...rest] = shapes;
  if (shapes.length === 0) return nodes.length === 0;
  if (!isRun(shape)) {
    const [node, ...others] = nodes;
    return (
      nodes.length > 0 && matches(shape, node, source, words) && listMatches(rest, others, source, words)
    );
  }
  for (let count = nodes.length - rest.length; count >= 0; count--) {
    const tried = new Map(words);
    const run = nodes.slice(0, count) as Syntax[];
    const text = source.slice(run[0]?.start ?? 0, run.at(-1)?.end ?? 0);
    if (!bind(wordOf(shape) ?? '', text, tried)) continue;
    if (!listMatches(rest, nodes.slice(count), source, tried)) continue;
    for (const [word, value] of tried) words.set(word, value);
    return true;
  }
  return false;
}

/** Stretches of a template that look like the part. */
function partsOfTemplate(shape: Shape, template: Syntax, source: string): Match[] {
  const wanted = innerRaws(shape);
  const raws = rawsOf(template);
  const quasis = template.quasis as Syntax[];
  const [before, after] = shape.goesOn ?? [false, false];
  const found: Match[] = [];
  const take = (first: number, from: number, to: number) => {
    const words = new Map<string, string>();
    const last = first + wanted.length - 1;
    const inside = (template.expressions as Syntax[]).slice(first, last);
    if (!listMatches(shape.node.expressions as Syntax[], inside, source, words)) return;
    // A text begins behind its backtick or brace.
    found.push({ start: quasis[first]!.start + 1 + from, end: quasis[last]!.start + 1 + to, words });
  };
  for (let first = 0; first + wanted.length <= raws.length; first++) {
    const text = raws[first] ?? '';
    const [head = '', ...tails] = wanted;
    if (tails.length === 0) {
      for (let at = text.indexOf(head); at >= 0 && head; at = text.indexOf(head, at + 1)) {
        const ends = at + head.length;
        if ((before || at === 0) && (after || ends === text.length)) take(first, at, ends);
      }
      continue;
    }
    const tail = tails.at(-1) ?? '';
    const end = raws[first + tails.length] ?? '';
    const between = tails.slice(0, -1).every((each, i) => each === raws[first + 1 + i]);
    const isHead = before ? text.endsWith(head) : text === head;
    const isTail = after ? end.startsWith(tail) : end === tail;
    if (between && isHead && isTail) take(first, text.length - head.length, tail.length);
  }
  return found;
}
