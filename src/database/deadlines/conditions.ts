import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import type { Condition } from '../../contract/deadlines/reminders.ts';
import { tableNameOf } from '../../store/table-name.ts';

/** A value of a row: a column, or one of the row that a foreign key of the table names. */
export interface PropertySql {
  /** Says of which type the value is. */
  readonly column: PgColumn;
  readonly sql: SQL;
}

/** A column of a table by its property. @throws Error in a sentence when there is none */
export function columnOf(table: PgTable, property: string): PgColumn {
  const column = (getTableColumns(table) as Readonly<Record<string, PgColumn>>)[property];
  if (!column) throw new Error(`${tableNameOf(table)} has no ${property}`);
  return column;
}

/** A row of the same store that a row belongs to: the column, and the table that it refers to. */
export interface Reference {
  readonly column: PgColumn;
  readonly to: PgTable;
}

/** Reading what a table was declared to have takes longer than all else at a start. */
const references = new WeakMap<PgTable, readonly Reference[]>();

/** The foreign keys of a table to the ids of others. */
export function referencesOf(table: PgTable): readonly Reference[] {
  const known = references.get(table) ?? readReferences(table);
  references.set(table, known);
  return known;
}

function readReferences(table: PgTable): readonly Reference[] {
  const own: readonly PgColumn[] = Object.values(getTableColumns(table));
  return getTableConfig(table).foreignKeys.flatMap((key) => {
    const { columns, foreignColumns, foreignTable } = key.reference();
    const name = columns[foreignColumns.findIndex((column) => column.name === 'id')]?.name;
    // A key of several columns has copies of them.
    const column = own.find((each) => each.name === name);
    return column ? [{ column, to: foreignTable }] : [];
  });
}

/** `closedOn`, or `caseId.closedOn`. @throws Error in a sentence when there is no such property or foreign key */
export function propertySql(table: PgTable, path: string): PropertySql {
  const [first = '', second] = path.split('.');
  const column = columnOf(table, first);
  if (!second) return { column, sql: sql`${column}` };
  const to = referencesOf(table).find((reference) => reference.column === column)?.to;
  if (!to) throw new Error(`${first} of ${tableNameOf(table)} names no record of the same store`);
  const value = columnOf(to, second);
  // A table that refers to itself would need another name for the other row.
  if (to === table) throw new Error(`${path}: ${tableNameOf(table)} refers to itself`);
  return {
    column: value,
    sql: sql`(select ${value} from ${to} where ${columnOf(to, 'id')} = ${column})`,
  };
}

/** Whether a condition holds for a row. */
export function conditionSql({ property, not, codes }: Condition, table: PgTable): SQL {
  const { sql: value } = propertySql(table, property);
  if (codes.length === 0) return not ? sql`${value} is not null` : sql`${value} is null`;
  const list = sql.join(
    codes.map((code) => sql`${code}`),
    sql`, `,
  );
  return sql`${value} ${not ? sql`not in` : sql`in`} (${list})`;
}
