import {
  type ConstArgumentNode,
  concatAST,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql';
import { derivedTypes, idField, pagingArguments, provenanceFields, rootFields } from './derived.ts';
import { directive, namedType } from './directives.ts';
import { heldValues, provenanceField } from './held.ts';
import { rootTypes } from './root-types.ts';

/** The whole contract: what departments wrote and what follows from it. */
export interface ExpandedSdl {
  readonly document: DocumentNode;
  /** Object types of the contract with every extension merged in, by name; derived types are not among them. */
  readonly types: ReadonlyMap<string, ObjectTypeDefinitionNode>;
}

/**
 * Merges the extensions of the departments into the types they extend and adds what is derived from each
 * record type: `Node` with its id, provenance fields, connection, edge, filter, order, root fields. A reader of a department's
 * SDL file sees the contract, the printed schema (`npm run schema`) shows everything.
 * @throws Error naming the type when an extension has no type or a field is written twice.
 */
export function expandSdl(sources: readonly DocumentNode[]): ExpandedSdl {
  const definitions = concatAST(sources).definitions;
  const types = mergeExtensions(definitions);
  const records = [...types.values()].filter((t) => directive(t, 'record')).map(withRoots);
  for (const record of records) types.set(record.name.value, withDerivedFields(record));

  const others = withEnumExtensions(definitions).filter(
    (d) => d.kind !== Kind.OBJECT_TYPE_DEFINITION && d.kind !== Kind.OBJECT_TYPE_EXTENSION,
  );
  const derived = parse([derivedTypes(types), rootFields(records)].join('\n'), {
    noLocation: true,
  }).definitions.map((d) =>
    d.kind === Kind.OBJECT_TYPE_DEFINITION && d.name.value === 'Query' ? withOwnRoots(d, types) : d,
  );
  const written = [...types.values()].filter((t) => t.name.value !== 'Query');
  return { document: { kind: Kind.DOCUMENT, definitions: [...others, ...written, ...derived] }, types };
}

function mergeExtensions(definitions: readonly DefinitionNode[]): Map<string, ObjectTypeDefinitionNode> {
  const types = new Map<string, ObjectTypeDefinitionNode>();
  for (const d of definitions) if (d.kind === Kind.OBJECT_TYPE_DEFINITION) types.set(d.name.value, d);
  // Departments add root fields that cannot be derived; each carries its own group.
  for (const root of rootTypes)
    if (definitions.some((d) => d.kind === Kind.OBJECT_TYPE_EXTENSION && d.name.value === root))
      types.set(root, {
        kind: Kind.OBJECT_TYPE_DEFINITION,
        description: { kind: Kind.STRING, value: 'Everything that can be done (办理).' },
        name: { kind: Kind.NAME, value: root },
        fields: [],
      });
  for (const d of definitions) {
    if (d.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const type = types.get(d.name.value);
    if (!type) throw new Error(`${d.loc?.source.name}: extends ${d.name.value}, which no SDL file defines.`);
    for (const field of d.fields ?? []) {
      if (type.fields?.some((f) => f.name.value === field.name.value))
        throw new Error(`${d.loc?.source.name}: ${d.name.value}.${field.name.value} is already defined.`);
    }
    types.set(d.name.value, { ...type, fields: [...(type.fields ?? []), ...(d.fields ?? [])] });
  }
  return types;
}

/** A department adds its field groups, and whatever else is named in one place, to the enum of all. */
function withEnumExtensions(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  const added = Map.groupBy(
    definitions.filter((d) => d.kind === Kind.ENUM_TYPE_EXTENSION),
    (d) => d.name.value,
  );
  const merged = definitions.flatMap((d): DefinitionNode[] => {
    if (d.kind === Kind.ENUM_TYPE_EXTENSION) return [];
    if (d.kind !== Kind.ENUM_TYPE_DEFINITION) return [d];
    const more = added.get(d.name.value) ?? [];
    added.delete(d.name.value);
    return [{ ...d, values: [...(d.values ?? []), ...more.flatMap((extension) => extension.values ?? [])] }];
  });
  for (const [name, [extension]] of added)
    throw new Error(`${extension?.loc?.source.name}: extends ${name}, which no SDL file defines.`);
  return merged;
}

function withOwnRoots(query: ObjectTypeDefinitionNode, types: Map<string, ObjectTypeDefinitionNode>) {
  return { ...query, fields: [...(query.fields ?? []), ...(types.get('Query')?.fields ?? [])] };
}

/** `@record(many: "leases")` on `Lease` also means `one: "lease"`; `one: null` means none. */
function withRoots(record: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  const name = record.name.value;
  const directives = record.directives?.map((d) => {
    const isNamed = d.arguments?.some((argument) => argument.name.value === 'one');
    if (d.name.value !== 'record' || !d.arguments?.length) return d;
    if (isNamed) return { ...d, arguments: d.arguments.filter(({ value }) => value.kind !== Kind.NULL) };
    const one: ConstArgumentNode = {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'one' },
      value: { kind: Kind.STRING, value: `${name.charAt(0).toLowerCase()}${name.slice(1)}` },
    };
    return { ...d, arguments: [one, ...d.arguments] };
  });
  return { ...record, directives };
}

const node: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'Node' } };

function withDerivedFields(record: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  const fields = (record.fields ?? []).map((field) =>
    directive(field, 'many') && namedType(field.type).endsWith('Connection') ? withPaging(field) : field,
  );
  const held = heldValues(record).length > 0 ? [provenanceField(record.name.value)] : [];
  return {
    ...record,
    interfaces: [...(record.interfaces ?? []), node],
    fields: [idField, ...fields, ...held, ...provenanceFields],
  };
}

function withPaging(field: FieldDefinitionNode): FieldDefinitionNode {
  const target = namedType(field.type).replace(/Connection$/, '');
  const args: readonly InputValueDefinitionNode[] = pagingArguments(target);
  return { ...field, arguments: [...(field.arguments ?? []), ...args] };
}
