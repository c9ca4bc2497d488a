import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Copies } from './copies.ts';
import type { Carriers, RowScope } from './row-scope.ts';

/** Arguments of a computed field as SQL parameters. */
export type ComputedArguments = Readonly<Record<string, SQL>>;

/** Where a record type of the SDL is stored, as its department declares it. */
export interface RecordSource {
  readonly table: PgTable;
  /** The columns that carry the row scope; `schema/row-scopes.tsv` says what they mean. */
  readonly carries?: Carriers;
  /** Fields marked `@computed`, as SQL over the table's columns. */
  readonly computed?: Readonly<Record<string, (args: ComputedArguments) => SQL>>;
  /** Deadlines that are no column: a name for `schema/machines` and `schema/reminders.tsv`, and SQL of the instant. */
  readonly clocks?: Readonly<Record<string, () => SQL>>;
  /** The order of a list that names none; the id breaks ties. Default: the id. */
  readonly defaultOrder?: { readonly column: PgColumn; readonly direction: 'asc' | 'desc' };
  /** How many rows there are, kept by the database (`rowTotals`): for a type whose lists are long. */
  readonly totals?: PgTable;
  /**
   * The territory is that of a place, though the row names a person: it does not change when the person
   * moves. The shield is the person's all the same.
   */
  readonly staysInPlace?: true;
  /** What its rows carry of other rows besides. */
  readonly copies?: Copies;
  /** Only rows for which this holds belong to the record type (a type over a part of a table). */
  readonly where?: SQL;
}

/** The same with its row scope. */
export interface ScopedSource extends RecordSource {
  readonly scope: RowScope;
}
