import type { Expectation } from '../../access/asking/expectation.ts';
import { globalId, rawValue } from '../../access/asking/expectation.ts';
import { isRelation } from '../../access/asking/selection.ts';
import type { Setting } from '../../access/asking/setup.ts';
import type { Coordinate } from '../../access/reading/contract.ts';
import type { RawRow } from '../../access/reading/district.ts';
import { written } from '../../access/reading/scalars.ts';

type District = Setting['district'];
type Oracle = Setting['oracle'];
type Input = Readonly<Record<string, unknown>>;

/** Filterable relations that lead from a type to persons; none: the rows are persons themselves. */
export type Way = readonly Coordinate[];

const longest = 3;

/** Every filterable way from a type to a migrant, no type twice on it. */
export function waysToMigrants(oracle: Oracle, type: string): Way[] {
  const found: Way[] = [];
  const follow = (at: string, way: Way, passed: readonly string[]) => {
    if (at === 'Migrant') found.push(way);
    if (way.length === longest) return;
    for (const field of oracle.type(at).fields.values())
      if (field.filtered && isRelation(field) && !passed.includes(field.target))
        follow(field.target, [...way, field], [...passed, field.target]);
  };
  follow(type, [], [type]);
  return found;
}

const related = (district: District, field: Coordinate, row: RawRow): readonly RawRow[] => {
  if (field.kind === 'many') return district.by(field.target, field.by).get(row.id) ?? [];
  const one = district.row(field.target, row[field.by]);
  return one ? [one] : [];
};

/** A row of the list and a person that the way leads to from it. */
export interface Led {
  readonly row: RawRow;
  readonly person: RawRow;
  /** The viewer may see every row of the way. */
  readonly isSeen: boolean;
}

/** A row that leads to a person, one that the viewer sees where there is one. @param turn which of several */
export function leading(
  { district }: Pick<Setting, 'district'>,
  { scope }: Expectation,
  type: string,
  way: Way,
  turn: number,
): Led | undefined {
  const rows = district.rows(type);
  let unseen: Led | undefined;
  const start = rows.length > 0 ? (turn * 37) % rows.length : 0;
  for (let i = 0; i < Math.min(rows.length, 400); i++) {
    const row = rows[(start + i) % rows.length]!;
    for (const [person, isSeen] of ends(row, type)) {
      if (isSeen) return { row, person, isSeen };
      unseen ??= { row, person, isSeen };
    }
  }
  return unseen;

  function* ends(from: RawRow, at: string): Generator<readonly [RawRow, boolean]> {
    yield* walk(from, at, way, true);
  }
  function* walk(from: RawRow, at: string, left: Way, seen: boolean): Generator<readonly [RawRow, boolean]> {
    const isSeen = seen && scope.sees(at, from.id);
    const [field, ...rest] = left;
    if (!field) yield [from, isSeen];
    else
      for (const next of related(district, field, from).slice(0, 5))
        yield* walk(next, field.target, rest, isSeen);
  }
}

/** All migrants that a way leads to from a row, whoever sees them. */
export function allLed(district: District, row: RawRow, way: Way): readonly RawRow[] {
  return way.reduce<readonly RawRow[]>(
    (rows, field) => rows.flatMap((at) => related(district, field, at)),
    [row],
  );
}

/** A condition on a person as a condition on the rows of the list. @param quantifier of the last list on the way */
export function throughWay(way: Way, inner: Input, quantifier: 'some' | 'none' = 'some'): Input {
  const last = way.findLastIndex((field) => field.kind === 'many');
  return way.reduceRight<Input>(
    (below, field, i) => ({
      [field.name]: field.kind === 'many' ? { [i === last ? quantifier : 'some']: below } : below,
    }),
    inner,
  );
}

/** Conditions on a migrant by one field each that hold for a person: whole, and for texts by their beginning. */
export function conditionsOn(oracle: Oracle, person: RawRow): Input[] {
  return [...oracle.type('Migrant').fields.values()].flatMap((field): Input[] => {
    if (!field.filtered || field.kind !== 'value') return [];
    const value = written(field.target, rawValue(field, person));
    if (value === null || (Array.isArray(value) && value.length === 0)) return [];
    if (Array.isArray(value)) return [{ [field.name]: { has: value[0] } }];
    const whole = { [field.name]: { eq: value } };
    return field.target === 'String'
      ? [whole, { [field.name]: { startsWith: String(value).slice(0, 3) } }]
      : [whole];
  });
}

/** Fields that hold a number of one document, case or person, by their names in the contract. */
export function numberFields(oracle: Oracle, type: string): Coordinate[] {
  return [...oracle.type(type).fields.values()].filter(
    (field) =>
      field.filtered &&
      (field.target === 'CitizenId' ||
        (field.target === 'String' &&
          /^(serial|permit|contract|filing|case|card|application|cert(ificate)?)No$/.test(field.name))),
  );
}

/** Whether rows of a type are about migrants, by the contract: they link to one, or are one. */
export const isAboutPersons = (oracle: Oracle, type: string): boolean =>
  type === 'Migrant' ||
  [...oracle.type(type).fields.values()].some(({ kind, target }) => kind === 'link' && target === 'Migrant');

export const idOf = (type: string, row: RawRow): Input => ({ id: { eq: globalId(type, row.id) } });
