import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';

type Annotated = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

/** The arguments of one directive on a definition, numbers as they are written; undefined when it is not there. */
export function directive(
  node: Annotated,
  name: string,
): Record<string, string | readonly string[]> | undefined {
  const found = node.directives?.find((d) => d.name.value === name);
  if (!found) return undefined;
  const args: Record<string, string | readonly string[]> = {};
  for (const arg of found.arguments ?? []) {
    const value = arg.value;
    if (value.kind === 'StringValue' || value.kind === 'EnumValue' || value.kind === 'IntValue')
      args[arg.name.value] = value.value;
    if (value.kind === 'ListValue')
      args[arg.name.value] = value.values.map((v) =>
        v.kind === 'StringValue' || v.kind === 'EnumValue' ? v.value : '',
      );
  }
  return args;
}

/** One string argument of a directive. */
export function directiveArgument(node: Annotated, name: string, argument: string): string | undefined {
  const value = directive(node, name)?.[argument];
  return typeof value === 'string' ? value : undefined;
}

/** The innermost named type of a type reference. */
export function namedType(type: TypeNode): string {
  return type.kind === 'NamedType' ? type.name.value : namedType(type.type);
}

/** True for `[X]`, `[X!]!` and the like. */
export function isListType(type: TypeNode): boolean {
  return type.kind === 'ListType' || (type.kind === 'NonNullType' && type.type.kind === 'ListType');
}

/** The fields of an object type definition that carry a directive. */
export function fieldsWith(type: ObjectTypeDefinitionNode, name: string): FieldDefinitionNode[] {
  return (type.fields ?? []).filter((f) => directive(f, name) !== undefined);
}

/** The values of an enum of a document. */
export function enumValues(document: DocumentNode, name: string): string[] {
  return document.definitions.flatMap((d) =>
    d.kind === Kind.ENUM_TYPE_DEFINITION && d.name.value === name
      ? (d.values ?? []).map((v) => v.name.value)
      : [],
  );
}
