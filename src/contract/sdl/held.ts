import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import { directiveArgument, namedType } from './directives.ts';

type Types = ReadonlyMap<string, ObjectTypeDefinitionNode>;

/** A value that several departments hold: `@held` on a record type. */
export interface HeldValue {
  readonly name: string;
  /** Paths from the record, the authority's first. */
  readonly by: readonly string[];
}

/** One step of a path: a field, and the state that the records it leads to must be in. */
export interface HeldStep {
  readonly field: string;
  readonly condition: { readonly field: string; readonly value: string } | undefined;
}

/** The field of a record type under which its held values stand, and the type of it. */
export const provenanceName = 'provenance';
export const provenanceTypeOf = (record: string): string => `${record}Provenance`;

/** The values of a record type that several departments hold. */
export function heldValues(type: ObjectTypeDefinitionNode): readonly HeldValue[] {
  return (type.directives ?? []).filter((d) => d.name.value === 'held').map(heldValue);
}

function heldValue({ arguments: given = [] }: ConstDirectiveNode): HeldValue {
  const value = given.find((a) => a.name.value === 'value')?.value;
  const by = given.find((a) => a.name.value === 'by')?.value;
  return {
    name: value?.kind === Kind.STRING ? value.value : '',
    by: by?.kind === Kind.LIST ? by.values.map((v) => (v.kind === Kind.STRING ? v.value : '')) : [],
  };
}

/** Enum value → the wider one that it is a part of (`@narrows`), of all enums of a document. */
export function widerValues({ definitions }: DocumentNode): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const d of definitions)
    if (d.kind === Kind.ENUM_TYPE_DEFINITION)
      for (const value of d.values ?? []) {
        const wider = directiveArgument(value, 'narrows', 'value');
        if (wider)
          getOrMake(found, d.name.value, () => new Map<string, string>()).set(value.name.value, wider);
      }
  return found;
}

/** `permits(status: ACTIVE).registeredDwelling` → its steps. */
export function stepsOf(path: string): readonly HeldStep[] {
  return path.split('.').map((step) => {
    const [, field = step, name, value] = /^(\w+)\((\w+): (\w+)\)$/.exec(step) ?? [];
    return { field, condition: name && value ? { field: name, value } : undefined };
  });
}

/** The path whose first step is not another record's relation: the field of the record itself. */
export const isOwnPath = (type: ObjectTypeDefinitionNode, path: string): boolean => {
  const [first] = stepsOf(path);
  const field = type.fields?.find((f) => f.name.value === first?.field);
  return field !== undefined && !field.directives?.some((d) => d.name.value === 'many');
};

/** `provenance: MigrantProvenance`: its group is the record's, each value below it has the rules of its own field. */
export function provenanceField(record: string): FieldDefinitionNode {
  const { definitions } = parse(
    `type Any { "Where values come from that several departments hold (数据来源)." ${provenanceName}: ${provenanceTypeOf(record)} @class(is: INTERNAL) }`,
    { noLocation: true },
  );
  const [type] = definitions;
  const field = type?.kind === Kind.OBJECT_TYPE_DEFINITION ? type.fields?.[0] : undefined;
  if (!field) throw new Error('The provenance field cannot be made.');
  return field;
}

/** The types below `provenance`, as SDL. */
export function provenanceTypes(types: Types): string[] {
  const out: string[] = [];
  const leaves = new Set<string>();
  for (const type of types.values()) {
    const held = heldValues(type);
    if (held.length === 0) continue;
    const fields = held.map(({ name, by }) => {
      const leaf = leafOf(types, type, by.find((path) => isOwnPath(type, path)) ?? '');
      leaves.add(leaf.type);
      return `"${leaf.description}" ${name}: Held${leaf.type}`;
    });
    out.push(
      `"Values of ${type.name.value} that several departments hold (多部门持有的数据)." type ${provenanceTypeOf(type.name.value)} {\n${fields.join('\n')}\n}`,
    );
  }
  if (leaves.size > 0) out.push(sourceType);
  for (const leaf of leaves) out.push(heldType(leaf));
  return out;
}

/** Type and description at the end of a path; a path that leads nowhere is a fault that the model finds. */
function leafOf(types: Types, start: ObjectTypeDefinitionNode, path: string) {
  let type: ObjectTypeDefinitionNode | undefined = start;
  let leaf = { type: 'String', description: path };
  for (const { field } of stepsOf(path)) {
    const found: FieldDefinitionNode | undefined = type?.fields?.find((f) => f.name.value === field);
    if (!found) return leaf;
    leaf = {
      type: namedType(found.type).replace(/Connection$/, ''),
      description: found.description?.value ?? path,
    };
    type = types.get(leaf.type);
  }
  return leaf;
}

const sourceType = `"Where a value stands (数据出处)." type ValueSource {
  "The department's store, such as labour (部门库)." store: String
  "The instant its record speaks of (数据时点)." asOf: DateTime
}`;

const heldType = (
  leaf: string,
) => `"A ${leaf} that several departments hold (多部门持有的值)." type Held${leaf} {
  "The authority's value; where it has none, that of the next department which has one (采信值)." value: ${leaf}
  "Where that value stands (出处)." source: ValueSource
  "Whether departments disagree, of those whose values the viewer sees in clear (数据质量标识)." flags: [QualityFlag!]
  "What other departments hold, in the order of their authority (其他部门所持值)." claimed: [Claimed${leaf}!]
}
"A ${leaf} as one of the other departments holds it (其他部门所持值)." type Claimed${leaf} {
  "The value (值)." value: ${leaf}
  "Where it stands (出处)." source: ValueSource
}`;
