import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { quotedTableOf, tableNameOf } from '../../store/table-name.ts';
import { totalsOf } from '../rows/row-totals.ts';
import type { ViewerClass } from '../rows/viewer-class.ts';
import { forEachClass, policyStatements, type RowPolicy } from './policy-sql.ts';
import { roleOf } from './roles.ts';
import { boundToSession } from './settings.ts';

/** Whose role reads which groups of a table of totals: those that the row scope lets it count. */
interface TotalsPolicy {
  readonly table: PgTable;
  readonly policies: readonly RowPolicy[];
}

/** The policies of the tables of totals on a server, by table. */
export function totalsPolicies(model: Model, stores: ReadonlySet<string>): Map<string, TotalsPolicy> {
  const policies = new Map<string, TotalsPolicy>();
  for (const record of model.values()) {
    const { totals: table } = record.source;
    if (!table || !stores.has(record.store)) continue;
    const groups = Map.groupBy(viewers, ({ name }) => groupsOf(record, name, model));
    groups.delete('false');
    const rows = [...groups].map(([condition, seers], i) => ({
      name: `rows ${i + 1}`,
      roles: seers.map((v) => roleOf(v.name)),
      condition,
    }));
    policies.set(tableNameOf(table), { table, policies: rows });
  }
  return policies;
}

/** Row-level security and grants of the tables of totals, as statements. */
export function totalsStatements(model: Model, stores: ReadonlySet<string>, owner: string): string[] {
  return [...totalsPolicies(model, stores).values()].flatMap(({ table, policies }) => [
    ...policyStatements(quotedTableOf(table), policies, owner),
    ...policies.map(
      ({ roles }) =>
        `grant select (${columnsOf(table).map(quoted).join(', ')}) on ${quotedTableOf(table)} to ${roles.map(quoted).join(', ')}`,
    ),
  ]);
}

/** The grants of these statements, as the lint of the catalogues writes them. */
export function totalsGrants(model: Model, stores: ReadonlySet<string>): string[] {
  return [...totalsPolicies(model, stores).values()].flatMap(({ table, policies }) =>
    policies.flatMap(({ roles }) =>
      roles.flatMap((role) =>
        columnsOf(table).map((column) => `${role} may SELECT ${tableNameOf(table)}.${column}`),
      ),
    ),
  );
}

function groupsOf(record: RecordModel, viewer: ViewerName, model: Model): string {
  const ofClass = (viewerClass: ViewerClass) => {
    const totals = totalsOf(record, 't', viewerClass, model);
    // A policy names the columns of its table by the table.
    return totals
      ? boundToSession(totals.groups).replaceAll('"t".', `${quotedTableOf(totals.table)}.`)
      : 'false';
  };
  return forEachClass(viewer, ofClass);
}

const columnsOf = (table: PgTable): string[] => Object.values(getTableColumns(table)).map(({ name }) => name);

const quoted = (name: string): string => `"${name}"`;
