import type { PgColumn } from 'drizzle-orm/pg-core';
import type { PostFunction } from '../../identity/viewer.ts';
import type { ViewerName } from '../../identity/viewers.ts';

/**
 * The columns of a table by which its rows belong to people, places and units. A department says no more: which of
 * these parts a record type has, and what each of them means, stands in `schema/row-scopes.tsv`.
 */
export interface Carriers {
  /**
   * The row's place, or several in a list column; for a row about a person, the place of that person's open
   * registration.
   */
  readonly territory?: {
    readonly subdistrict: PgColumn;
    readonly station?: PgColumn;
    readonly neighbourhood?: PgColumn;
  };
  /** Ids of the migrants the row is about: it is a viewer's own when one of them is linked to the viewer. */
  readonly subjects?: readonly PgColumn[];
  /**
   * Ids of the migrants the row is about where it is not shown to others who serve the same persons: a check that
   * units are asked to confirm, a worker of a dispute.
   */
  readonly serves?: readonly PgColumn[];
  /** Ids of what the row, though not about it, makes the department's own: the operator of a licence, a dwelling, an act. */
  readonly concerns?: readonly PgColumn[];
  /** Id of what is no person and is a viewer's own once it stands in the viewer's records: a dwelling, an act under review. */
  readonly concerned?: readonly PgColumn[];
  /** Units whose own work the row is: issuer, handling station, participants (a list column holds several). */
  readonly units?: readonly PgColumn[];
  /** Persons (coordinator or user ids) whose own row it is. */
  readonly persons?: readonly PgColumn[];
  /** The window that took the file in, and when the file was closed. Links its subjects to the unit. */
  readonly window?: { readonly unit: PgColumn; readonly closedOn: PgColumn };
  /**
   * Something that a unit is asked to say, such as an opinion on an application: the row is the unit's own while the file
   * is open (dossier §6.2, R2). Of the records that it `opens`, by their ids, the departments named in the type's `@asked`
   * see the fields marked `@asked` and nothing else; being asked makes none of them the department's own.
   */
  readonly asked?: {
    readonly unit: PgColumn;
    readonly closedOn: PgColumn;
    readonly opens: Readonly<Record<string, PgColumn>>;
  };
  /**
   * A coordinator's task. It links the person it is about to the coordinator, to the society that keeps the task, and to
   * the branch of its sub-district.
   */
  readonly task?: {
    readonly assignee: PgColumn;
    readonly closedOn: PgColumn;
    readonly subject: PgColumn;
    readonly subdistrict: PgColumn;
  };
  /** The id of the record that the row is a part of. */
  readonly parent?: PgColumn;
  /** The day from which a row is published. */
  readonly published?: PgColumn;
  /** True in rows of a shielded person. */
  readonly shield?: PgColumn;
}

/** Who sees rows of shielded persons: all of them, or those of its own clients. */
export type ShieldOpenTo = ReadonlyMap<ViewerName, 'ALL' | 'OWN'>;

/**
 * How a row belongs to people, places and units, part of every read of it (dossier §6.3): a type's lines of
 * `schema/row-scopes.tsv` with the columns that carry them. What stands in no line gives no rows to a viewer who needs it.
 */
export interface RowScope extends Omit<Carriers, 'window' | 'task' | 'parent' | 'published' | 'shield'> {
  /** A window's file: open, or closed at most so many days ago; a department keeps its own. */
  readonly window?: { readonly unit: PgColumn; readonly closedOn?: PgColumn; readonly days: number };
  /** A coordinator's task: open, or closed at most so many days ago. */
  readonly task?: Omit<NonNullable<Carriers['task']>, 'closedOn'> & {
    readonly closedOn?: PgColumn;
    readonly days: number;
  };
  /**
   * That a department serves a person of the row does not make the row its own: it must be asked in it, or the row be its
   * own file; but for the one that keeps all of them. A window sees the files of those whom it serves.
   */
  readonly onRequest?: { readonly keeper: ViewerName };
  /** The row is seen as its parent is: the record type and the column that holds the parent's id. */
  readonly parent?: { readonly record: string; readonly by: PgColumn };
  /**
   * From which day on a row is published, or that all rows are: what those see for whom the type is open through a field of
   * class PUBLIC alone, and everybody where the row is bound to no place. A type that is open that way must say it.
   */
  readonly published?: { readonly on: PgColumn } | 'ALL_ROWS';
  /** Bound to no place: every row for every viewer whose cell is F or M. */
  readonly everywhere?: true;
  /** This viewer sees the rows only when the own post lets do this. */
  readonly post?: { readonly viewer: ViewerName; readonly function: PostFunction };
  /** True in rows of a shielded person, which nobody sees but whom they are open to. */
  readonly shielded?: PgColumn;
  readonly shieldOpenTo?: ShieldOpenTo;
}

/** A table with `territory()`, and one with `personTerritory()` (src/store/columns.ts). */
type Placed = Readonly<Record<'subdistrictCode' | 'stationCode' | 'neighbourhoodCode', PgColumn>>;
type PlacedPerson = Placed & { readonly shielded: PgColumn };

/** The place that each row of a table with `territory()` carries. */
export const placeOf = (table: Placed): NonNullable<Carriers['territory']> => ({
  subdistrict: table.subdistrictCode,
  station: table.stationCode,
  neighbourhood: table.neighbourhoodCode,
});

/** Rows about persons: by the place they carry, and hidden where the person's whereabouts are shielded. */
export const ofPerson = (table: PlacedPerson, subjects: NonNullable<Carriers['subjects']>): Carriers => ({
  territory: placeOf(table),
  subjects,
  shield: table.shielded,
});
