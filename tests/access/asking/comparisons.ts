import type { ViewerCode } from '../../../src/identity/viewers.ts';
import type { Oracle } from '../oracle.ts';
import type { Coordinate, Part } from '../reading/contract.ts';
import type { District, RawRow } from '../reading/district.ts';
import { linkedKeys } from '../reading/linked-keys.ts';
import { written } from '../reading/scalars.ts';
import type { Scope } from '../reading/scope.ts';
import type { Refusal } from './access-report.ts';
import { globalId, partProperty, rawValue } from './expectation.ts';

/** A condition on one field: the input that says it, the rows for which it holds, and who may not ask it. */
export interface Comparison {
  /** `LeaseFilter.monthlyRent`, for refusals. */
  readonly coordinate: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly holds: (row: RawRow, scope: Scope) => boolean;
  readonly refusal: (viewer: ViewerCode) => (Refusal & { readonly silent: boolean }) | null;
  /** The compared value, which no refusal may repeat. */
  readonly value: string;
}

/** One comparison with a recorded value for each filterable coordinate of a type. */
export function comparisonsOf(
  oracle: Oracle,
  district: District,
  type: string,
  rows: readonly RawRow[],
): Comparison[] {
  const made: Comparison[] = [];
  for (const field of oracle.type(type).fields.values()) {
    if (!field.filtered) continue;
    const at = { oracle, district, field, rows };
    if (field.kind === 'embed') for (const part of field.parts) made.push(...ofPart(at, part));
    else if (field.kind === 'link' || field.kind === 'many') made.push(...ofRelation(at));
    else made.push(...ofValue(at));
  }
  return made;
}

interface At {
  readonly oracle: Oracle;
  readonly district: District;
  readonly field: Coordinate;
  /** Values are taken from these first, then from all rows of the type. */
  readonly rows: readonly RawRow[];
}

const coordinateOf = ({ type, name }: Coordinate) => `${type}Filter.${name}`;

function firstValue({ district, field, rows }: At, read: (row: RawRow) => unknown): unknown {
  const filled = (row: RawRow) => {
    const value = read(row);
    return Array.isArray(value) ? value.length > 0 : value != null;
  };
  const row = rows.find(filled) ?? district.rows(field.type).find(filled);
  return row && read(row);
}

function refusalAt({ oracle, field }: At, part?: Part): Comparison['refusal'] {
  return (viewer) => {
    const sight = part ? oracle.partSight(viewer, field, part) : oracle.sight(viewer, field);
    const refused = oracle.argumentRefusal(viewer, field, sight);
    return refused && { coordinate: coordinateOf(field), ...refused };
  };
}

function ofValue(at: At): Comparison[] {
  const { field } = at;
  const value = firstValue(at, (row) => rawValue(field, row));
  if (value === undefined) return [];
  const single = Array.isArray(value) ? value[0] : value;
  return [
    {
      coordinate: coordinateOf(field),
      input: { [field.name]: { [field.list ? 'has' : 'eq']: written(field.target, single) } },
      holds: (row, scope) => {
        const raw = rawValue(field, row);
        if (!scope.has(field, row)) return false;
        return Array.isArray(raw) ? raw.includes(single) : raw === single;
      },
      refusal: refusalAt(at),
      value: String(written(field.target, single)),
    },
  ];
}

function ofPart(at: At, part: Part): Comparison[] {
  const { field } = at;
  const property = partProperty(field, part.name);
  const value = firstValue(at, (row) => row[property]);
  if (value === undefined) return [];
  return [
    {
      coordinate: coordinateOf(field),
      input: { [field.name]: { [part.name]: { eq: written(part.scalar, value) } } },
      holds: (row, scope) => scope.has(field, row) && row[property] === value,
      refusal: refusalAt(at, part),
      value: String(value),
    },
  ];
}

function ofRelation(at: At): Comparison[] {
  const { field, district } = at;
  const { target, name } = field;
  const related = (row: RawRow): readonly RawRow[] => atTheEnd(district, field, row);
  const other = firstValue(at, (row) => related(row)[0]) as RawRow | undefined;
  if (!other) return [];
  const id = { id: { eq: globalId(target, other.id) } };
  return [
    {
      coordinate: coordinateOf(field),
      input: { [name]: leadsToSeveral(field) ? { some: id } : id },
      // Related records count only when the viewer could read them.
      holds: (row, scope) => related(row).includes(other) && scope.related(field, row).includes(other),
      refusal: refusalAt(at),
      value: globalId(target, other.id),
    },
  ];
}

/** A condition of a related type asked through a relation. */
export function through(relation: Coordinate, inner: Comparison): Pick<Comparison, 'input' | 'holds'> {
  const { name } = relation;
  return {
    input: { [name]: leadsToSeveral(relation) ? { some: inner.input } : inner.input },
    holds: (row, scope) => scope.related(relation, row).some((other) => inner.holds(other, scope)),
  };
}

/** The stored rows at the end of a relation. */
export function atTheEnd(district: District, field: Coordinate, row: RawRow): readonly RawRow[] {
  const { kind, target, by } = field;
  if (kind === 'many') return district.by(target, by).get(row.id) ?? [];
  return linkedKeys(field, row).flatMap((key) => district.row(target, key) ?? []);
}

const leadsToSeveral = ({ kind, list }: Coordinate): boolean => kind === 'many' || list;
