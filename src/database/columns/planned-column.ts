import { Placeholder, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { RecordField, RecordModel } from '../../contract/model/record.ts';
import type { ViewerName } from '../../identity/viewers.ts';

/** A column that the second wall adds to a table: virtual, computed when it is read. */
export interface AddedColumn {
  readonly name: string;
  readonly type: string;
  /** Over the table's own columns. */
  readonly expression: string;
}

/** A value that a viewer sees in some rows only, or that is derived from what it may not see: read by a function. */
export interface SealedValue {
  readonly record: RecordModel;
  readonly field: RecordField;
  readonly viewer: ViewerName;
  /** `sealed.migrant_age_band__housing`. */
  readonly functionName: string;
  readonly type: string;
  /** The arguments besides the row's id: those of the field, with their SQL types. */
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  /** Over the alias `t`. */
  readonly value: SQL;
  /** Further condition on the row: own rows only. */
  readonly own: boolean;
}

/** A table as the second wall sees it. */
export interface TablePlan {
  readonly store: string;
  readonly name: string;
  readonly records: RecordModel[];
  readonly added: Map<string, AddedColumn>;
  /** Who may read a column, by its name. */
  readonly readers: Map<string, Set<ViewerName>>;
}

/** One way in which a column is read. */
export interface Use {
  /** `Lease.monthlyRent`, `Lease.landlord.name`. */
  readonly coordinate: string;
  readonly suffix: string;
  readonly readers: Set<ViewerName>;
  /** Whose rows are read: of a relation, the related records. */
  readonly record: RecordModel;
  readonly field: RecordField;
}

const dialect = new PgDialect();
/** PostgreSQL cuts longer names. */
export const longestName = 63;

/** What tells the columns of one source apart: the group by which each is ruled. */
export const suffixOf = (field: RecordField): string => field.rule.group.name.toLowerCase();
export const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
export const textOf = (query: SQL): string => dialect.sqlToQuery(query).sql;

/** The type of an argument stands as a cast behind it. */
export function castOf(value: SQL, parameter: string): string {
  const { sql: text, params } = dialect.sqlToQuery(value);
  const at = params.findIndex((p) => p instanceof Placeholder && p.name === parameter) + 1;
  return new RegExp(`\\$${at}::(\\w+(?:\\[\\])?)`).exec(text)?.[1] ?? 'text';
}

/** Each argument of a derived value as a parameter of its name. */
export function argumentsOf(): Record<string, SQL> {
  return new Proxy({} as Record<string, SQL>, {
    get: (_, name) => sql`${sql.placeholder(String(name))}`,
  });
}
