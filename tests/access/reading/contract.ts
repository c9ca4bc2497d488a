import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse, type TypeNode } from 'graphql';

const folder = join(import.meta.dirname, '../../../schema');

const sdlFiles = globSync('*.graphql', { cwd: folder }).sort();

/** A part of a value object. */
export interface Part {
  readonly name: string;
  readonly scalar: string;
  readonly sensitivity: string;
  readonly mask: string | null;
}

/** A field of a record type as the SDL says it. */
export interface Coordinate {
  readonly type: string;
  readonly name: string;
  /** `json`: value objects in one column, with parts but without columns of their own. */
  readonly kind: 'value' | 'computed' | 'embed' | 'json' | 'link' | 'many';
  /** Scalar, enum, value object or record type. */
  readonly target: string;
  readonly list: boolean;
  readonly paged: boolean;
  /** Arguments of a computed field; all are dates. */
  readonly arguments: readonly string[];
  /** Property of this row (link) or of the related rows (many); prefix of an embed. */
  readonly by: string;
  readonly parts: readonly Part[];
  readonly group: string;
  readonly sensitivity: string;
  readonly mask: string | null;
  readonly filtered: boolean;
  /** `@order`: the fields that order, `''` for the field itself. */
  readonly orders: readonly string[];
  /** `@computed`: what it is computed from, and why it may be seen more widely. */
  readonly from: readonly string[];
  readonly because: string | null;
}

/** A record type as the SDL says it. */
export interface RecordType {
  readonly name: string;
  readonly one: string | undefined;
  readonly many: string | undefined;
  readonly group: string;
  readonly fields: ReadonlyMap<string, Coordinate>;
}

/** Every stored row says these of itself (dossier §3). */
const provenance = ['recordVersion', 'createdAt', 'createdBy', 'updatedAt', 'sourceSystem', 'asOf'];

type Annotated = Pick<FieldDefinitionNode | ObjectTypeDefinitionNode, 'directives'>;

export function argument(node: Annotated, directive: string, name: string): string | undefined {
  const value = node.directives
    ?.find((d) => d.name.value === directive)
    ?.arguments?.find((a) => a.name.value === name)?.value;
  return value && 'value' in value && typeof value.value === 'string' ? value.value : undefined;
}

export function listArgument(node: Annotated, directive: string, name: string): string[] {
  const value = node.directives
    ?.find((d) => d.name.value === directive)
    ?.arguments?.find((a) => a.name.value === name)?.value;
  return value?.kind === Kind.LIST ? value.values.map((v) => ('value' in v ? String(v.value) : '')) : [];
}

const has = (node: Annotated, directive: string): boolean =>
  node.directives?.some((d) => d.name.value === directive) ?? false;

const named = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type);
const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));

export const read = (files: readonly string[]) =>
  files.flatMap((file) => parse(readFileSync(join(folder, file), 'utf8')).definitions);

/** The root fields that departments wrote themselves, by coordinate: each has a rule of its own. */
export function readRoots(): ReadonlyMap<string, Coordinate> {
  const roots = new Map<string, Coordinate>();
  for (const d of read(sdlFiles)) {
    if (d.kind !== Kind.OBJECT_TYPE_EXTENSION || !['Query', 'Mutation'].includes(d.name.value)) continue;
    for (const field of d.fields ?? [])
      roots.set(`${d.name.value}.${field.name.value}`, {
        ...plain(d.name.value, field.name.value),
        group: argument(field, 'group', 'is') ?? '',
        sensitivity: argument(field, 'class', 'is') ?? 'SECRET',
        mask: argument(field, 'mask', 'as') ?? null,
      });
  }
  return roots;
}

/** The value objects of the contract, with their parts. */
export function readValues(): ReadonlyMap<string, readonly Part[]> {
  const values = new Map<string, readonly Part[]>();
  for (const d of read(sdlFiles))
    if (d.kind === Kind.OBJECT_TYPE_DEFINITION && has(d, 'value'))
      values.set(
        d.name.value,
        (d.fields ?? []).map((part) => readPart(part, d)),
      );
  return values;
}

