import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Model, RecordField, RecordModel } from '../../contract/model/record.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { quotedTableOf, tableNameOf } from '../../store/table-name.ts';
import type { ColumnPlan } from '../columns/column-plan.ts';
import { snake } from '../columns/planned-column.ts';
import { columnsOf } from '../wall/policy-sql.ts';
import { namedColumn } from './scope-sql.ts';
import type { ViewerClass } from './viewer-class.ts';

// Who is asked about a record sees little of it (dossier §6.2, R2). The rows and values come from a view of the second
// wall, one a record type and viewer: the table itself stays closed, and nobody's cells open by being asked.

interface AskedContext {
  readonly model: Model;
  readonly plan: ColumnPlan;
  readonly viewer: ViewerClass;
}

/** How records of a type are asked about: the asking records, and which of their columns holds the ids. */
export interface AskedWay {
  readonly asking: RecordModel;
  readonly by: PgColumn;
}

/** In the rows of `withAsked`: true where the viewer sees the row for being asked about it, and for nothing else. */
export const askedMark = (alias: string): SQL => namedColumn(alias, '$asked');

export const mayBeAsked = (record: RecordModel, { viewer }: Pick<AskedContext, 'viewer'>): boolean =>
  record.access[viewer.department].isAsked;

export function askedWays(record: RecordModel, model: Model): AskedWay[] {
  return [...model.values()].flatMap((asking) => {
    const by = asking.source.scope.asked?.opens[record.name];
    return by ? [{ asking, by }] : [];
  });
}

/** `sealed.asked_permit_application__labour`. */
export const askedView = (record: RecordModel, viewer: ViewerName): string =>
  `sealed.asked_${snake(record.name)}__${viewer.toLowerCase()}`;

/** The column of the view for a field that is shown for being asked alone; undefined for any other. */
export function askedColumn(field: RecordField): string | undefined {
  if (!field.rule.asked || (field.kind !== 'column' && field.kind !== 'link')) return undefined;
  return `${field.column.name}__asked`;
}

/** The columns of the view: by the name under which the viewer reads the value in its own rows too, where it does. */
export function askedColumns(
  record: RecordModel,
  viewer: ViewerName,
  { model, plan }: Pick<AskedContext, 'model' | 'plan'>,
): ReadonlyMap<string, PgColumn> {
  const columns = new Map<string, PgColumn>();
  for (const field of record.fields.values()) {
    const own = askedColumn(field);
    if (!own || (field.kind !== 'column' && field.kind !== 'link')) continue;
    const { decision } = field.access[viewer];
    columns.set(decision === 'CLEAR' ? plan.clear(field.rule.coordinate) : own, field.column);
  }
  // A link that is shown can be followed backwards, by a column of that relation.
  const linked = new Set(columns.values());
  for (const other of model.values())
    for (const field of other.fields.values()) {
      if (field.kind !== 'many' || field.type !== record.name) continue;
      const by = record.columns[field.by];
      if (by && linked.has(by) && field.access[viewer].decision === 'CLEAR')
        columns.set(plan.clear(field.rule.coordinate), by);
    }
  return columns;
}

/** The table with what the viewer may read of it, and behind it the rows that it is only asked about. */
export function withAsked(record: RecordModel, alias: string, context: AskedContext): SQL {
  const { plan, viewer } = context;
  const planned = plan.tables.get(tableNameOf(record.source.table));
  if (!planned) throw new Error(`No columns are planned for ${record.name}.`);
  const types = new Map(
    Object.values(getTableColumns(record.source.table)).map((c) => [c.name, c.getSQLType()]),
  );
  for (const { name, type } of planned.added.values()) types.set(name, type);
  const shown = askedColumns(record, viewer.department, context);
  const readable = columnsOf(planned, viewer.department);
  const names = [...new Set([...readable, ...shown.keys()])];
  const nothing = (name: string) => `null::${types.get(name) ?? shown.get(name)?.getSQLType()}`;
  const own = names.map((n) => `${readable.includes(n) ? `"${n}"` : nothing(n)} as "${n}"`);
  const asked = names.map((n) => `${n === 'id' || shown.has(n) ? `"${n}"` : nothing(n)} as "${n}"`);
  return sql.raw(
    `(select ${own.join(', ')}, false as "$asked" from ${quotedTableOf(record.source.table)} union all select ${asked.join(', ')}, true from ${askedView(record, viewer.department)}) "${alias}"`,
  );
}
