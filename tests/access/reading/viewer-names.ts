import { parseAst } from 'vitest/node';

/** A node of the syntax tree, as far as it is looked at. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly value?: unknown;
  readonly name?: string;
  readonly [child: string]: unknown;
}

/** Where a text stands that names a viewer, and what it names. */
export interface NamedViewer {
  readonly line: number;
  readonly name: string;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/**
 * Each literal of a source file that is a viewer's name or code, also quoted inside a longer text such as SQL, and each
 * key that is. A literal that is compared with a `kind`, or is a type, decides about no viewer: the row scope is written
 * by kinds.
 */
export function viewersNamedIn(source: string, names: ReadonlySet<string>): NamedViewer[] {
  const found: NamedViewer[] = [];
  const note = (node: Node, name: unknown) => {
    if (typeof name === 'string' && names.has(name))
      found.push({ line: source.slice(0, node.start).split('\n').length, name });
  };
  const visit = (node: Node, parent: Node | undefined, above: Node | undefined): void => {
    if (node.type === 'TSLiteralType') return;
    const text = node.type === 'TemplateElement' ? (node.value as { raw: string }).raw : node.value;
    if (typeof text === 'string' && !isOfKind(node, parent, above)) {
      note(node, text);
      for (const [, name] of text.matchAll(/'([A-Z_]+)'/g)) note(node, name);
    }
    if (node.type === 'Property' && isNode(node.key) && node.key.type === 'Identifier')
      note(node, node.key.name);
    for (const child of Object.values(node).flat()) if (isNode(child)) visit(child, node, parent);
  };
  visit(parseAst(source, { lang: 'ts' }) as unknown as Node, undefined, undefined);
  return found;
}

/** `kind === 'SUBDISTRICT'`, or a case of `switch (viewer.kind)`. */
function isOfKind(node: Node, parent: Node | undefined, above: Node | undefined): boolean {
  if (parent?.type === 'BinaryExpression') return isKind(parent.left === node ? parent.right : parent.left);
  return parent?.type === 'SwitchCase' && above?.type === 'SwitchStatement' && isKind(above.discriminant);
}

const isKind = (node: unknown): boolean =>
  isNode(node) &&
  (node.type === 'MemberExpression'
    ? isKind(node.property)
    : node.type === 'Identifier' && node.name === 'kind');
