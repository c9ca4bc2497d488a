import { parseSync } from 'oxc-parser';

/** A piece of syntax (ESTree), with where it stands in its text. */
export interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: unknown;
}

export const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Where a piece stands, and how it was written, is no part of what it is. */
const beside = new Set(['type', 'start', 'end', 'raw', 'shorthand']);
/** Parts by their names; a literal's value is one. */
export const partsOf = (node: Syntax): [string, unknown][] =>
  Object.entries(node).filter(([name]) => !beside.has(name));

export const childrenOf = (node: Syntax): Syntax[] =>
  partsOf(node).flatMap(([, part]) =>
    Array.isArray(part) ? part.filter(isSyntax) : isSyntax(part) ? [part] : [],
  );

/** @throws Error where the text is no TypeScript */
export function parse(text: string): Syntax {
  const { program, errors } = parseSync('text.ts', text, {
    lang: 'ts',
    sourceType: 'module',
    preserveParens: false,
  });
  const [fault] = errors;
  if (fault) throw new Error(`${fault.message}: ${text.slice(0, 200)}`);
  return program as unknown as Syntax;
}

/** A node with those that hold it, the innermost last. */
export interface Placed {
  readonly node: Syntax;
  readonly above: readonly Syntax[];
}

export function* walk(node: Syntax, above: readonly Syntax[] = []): Generator<Placed> {
  yield { node, above };
  const next = [...above, node];
  for (const child of childrenOf(node)) yield* walk(child, next);
}

/** The name of an identifier, of a private one with its `#`. */
export const nameOf = (node: Syntax): string | undefined =>
  node.type === 'Identifier'
    ? (node.name as string)
    : node.type === 'PrivateIdentifier'
      ? `#${node.name as string}`
      : undefined;

/** The functions, constants and members of classes of a program, by their names. */
export function* declarationsOf(program: Syntax): Generator<readonly [name: string, node: Syntax]> {
  for (const statement of program.body as Syntax[]) {
    const declared = isSyntax(statement.declaration) ? statement.declaration : statement;
    if (declared.type === 'VariableDeclaration')
      for (const each of declared.declarations as Syntax[]) yield [nameOf(each.id as Syntax) ?? '', each];
    else if (declared.type === 'ClassDeclaration')
      for (const member of (declared.body as Syntax).body as Syntax[])
        yield [isSyntax(member.key) ? (nameOf(member.key) ?? '') : '', member];
    else if (isSyntax(declared.id)) yield [nameOf(declared.id) ?? '', declared];
  }
}
