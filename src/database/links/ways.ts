import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { branchOfSql } from '../../identity/holders.ts';
import type { CopyingStore } from '../copies/carried.ts';
import { aliased } from '../rows/scope-sql.ts';

/** A store's records as the links need them. */
export type LinkedStore = CopyingStore;

/** One way in which the rows of a table link persons to a holder. */
export interface LinkWay {
  readonly table: PgTable;
  /** The holder, where it is the same for all rows. */
  readonly unit: string | undefined;
  /** The holder, over an alias of the table. */
  readonly holder: (alias: string) => SQL;
  readonly subject: PgColumn;
  /** The last day of the link, null while it lasts, over an alias of the table. */
  readonly until: (alias: string) => SQL;
  /** The columns that say all of it. */
  readonly columns: readonly PgColumn[];
}

const register = 'public_security';

/** How the rows of a store make links (dossier §6.3). */
export function linkWays({ store, unit, records }: LinkedStore): LinkWay[] {
  const ways: LinkWay[] = [];
  const always = () => sql`null::date`;
  for (const { table, scope } of Object.values(records)) {
    const forUnit = (subject: PgColumn, closing?: Closing) =>
      ways.push({
        table,
        unit,
        holder: () => sql`${sql.raw(`'${unit}'`)}::text`,
        subject,
        until: closing ? until(closing) : always,
        columns: [subject, ...(closing?.closedOn ? [closing.closedOn] : [])],
      });
    const forColumn = (
      column: PgColumn,
      holder: (alias: string) => SQL,
      subject: PgColumn,
      closing: Closing,
    ) =>
      ways.push({
        table,
        unit: undefined,
        holder,
        subject,
        until: until(closing),
        columns: [column, subject, ...(closing.closedOn ? [closing.closedOn] : [])],
      });
    // The register knows everybody: standing in it makes nobody a department's own.
    if (store !== register)
      for (const subject of [scope.subjects, scope.serves, scope.concerns].flatMap((ids) => ids ?? []))
        forUnit(subject);
    const { window, task } = scope;
    for (const subject of scope.subjects ?? [])
      if (window) forColumn(window.unit, (alias) => aliased(alias, window.unit), subject, window);
    if (task) {
      const { assignee, subject, subdistrict } = task;
      forColumn(assignee, (alias) => sql`${aliased(alias, assignee)}::text`, subject, task);
      forUnit(subject, task);
      forColumn(subdistrict, (alias) => branchOfSql(aliased(alias, subdistrict)), subject, task);
    }
  }
  return ways;
}

interface Closing {
  readonly closedOn?: PgColumn;
  readonly days: number;
}

const until =
  ({ closedOn, days }: Closing) =>
  (alias: string): SQL =>
    closedOn ? sql`${aliased(alias, closedOn)} + ${sql.raw(String(days))}` : sql`null::date`;
