import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Carriers, RowScope } from './row-scope.ts';

/** Arguments of a computed field as SQL parameters. */
export type ComputedArguments = Readonly<Record<string, SQL>>;

/** Where a record type of the SDL is stored, as its department declares it. */
export interface RecordSource {
  readonly table: PgTable;
  /** The columns that carry its row scope; what they mean stands in `schema/row-scopes.tsv`. */
  readonly carries?: Carriers;
  /** Fields marked `@computed`, as SQL over the table's columns. */
  readonly computed?: Readonly<Record<string, (args: ComputedArguments) => SQL>>;
  /** The order of a list that names none; the id breaks ties. Default: the id. */
  readonly defaultOrder?: { readonly column: PgColumn; readonly direction: 'asc' | 'desc' };
  /** Its territory is a place's, though it names a person: it does not follow the person who moves. */
  readonly staysInPlace?: true;
  /** Only rows for which this holds belong to the record type (a type over a part of a table). */
  readonly where?: SQL;
}

/** The same, and whose rows are whose. */
export interface ScopedSource extends RecordSource {
  readonly scope: RowScope;
}
