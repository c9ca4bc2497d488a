import { getTableColumns } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { departments } from '../../../src/departments/index.ts';
import { partProperty } from '../../access/asking/expectation.ts';
import type { Oracle } from '../../access/oracle.ts';
import type { District } from '../../access/reading/district.ts';
import { makes, type Row } from './machines.ts';

/** What a department says that a fill of its own sets: a declaration beside the table. */
const fills: ReadonlyMap<string, readonly string[]> = new Map(
  departments.flatMap(({ doing }) =>
    Object.entries(doing?.fills ?? {}).map(([name, { sets }]) => [name, sets] as const),
  ),
);

/** The properties in which a field of the input is stored. */
export function storedIn(oracle: Oracle, type: string, name: string): string[] {
  const field = oracle.type(type).fields.get(name);
  // Where the record has no place for it, a reason is kept with the event.
  if (!field && name === 'reason') return [];
  if (!field) throw new Error(`${type} has no field ${name}.`);
  if (field.kind === 'embed') return field.parts.map((part) => partProperty(field, part.name));
  return [field.kind === 'link' ? field.by : field.name];
}

/** The properties that a row of the table writes by its input and its effects. */
export function writtenBy(oracle: Oracle, row: Row): string[] {
  return [
    ...row.input.flatMap(({ field }) => storedIn(oracle, row.record, field)),
    ...row.effects.flatMap((effect) => {
      const [property = '', value] = effect.split('=');
      return value === undefined ? (fills.get(property.replace(/\[.*/, '')) ?? []) : [property];
    }),
  ];
}

/** The columns that an actor may write in rows of a type: new ones, and those that are there. */
export function rightsOf(
  oracle: Oracle,
  district: District,
  type: string,
  rows: readonly Row[],
  state: string | null,
): { insert: string[]; update: string[] } {
  const columns = getTableColumns(district.source(type).table) as Record<string, PgColumn>;
  const named = (properties: readonly string[]) =>
    [...new Set(properties)].flatMap((property) => columns[property]?.name ?? []).sort();
  const of = (open: readonly Row[], always: readonly string[]) =>
    open.length === 0
      ? []
      : named([
          ...always,
          'asOf',
          ...(state ? [state] : []),
          ...open.flatMap((row) => writtenBy(oracle, row)),
        ]);
  const making = rows.filter(makes);
  const bound = making.flatMap(({ territory }) => territory.map(({ property }) => property));
  const place = ['subdistrictCode', 'stationCode', 'neighbourhoodCode'];
  return {
    insert: of(making, ['id', 'createdBy', 'sourceSystem', ...place, ...bound]),
    update: of(
      rows.filter((row) => !makes(row)),
      [],
    ),
  };
}
