import type { BuildColumns, BuildExtraConfigColumns } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  type PgColumnBuilderBase,
  type PgTableExtraConfigValue,
  type PgTableWithColumns,
  pgSchema,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { allOf, oneOf } from '../store/code-check.ts';
import { provenance } from '../store/columns.ts';
import { codesOf } from './enum-codes.ts';

/** What a column was declared to hold: the enum, whether a list of its codes, the end of the check's name. */
interface Coded {
  readonly type: string;
  readonly isList: boolean;
  readonly check?: string;
}

const coded = new WeakMap<object, Coded>();

/**
 * A column that holds a code of an enum of the SDL; its table checks that.
 * @param check the end of the check's name, where it is not `<column>_code`
 */
export function code(column: string, type: string, check?: string) {
  const builder = text(column);
  coded.set(builder, { type, isList: false, check });
  return builder;
}

/** A list of such codes; its check ends with `<column>_codes`. */
export function codeList(column: string, type: string, check?: string) {
  const builder = text(column).array();
  coded.set(builder, { type, isList: true, check });
  return builder;
}

/** What every record has: the id behind its global identifier, version, authorship, source and freshness. */
const kept = () => ({ id: uuid('id').primaryKey(), ...provenance() });
type Kept = ReturnType<typeof kept>;
type Columns = Record<string, PgColumnBuilderBase>;
type All<C extends Columns> = C & Omit<Kept, keyof C>;

/**
 * Makes the tables of a store's records. Each has besides its own columns those of every record, and checks of its
 * columns of codes.
 * @param store names the PostgreSQL schema, which the migrator makes: drizzle-kit is not to see it
 */
export function recordTables<const S extends string>(store: S) {
  return <N extends string, C extends Columns>(
    name: N,
    columns: C,
    more: (t: BuildExtraConfigColumns<N, All<C>, 'pg'>) => PgTableExtraConfigValue[] = () => [],
  ): PgTableWithColumns<{
    name: N;
    schema: S;
    columns: BuildColumns<N, All<C>, 'pg'>;
    dialect: 'pg';
  }> => {
    const { id, ...others } = kept();
    const all = { id, ...columns, ...others } as All<C>;
    return pgSchema(store).table(name, all, (t) => [...codeChecks(name, columns, t), ...more(t)]);
  };
}

function codeChecks(table: string, columns: Columns, t: object): PgTableExtraConfigValue[] {
  return Object.entries(columns).flatMap(([property, builder]) => {
    const found = coded.get(builder);
    if (!found) return [];
    const column = (t as Record<string, AnyPgColumn>)[property]!;
    const end = found.check ?? `${column.name}_${found.isList ? 'codes' : 'code'}`;
    const holds = found.isList ? allOf : oneOf;
    return [check(`${table}_${end}`, holds(column, codesOf(found.type)))];
  });
}
