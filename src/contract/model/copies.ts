import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/**
 * What rows of a table carry of other rows, where the columns of the row scope do not say it. All of it is kept
 * true by the database (`src/database/copies/`). A row about a person carries the territory of the first person
 * that its row scope names, and is shielded when one of its persons is; nothing need be said for that.
 */
export interface Copies {
  /**
   * Rows of another table of the store whose persons' shield hides the row too: those in which `its` is equal to
   * `own`. The members of a household, the applicant of an application.
   */
  readonly shieldedWith?: {
    readonly own: PgColumn;
    readonly its: PgColumn;
    readonly person: PgColumn;
    /** Over the other table's columns; all of its rows without it. */
    readonly where?: SQL;
  };
  /**
   * The row is a part of a row of another table of the store, whose id is in `by`. It carries the columns of that
   * row, persons and shield among them, and nothing of the register.
   */
  readonly of?: {
    readonly by: PgColumn;
    readonly id: PgColumn;
    readonly columns: readonly (readonly [own: PgColumn, its: PgColumn])[];
  };
  /** Rows that open neighbourhoods to a coordinator, from a day on and up to a day. */
  readonly areas?: {
    readonly holder: PgColumn;
    readonly neighbourhoods: PgColumn;
    readonly startsOn: PgColumn;
    readonly endsOn: PgColumn;
  };
  /**
   * The register of persons: each has the territory of one stay. It is the first, in `order`, of the stays that
   * are `open`.
   */
  readonly stays?: {
    readonly person: PgColumn;
    readonly id: PgColumn;
    /** The column of the register that holds the id of the stay. */
    readonly current: PgColumn;
    /** Over the columns of the stays. */
    readonly open: SQL;
    /** The columns that order them, greatest first. */
    readonly order: readonly PgColumn[];
  };
}
