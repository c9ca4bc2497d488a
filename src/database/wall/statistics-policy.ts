import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { type MeasureRules, measureDenial } from '../../contract/policy/measures.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { quotedTableOf, tableNameOf } from '../../store/table-name.ts';
import { policyStatements, type RowPolicy } from './policy-sql.ts';
import { roleOf } from './roles.ts';

/** What the second wall holds of statistics: whose cells a role reads is said by the measure of the row. */
export interface StatisticsWall {
  readonly measures: MeasureRules;
  readonly tables: { readonly snapshots: PgTable; readonly cells: PgTable };
}

/** The policies of the statistics' tables, by table. */
export function statisticsPolicies({ measures, tables }: StatisticsWall): Map<string, RowPolicy[]> {
  const readers = readersOf(measures);
  const roles = readers.map(roleOf);
  const byMeasures = Map.groupBy(readers, (name) => measuresOf(measures, name).join("', '"));
  const cells = [...byMeasures].map(([list, seers], i) => ({
    name: `rows ${i + 1}`,
    roles: seers.map(roleOf),
    condition: `"measure" in ('${list}') and coalesce(current_setting('laihu.subdistrict', true), '') in ('', "subdistrict_code")`,
  }));
  return new Map([
    [tableNameOf(tables.cells), cells],
    [tableNameOf(tables.snapshots), [{ name: 'rows 1', roles, condition: 'true' }]],
  ]);
}

/** Rows and columns of the statistics' tables for each role, as statements. */
export function statisticsStatements(wall: StatisticsWall, owner: string): string[] {
  const policies = statisticsPolicies(wall);
  const everyReader = readersOf(wall.measures)
    .map((name) => `"${roleOf(name)}"`)
    .join(', ');
  return Object.values(wall.tables).flatMap((table: PgTable) => {
    const name = quotedTableOf(table);
    const columns = columnsOf(table).map((column) => `"${column}"`);
    return [
      ...policyStatements(name, policies.get(tableNameOf(table))!, owner),
      `grant select (${columns.join(', ')}) on ${name} to ${everyReader}`,
    ];
  });
}

/** The grants of these statements, as the lint of the catalogues writes them. */
export function statisticsGrants({ measures, tables }: StatisticsWall): string[] {
  return readersOf(measures).flatMap((name) =>
    Object.values(tables).flatMap((table: PgTable) =>
      columnsOf(table).map((column) => `${roleOf(name)} may SELECT ${tableNameOf(table)}.${column}`),
    ),
  );
}

const readersOf = (measures: MeasureRules): ViewerName[] =>
  viewers.map(({ name }) => name).filter((name) => measuresOf(measures, name).length > 0);

/** The counted measures that a viewer reads anything of. */
function measuresOf(measures: MeasureRules, viewer: ViewerName): string[] {
  return [...measures.values()]
    .filter((rule) => !rule.of && measureDenial(rule, viewer) === null)
    .map(({ name }) => name);
}

const columnsOf = (table: PgTable): string[] => Object.values(getTableColumns(table)).map(({ name }) => name);
