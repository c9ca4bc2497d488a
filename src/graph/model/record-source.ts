import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { RowScope } from '../../access/row-scope.ts';

/** Arguments of a computed field as SQL parameters. */
export type ComputedArguments = Readonly<Record<string, SQL>>;

/** Where a record type of the SDL is stored and whose rows are whose. */
export interface RecordSource {
  readonly table: PgTable;
  readonly scope: RowScope;
  /** Fields marked `@computed`, as SQL over the table's columns. */
  readonly computed?: Readonly<Record<string, (args: ComputedArguments) => SQL>>;
  /** The order of a list that names none; the id breaks ties. Default: the id. */
  readonly defaultOrder?: { readonly column: PgColumn; readonly direction: 'asc' | 'desc' };
  /** Only rows for which this holds belong to the record type (a type over a part of a table). */
  readonly where?: SQL;
}
