import { getTableColumns, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Copies } from '../../contract/model/copies.ts';
import type { RowScope } from '../../contract/model/row-scope.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { columnsIn, mapColumns } from '../columns/map-columns.ts';
import { aliased } from '../rows/scope-sql.ts';

/** A record type as far as its rows carry something of other rows. */
export interface CopyingRecord {
  readonly table: PgTable;
  readonly scope: RowScope;
  readonly staysInPlace?: true;
  readonly copies?: Copies;
}

/** A store with the unit that did the work of its rows. */
export interface CopyingStore {
  readonly store: string;
  readonly unit: string;
  readonly records: Readonly<Record<string, CopyingRecord>>;
}

/** A table whose rows carry territory or shield of the persons whom they are about. */
export interface CarriedTable {
  readonly store: string;
  /** Quoted. */
  readonly name: string;
  /** Columns that name persons; the first says where the row belongs. */
  readonly persons: readonly string[];
  /** Columns of the territory that follow the first person; none where the row stays in its place. */
  readonly place: readonly string[];
  /** A row that must have a place keeps the last one when its person has none. */
  readonly keepsPlace: boolean;
  /** Rows of another table whose persons count for the shield. */
  readonly others: OtherPersons | undefined;
  /** Columns that keep where the row's person lived before, and since when no longer. */
  readonly former: { readonly subdistrict: string; readonly leftOn: string } | undefined;
}

/** Persons in rows of another table: those with `its` equal to the row's `own`. */
interface OtherPersons {
  readonly name: string;
  readonly own: string;
  readonly its: string;
  readonly person: string;
  /** Over the alias `o`. */
  readonly where: string;
  /** What `where` looks at, so that a change of it is noticed. */
  readonly state: readonly string[];
}

/** A table whose rows are parts of rows of another table, and carry columns of theirs. */
export interface PartTable {
  readonly store: string;
  readonly name: string;
  readonly whole: string;
  readonly by: string;
  readonly id: string;
  readonly columns: readonly (readonly [own: string, its: string])[];
}

/** The register of persons: the table whose persons have a territory by their stays. */
export interface Register {
  readonly store: string;
  readonly name: string;
  readonly stays: Stays;
}

interface Stays {
  readonly name: string;
  readonly id: string;
  readonly person: string;
  readonly current: string;
  /** Over the alias `r`. */
  readonly open: string;
  readonly order: readonly string[];
  readonly state: readonly string[];
}

/** The columns of a territory, and the shield. */
export const placeColumns = ['subdistrict_code', 'station_code', 'neighbourhood_code'] as const;
export const shieldColumn = 'shielded';

const dialect = new PgDialect();

/** SQL over the columns of one table, with an alias in the table's place. */
const over = (alias: string, query: SQL): string =>
  dialect.sqlToQuery(mapColumns(query, (column) => aliased(alias, column)).inlineParams()).sql;

const recordsOf = (stores: readonly CopyingStore[]) =>
  stores.flatMap(({ store, records }) => Object.values(records).map((record) => ({ store, ...record })));

/** The register among the stores. @throws Error where there is none, or more than one */
export function registerOf(stores: readonly CopyingStore[]): Register {
  const [register, ...more] = recordsOf(stores).flatMap(({ store, table, copies }) => {
    if (!copies?.stays) return [];
    const { id, person, current, open, order } = copies.stays;
    const stays: Stays = {
      name: quotedTableOf(id.table),
      id: id.name,
      person: person.name,
      current: current.name,
      open: over('r', open),
      order: order.map(({ name }) => name),
      state: columnsIn(open).map(({ name }) => name),
    };
    return [{ store, name: quotedTableOf(table), stays }];
  });
  if (!register || more.length > 0)
    throw new Error('One record type says by `copies.stays` that its rows are the register of persons.');
  return register;
}

/** The tables that carry something of persons, each once; without those whose rows are parts of another row. */
export function carriedTables(stores: readonly CopyingStore[]): CarriedTable[] {
  const found = new Map<string, CarriedTable>();
  for (const { store, table, scope, staysInPlace, copies } of recordsOf(stores)) {
    const columns = new Map(Object.values(getTableColumns(table)).map((column) => [column.name, column]));
    const persons = personsOf(scope);
    if (!columns.has(shieldColumn) || persons.length === 0 || copies?.of || copies?.stays) continue;
    const place = staysInPlace ? [] : placeColumns.filter((column) => columns.has(column));
    const name = quotedTableOf(table);
    found.set(name, {
      store,
      name,
      persons: persons.map((column) => column.name),
      place,
      keepsPlace: place.some((column) => columns.get(column)?.notNull),
      others: otherPersons(copies),
      former: scope.former && {
        subdistrict: scope.former.subdistrict.name,
        leftOn: scope.former.leftOn.name,
      },
    });
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** The persons whom a row is about. What it is concerned with besides says nothing of where it belongs. */
export function personsOf({ subjects = [], serves = [], task }: RowScope): readonly PgColumn[] {
  return [...subjects, ...serves, ...(task ? [task.subject] : [])];
}

function otherPersons(copies: Copies | undefined): OtherPersons | undefined {
  if (!copies?.shieldedWith) return undefined;
  const { own, its, person, where } = copies.shieldedWith;
  return {
    name: quotedTableOf(person.table),
    own: own.name,
    its: its.name,
    person: person.name,
    where: where ? over('o', where) : 'true',
    state: where ? columnsIn(where).map(({ name }) => name) : [],
  };
}

/** The tables whose rows are parts of rows of another table. */
export const partTables = (stores: readonly CopyingStore[]): PartTable[] =>
  recordsOf(stores).flatMap(({ store, table, copies }) =>
    copies?.of
      ? [
          {
            store,
            name: quotedTableOf(table),
            whole: quotedTableOf(copies.of.id.table),
            by: copies.of.by.name,
            id: copies.of.id.name,
            columns: copies.of.columns.map(([own, its]) => [own.name, its.name] as const),
          },
        ]
      : [],
  );