/** The record types of the contract, read from the SDL files of the departments and nothing else. */
export function readContract(): ReadonlyMap<string, RecordType> {
  const definitions = read(sdlFiles.filter((file) => file !== 'access.graphql'));
  const objects = new Map<string, ObjectTypeDefinitionNode>();
  for (const d of definitions) if (d.kind === Kind.OBJECT_TYPE_DEFINITION) objects.set(d.name.value, d);
  const extended = (name: string): FieldDefinitionNode[] =>
    definitions.flatMap((d) =>
      (d.kind === Kind.OBJECT_TYPE_DEFINITION || d.kind === Kind.OBJECT_TYPE_EXTENSION) &&
      d.name.value === name
        ? [...(d.fields ?? [])]
        : [],
    );
  const records = new Map<string, RecordType>();
  for (const object of objects.values()) {
    if (!has(object, 'record')) continue;
    const name = object.name.value;
    const fields = new Map<string, Coordinate>();
    for (const field of extended(name))
      if (field.name.value !== 'id') fields.set(field.name.value, coordinate(field, object, objects));
    const group = argument(object, 'group', 'is') ?? '';
    for (const own of provenance) fields.set(own, { ...plain(name, own), group });
    records.set(name, {
      name,
      ...rootsOf(object),
      group,
      fields,
    });
  }
  return records;
}

/** Where many is named, one is the type's name with a small first letter, unless it says another or none. */
function rootsOf(object: ObjectTypeDefinitionNode): Pick<RecordType, 'one' | 'many'> {
  const many = argument(object, 'record', 'many');
  const record = object.directives?.find((d) => d.name.value === 'record');
  const saysNone = record?.arguments?.some(({ value }) => value.kind === Kind.NULL);
  const usual =
    many && !saysNone ? object.name.value.replace(/^./, (letter) => letter.toLowerCase()) : undefined;
  return { one: argument(object, 'record', 'one') ?? usual, many };
}

const plain = (type: string, name: string): Coordinate => ({
  type,
  name,
  kind: 'value',
  target: name.endsWith('At') || name === 'asOf' ? 'DateTime' : name === 'recordVersion' ? 'Int' : 'String',
  list: false,
  paged: false,
  arguments: [],
  by: '',
  parts: [],
  group: '',
  sensitivity: 'INTERNAL',
  mask: null,
  filtered: false,
  orders: [],
  from: [],
  because: null,
});

function coordinate(
  field: FieldDefinitionNode,
  type: ObjectTypeDefinitionNode,
  objects: ReadonlyMap<string, ObjectTypeDefinitionNode>,
): Coordinate {
  const name = field.name.value;
  const target = named(field.type);
  const holds = objects.get(target);
  const isValue = holds !== undefined && has(holds, 'value');
  const kind = (['many', 'link', 'embed', 'computed'] as const).find((d) => has(field, d));
  return {
    ...plain(type.name.value, name),
    kind: kind ?? (isValue ? 'json' : 'value'),
    target: target.replace(/Connection$/, ''),
    list: isList(field.type),
    paged: target.endsWith('Connection'),
    arguments: kind === 'computed' ? (field.arguments ?? []).map((a) => a.name.value) : [],
    by:
      argument(field, 'many', 'by') ??
      argument(field, 'link', 'by') ??
      argument(field, 'embed', 'prefix') ??
      `${name}Id`,
    parts: isValue ? (holds.fields ?? []).map((part) => readPart(part, holds)) : [],
    group: argument(field, 'group', 'is') ?? argument(type, 'group', 'is') ?? '',
    sensitivity: argument(field, 'class', 'is') ?? argument(type, 'class', 'is') ?? 'SECRET',
    mask: argument(field, 'mask', 'as') ?? null,
    filtered: has(field, 'filter'),
    orders: has(field, 'order') ? [argument(field, 'order', 'of') ?? ''] : [],
    from: listArgument(field, 'computed', 'from'),
    because: argument(field, 'computed', 'because') ?? null,
  };
}

const readPart = (part: FieldDefinitionNode, holder: ObjectTypeDefinitionNode): Part => ({
  name: part.name.value,
  scalar: named(part.type),
  sensitivity: argument(part, 'class', 'is') ?? argument(holder, 'class', 'is') ?? 'SECRET',
  mask: argument(part, 'mask', 'as') ?? null,
});

/** `PERMITS_VALID_TO` of `permits` by `validTo`. */
export const orderName = (field: string, of: string): string =>
  [field, of]
    .filter((word) => word !== '')
    .map((word) => word.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase())
    .join('_');
