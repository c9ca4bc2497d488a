import {
  type ASTNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  specifiedScalarTypes,
  type TypeDefinitionNode,
} from 'graphql';
import { namedType } from '../sdl/directives.ts';
import { rootTypes } from '../sdl/root-types.ts';

type Types = ReadonlyMap<string, TypeDefinitionNode>;

const builtIn: ReadonlySet<string> = new Set(specifiedScalarTypes.map((type) => type.name));

/**
 * Takes out what a contract can no longer use after some of its coordinates are gone: types without fields or
 * values together with what refers to them, until nothing changes; then types that nothing leads to.
 */
export function dropUnused(document: DocumentNode): DocumentNode {
  const others = document.definitions.filter((d) => !isType(d));
  let types: Types = new Map(document.definitions.filter(isType).map((d) => [d.name.value, d]));
  for (let before = -1; before !== sizeOf(types); ) {
    before = sizeOf(types);
    types = new Map(
      [...types]
        .map(([name, type]) => [name, withoutMissing(type, types)] as const)
        .filter(([, t]) => !isEmpty(t)),
    );
  }
  const directiveArguments = others.flatMap((d) =>
    d.kind === Kind.DIRECTIVE_DEFINITION ? (d.arguments ?? []).map((a) => namedType(a.type)) : [],
  );
  const used = reachableFrom([...rootTypes, ...directiveArguments], types);
  return {
    kind: Kind.DOCUMENT,
    definitions: [...others, ...[...types.values()].filter((type) => used.has(type.name.value))],
  };
}

const isType = (definition: DefinitionNode): definition is TypeDefinitionNode =>
  /TypeDefinition$/.test(definition.kind);

/** How many coordinates there are. */
function sizeOf(types: Types): number {
  let size = 0;
  for (const type of types.values()) {
    size += 1 + membersOf(type).length;
    if ('interfaces' in type) size += type.interfaces?.length ?? 0;
    for (const member of membersOf(type))
      if (member.kind === Kind.FIELD_DEFINITION) size += member.arguments?.length ?? 0;
  }
  return size;
}

/** Fields, values, or types of a union. */
function membersOf(type: TypeDefinitionNode): readonly ASTNode[] {
  if ('fields' in type) return type.fields ?? [];
  if ('values' in type) return type.values ?? [];
  return 'types' in type ? (type.types ?? []) : [];
}

function isEmpty(type: TypeDefinitionNode): boolean {
  return type.kind !== Kind.SCALAR_TYPE_DEFINITION && membersOf(type).length === 0;
}

function withoutMissing(type: TypeDefinitionNode, types: Types): TypeDefinitionNode {
  const has = (name: string) => types.has(name) || builtIn.has(name);
  const typed = (member: FieldDefinitionNode | InputValueDefinitionNode) => has(namedType(member.type));
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return {
        ...type,
        interfaces: type.interfaces?.filter((i) => has(i.name.value)),
        fields: type.fields
          ?.filter(typed)
          .map((field) => ({ ...field, arguments: field.arguments?.filter(typed) })),
      };
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...type, fields: type.fields?.filter(typed) };
    case Kind.UNION_TYPE_DEFINITION:
      return { ...type, types: type.types?.filter((t) => has(t.name.value)) };
    default:
      return type;
  }
}

/** Types that lead from some others: by fields, arguments, members, and from an interface to its types. */
function reachableFrom(roots: readonly string[], types: Types): ReadonlySet<string> {
  const used = new Set<string>();
  const add = (name: string): void => {
    const type = types.get(name);
    if (!type || used.has(name)) return;
    used.add(name);
    if ('interfaces' in type) for (const i of type.interfaces ?? []) add(i.name.value);
    if (type.kind === Kind.UNION_TYPE_DEFINITION) for (const t of type.types ?? []) add(t.name.value);
    if (type.kind === Kind.INTERFACE_TYPE_DEFINITION)
      for (const other of types.values())
        if ('interfaces' in other && other.interfaces?.some((i) => i.name.value === name))
          add(other.name.value);
    if (!('fields' in type)) return;
    for (const field of type.fields ?? []) {
      add(namedType(field.type));
      if ('arguments' in field) for (const argument of field.arguments ?? []) add(namedType(argument.type));
    }
  };
  for (const root of roots) add(root);
  return used;
}
