import { testDay } from '../../support/graph.ts';
import type { Coordinate, RecordType } from '../reading/contract.ts';

/** Fields of a record type that a document asks for; the id is always among them. */
export interface Selection {
  readonly type: string;
  readonly fields: readonly Picked[];
}

export interface Picked {
  readonly field: Coordinate;
  /** What is asked of the related records; nothing: their ids. */
  readonly below: Selection;
  /** Page size of a connection. */
  readonly first: number;
}

const idsOf = (type: string): Selection => ({ type, fields: [] });

/** All fields of a type, related records by id. */
export function everything(
  type: RecordType,
  isWanted: (field: Coordinate) => boolean = () => true,
): Selection {
  const fields = [...type.fields.values()].filter(isWanted);
  return { type: type.name, fields: fields.map((field) => pick(field)) };
}

export const pick = (field: Coordinate, below = idsOf(field.target), first = 3): Picked => ({
  field,
  below,
  first,
});

/** The selection set as text, without its braces. */
export function selectionText({ fields }: Selection): string {
  return ['id', ...fields.map(fieldText)].join(' ');
}

function fieldText({ field, below, first }: Picked): string {
  const { name, kind, parts, paged } = field;
  switch (kind) {
    case 'embed':
    case 'json':
      return `${name} { ${parts.map((part) => part.name).join(' ')} }`;
    case 'link':
      return `${name} { ${selectionText(below)} }`;
    case 'many':
      return paged
        ? `${name}(first: ${first}) { totalCount nodes { ${selectionText(below)} } }`
        : `${name} { ${selectionText(below)} }`;
    default:
      return field.arguments.length === 0
        ? name
        : `${name}(${field.arguments.map((argument) => `${argument}: "${testDay}"`).join(' ')})`;
  }
}

/** Every field that a selection reaches, at any depth. */
export function* coordinatesOf(selection: Selection): Generator<Coordinate> {
  for (const { field, below } of selection.fields) {
    yield field;
    if (field.kind === 'link' || field.kind === 'many') yield* coordinatesOf(below);
  }
}

/** Whether a field leads to other records. */
export const isRelation = ({ kind }: Coordinate): boolean => kind === 'link' || kind === 'many';
