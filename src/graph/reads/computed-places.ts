import { type DocumentNode, type FieldNode, visit } from 'graphql';

// An argument belongs to its place: two uses of a derived field are two values, whatever they answer under.
const properties = new WeakMap<FieldNode, string>();
const numbered = new WeakSet<DocumentNode>();

/**
 * Names the value of every field of a document that has arguments: `isValidOn#2` is the second use of the field in
 * the document. Equal documents get equal names, so that they share their prepared statements.
 */
export function numberPlaces(document: DocumentNode): void {
  if (numbered.has(document)) return;
  numbered.add(document);
  const uses = new Map<string, number>();
  visit(document, {
    Field: (node) => {
      if (!node.arguments?.length || properties.has(node)) return;
      const use = (uses.get(node.name.value) ?? 0) + 1;
      uses.set(node.name.value, use);
      properties.set(node, `${node.name.value}#${use}`);
    },
  });
}

/**
 * The name that the value of a derived field with arguments has in the row. No name of GraphQL holds a `#`, and it is
 * short: PostgreSQL cuts a column's name at 63 bytes, an alias may be longer.
 * @throws Error when the document was never numbered, a fault of the program
 */
export function computedProperty(node: FieldNode): string {
  // Without arguments all uses are the same value: that of the arguments' defaults.
  const property = properties.get(node) ?? (node.arguments?.length ? undefined : `${node.name.value}#0`);
  if (property === undefined) throw new Error(`The places of ${node.name.value} have no numbers.`);
  return property;
}
