import type { PgColumn } from 'drizzle-orm/pg-core';
import type { PostFunction } from '../../identity/viewer.ts';
import type { ViewerName } from '../../identity/viewers.ts';

/**
 * The columns of a table by which its rows belong to people, places and units. A department says no more.
 * `schema/row-scopes.tsv` says which of these parts a record type has.
 */
export interface Carriers {
  /**
   * The row's place; a list column holds several. A row about a person has the place of the person's open
   * registration.
   */
  readonly territory?: {
    readonly subdistrict: PgColumn;
    readonly station?: PgColumn;
    readonly neighbourhood?: PgColumn;
  };
  /**
   * The unit that made the row, the sub-district in which its person lived then, and the day on which the person left it.
   * The database keeps the last two (`copies/person-triggers.ts`).
   */
  readonly former?: { readonly unit: PgColumn; readonly subdistrict: PgColumn; readonly leftOn: PgColumn };
  /**
   * Ids of the migrants whom the row is about. The row is a viewer's own when one of them is linked to the
   * viewer.
   */
  readonly subjects?: readonly PgColumn[];
  /**
   * Ids of the migrants whom the row is about, where others who serve the same persons may not see the row: a
   * check that units are asked to confirm, a worker of a dispute.
   */
  readonly serves?: readonly PgColumn[];
  /**
   * Ids of what the row makes the department's own without being about it: the operator of a licence, a
   * dwelling, an act.
   */
  readonly concerns?: readonly PgColumn[];
  /**
   * Id of something that is no person: a dwelling, an act under review. The row is a viewer's own when this
   * id stands in the viewer's records.
   */
  readonly concerned?: readonly PgColumn[];
  /**
   * Units that did the work of the row: issuer, handling station, participants (a list column holds several).
   */
  readonly units?: readonly PgColumn[];
  /** Persons (ids of coordinators or users) who did the work of the row. */
  readonly persons?: readonly PgColumn[];
  /**
   * The window that took the file in, and the day on which the file was closed. It links the file's subjects
   * to the unit.
   */
  readonly window?: { readonly unit: PgColumn; readonly closedOn: PgColumn };
  /**
   * A question to a unit, such as an opinion on an application. The row is the unit's own while the file is
   * open (dossier §6.2, R2). `opens` holds the ids of the records about which the unit is asked. The
   * departments that the type's `@asked` names see the fields of these records marked `@asked` and nothing
   * else. Being asked makes none of them the department's own.
   */
  readonly asked?: {
    readonly unit: PgColumn;
    readonly closedOn: PgColumn;
    readonly opens: Readonly<Record<string, PgColumn>>;
  };
  /**
   * A coordinator's task. It links its person to the coordinator, to the society that keeps the task, and to
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

/** Who sees rows of shielded persons: `ALL` such rows, or the `OWN` clients' only. */
export type ShieldOpenTo = ReadonlyMap<ViewerName, 'ALL' | 'OWN'>;

/**
 * How a row belongs to people, places and units: the lines of a type in `schema/row-scopes.tsv`, joined with
 * the columns that carry them. It is part of every read of the row (dossier §6.3). Where no line applies to a
 * viewer, there are no rows.
 */
export interface RowScope
  extends Omit<Carriers, 'former' | 'window' | 'task' | 'parent' | 'published' | 'shield'> {
  /**
   * What a sub-district made itself stays readable for so many days after the person has moved out, until somebody
   * writes the row again.
   */
  readonly former?: NonNullable<Carriers['former']> & { readonly days: number };
  /** A window's file: open, or closed at most so many days ago. A department keeps its own files. */
  readonly window?: { readonly unit: PgColumn; readonly closedOn?: PgColumn; readonly days: number };
  /** A coordinator's task: open, or closed at most so many days ago. */
  readonly task?: Omit<NonNullable<Carriers['task']>, 'closedOn'> & {
    readonly closedOn?: PgColumn;
    readonly days: number;
  };
  /**
   * Serving a person of the row does not make the row a department's own. The department must be asked in it,
   * or the row must be its own file. The keeper has all rows as its own. A window sees the files of the
   * persons whom it serves.
   */
  readonly onRequest?: { readonly keeper: ViewerName };
  /**
   * The row is seen as its parent is: the parent's record type, and the column that holds the parent's id.
   */
  readonly parent?: { readonly record: string; readonly by: PgColumn };
  /**
   * The day from which a row is published, or that all rows are. It rules viewers who see the type only
   * through fields of class PUBLIC, and every viewer where the row is bound to no place. A type with fields
   * of class PUBLIC must say it.
   */
  readonly published?: { readonly on: PgColumn } | 'ALL_ROWS';
  /** Bound to no place: every row for every viewer whose cell is F or M. */
  readonly everywhere?: true;
  /** This viewer sees the rows only when the person's post has this function. */
  readonly post?: { readonly viewer: ViewerName; readonly function: PostFunction };
  /** True in rows of a shielded person. Only the viewers of `shieldOpenTo` see these rows. */
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

/** Rows about persons: placed by the columns that they carry, and hidden where the person is shielded. */
export const ofPerson = (table: PlacedPerson, subjects: NonNullable<Carriers['subjects']>): Carriers => ({
  territory: placeOf(table),
  subjects,
  shield: table.shielded,
});
