import { getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { type MeasureRules, measureDenial } from '../measures.ts';
import { roleOf } from './roles.ts';

/** What the second wall holds of statistics: whose cells a role reads is said by the measure of the row. */
export interface StatisticsWall {
  readonly measures: MeasureRules;
  readonly tables: { readonly snapshots: PgTable; readonly cells: PgTable };
}

/** Rows and columns of the statistics' tables for each role, as statements. */
export function statisticsStatements({ measures, tables }: StatisticsWall, owner: string): string[] {
  const readers = viewers.filter(({ name }) => measuresOf(measures, name).length > 0);
  const everyReader = readers.map(({ name }) => `"${roleOf(name)}"`).join(', ');
  const cells = nameOf(tables.cells);
  const snapshots = nameOf(tables.snapshots);
  const statements = [tables.cells, tables.snapshots].flatMap((table) => {
    const columns = columnsOf(table).map((column) => `"${column}"`);
    return [
      `alter table ${nameOf(table)} enable row level security`,
      `alter table ${nameOf(table)} force row level security`,
      `create policy "owner" on ${nameOf(table)} to "${owner}" using (true) with check (true)`,
      `grant select (${columns.join(', ')}) on ${nameOf(table)} to ${everyReader}`,
    ];
  });
  statements.push(`create policy "rows 1" on ${snapshots} for select to ${everyReader} using (true)`);
  let n = 0;
  for (const [list, seers] of Map.groupBy(readers, ({ name }) => measuresOf(measures, name).join("', '"))) {
    n += 1;
    const roles = seers.map(({ name }) => `"${roleOf(name)}"`).join(', ');
    statements.push(
      `create policy "rows ${n}" on ${cells} for select to ${roles} using ("measure" in ('${list}') and coalesce(current_setting('laihu.subdistrict', true), '') in ('', "subdistrict_code"))`,
    );
  }
  return statements;
}

/** The grants of these statements, as the lint of the catalogues writes them. */
export function statisticsGrants({ measures, tables }: StatisticsWall): string[] {
  return viewers
    .filter(({ name }) => measuresOf(measures, name).length > 0)
    .flatMap(({ name }) =>
      [tables.cells, tables.snapshots].flatMap((table) =>
        columnsOf(table).map((column) => `${roleOf(name)} may SELECT ${plainName(table)}.${column}`),
      ),
    );
}

/** The counted measures that a viewer reads anything of. */
function measuresOf(measures: MeasureRules, viewer: ViewerName): string[] {
  return [...measures.values()]
    .filter((rule) => !rule.of && measureDenial(rule, viewer) === null)
    .map(({ name }) => name);
}

const columnsOf = (table: PgTable): string[] => getTableConfig(table).columns.map(({ name }) => name);
const plainName = (table: PgTable) => `${getTableConfig(table).schema}.${getTableName(table)}`;
const nameOf = (table: PgTable) => `"${getTableConfig(table).schema}"."${getTableName(table)}"`;
