import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { RecordSource } from '../../../src/contract/model/record-source.ts';
import { departments } from '../../../src/departments/index.ts';
import { type Expectation, partProperty, rawValue } from '../asking/expectation.ts';
import type { Oracle } from '../oracle.ts';
import type { Coordinate } from '../reading/contract.ts';
import type { District, RawRow } from '../reading/district.ts';
import { masked } from '../reading/masks.ts';
import type { RowReading } from '../reading/row-scopes.ts';

/** A stored table with the record types that lie in it. */
export interface StoredTable {
  readonly store: string;
  /** `schema.table`. */
  readonly name: string;
  readonly types: readonly string[];
}

export const storedTables: readonly StoredTable[] = [
  ...Map.groupBy(
    departments.flatMap(({ store, records }) =>
      Object.entries(records).map(([type, { table }]) => ({
        store,
        type,
        name: `${getTableConfig(table).schema}.${getTableName(table)}`,
      })),
    ),
    ({ name }) => name,
  ).values(),
].map((held) => ({ ...held[0]!, types: held.map(({ type }) => type) }));

/** What a stored row may show to a viewer by a column of the wall: nothing but one of these texts. */
export class Readable {
  readonly #oracle: Oracle;
  readonly #district: District;
  readonly #viewer: Expectation;

  constructor(oracle: Oracle, district: District, viewer: Expectation) {
    this.#oracle = oracle;
    this.#district = district;
    this.#viewer = viewer;
  }

  /**
   * The values that the viewer may read of a row: the stored ones by property, those of masks and of derived values
   * besides.
   */
  of(types: readonly string[], id: string): { stored: ReadonlySet<string>; made: ReadonlySet<unknown> } {
    const stored = new Set<string>(['id']);
    const made = new Set<unknown>();
    for (const type of types) {
      const row = this.#district.row(type, id);
      if (!row || !this.#viewer.scope.sees(type, id)) continue;
      for (const field of this.#oracle.type(type).fields.values()) this.#field(field, row, stored, made);
      for (const property of scopeProperties(this.#district.scope(type), this.#district.source(type)))
        stored.add(property);
    }
    // The other side of a relation: by it the rows are found from what they belong to.
    for (const type of this.#oracle.types.values())
      for (const field of type.fields.values())
        if (field.kind === 'many' && types.includes(field.target)) this.#relation(field, id, stored);
    return { stored, made };
  }

  #relation(field: Coordinate, id: string, stored: Set<string>): void {
    const { code, scope } = this.#viewer;
    const sight = this.#oracle.sight(code, field);
    if (sight.kind !== 'CLEAR' || !scope.sees(field.target, id)) return;
    const parent = this.#district.row(field.type, this.#district.row(field.target, id)?.[field.by]);
    if (!sight.own || (parent && scope.isOwn(field.type, parent))) stored.add(field.by);
  }

  #field(field: Coordinate, row: RawRow, stored: Set<string>, made: Set<unknown>): void {
    const { code, scope } = this.#viewer;
    const parts = field.kind === 'embed' ? field.parts : [null];
    for (const part of parts) {
      const sight = part ? this.#oracle.partSight(code, field, part) : this.#oracle.sight(code, field);
      if ('own' in sight && sight.own && !scope.isOwn(field.type, row)) continue;
      const property = part ? partProperty(field, part.name) : field.kind === 'link' ? field.by : field.name;
      if (field.kind === 'computed') {
        if (sight.kind === 'CLEAR') made.add(rawValue(field, row));
      } else if (sight.kind === 'CLEAR') stored.add(property);
      else if (sight.kind === 'MASK') made.add(masked(sight.mask, row[property]));
    }
  }
}

/** The columns that say whose a row is: the database compares them, and so they can be read in rows that are seen. */
export function scopeProperties(
  { place, window, task, parent, shield, ...others }: RowReading,
  { table, where }: RecordSource,
): string[] {
  const named = [
    ...Object.values(place ?? {}),
    ...[others.about, others.concerned, others.units, others.persons].flat(),
    ...(window ? [window.unit, window.closedOn] : []),
    ...(task ? [task.assignee, task.closedOn, task.subject, task.subdistrict] : []),
    ...(parent ? [parent.by] : []),
    ...(shield ? [shield.by] : []),
  ];
  const compared: readonly unknown[] = where?.queryChunks ?? [];
  const properties = Object.entries(getTableColumns(table)).filter(([, column]) => compared.includes(column));
  return [...named, ...properties.map(([property]) => property)];
}
