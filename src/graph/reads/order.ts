import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { getRecord, type RecordField, type RecordModel } from '../../contract/model/record.ts';
import { orderValue } from '../../contract/sdl/derived.ts';
import type { ColumnPlan } from '../../database/columns/column-plan.ts';
import { sqlTypeOf } from '../../database/columns/sql-types.ts';
import { mayBeAsked } from '../../database/rows/asked.ts';
import { namedColumn } from '../../database/rows/scope-sql.ts';
import { nameOrder } from '../../store/name-order.ts';
import { type ConditionContext, fromSql, visibleSql } from './condition-sql.ts';
import { computedSql } from './projection.ts';

/** The order of a list: a value and the id that breaks ties. */
export interface Order {
  /** Equal keys make equal SQL. */
  readonly key: string;
  readonly direction: 'asc' | 'desc';
  /** SQL type of the value; null when only the id orders. */
  readonly type: string | null;
  readonly nullable: boolean;
  /** The value over the alias `t`. */
  readonly value: (context: ConditionContext) => SQL;
  /** For an order by related records: where they are. */
  readonly related?: { readonly record: RecordModel; readonly by: string; readonly column: string };
  /** A further source that the value needs, joined to `t`. */
  readonly source?: SQL;
}

const byId = (direction: 'asc' | 'desc'): Order => ({
  key: `id ${direction}`,
  direction,
  type: null,
  nullable: false,
  value: () => sql.raw('"t"."id"'),
});

/** Reads an `XOrder` input; without one the record's own default order. */
export function readOrder(
  record: RecordModel,
  input: { readonly field: string; readonly direction?: string | null } | null | undefined,
  context: ConditionContext,
): Order {
  const direction = input?.direction === 'DESC' ? 'desc' : 'asc';
  // A row that the viewer is only asked about lacks values that every stored one has.
  const lacks = mayBeAsked(record, context);
  if (!input) {
    const { defaultOrder } = record.source;
    // The order of a list tells what it is ordered by: by a value only that the viewer sees in clear.
    const shown = defaultOrder && clearName(record, defaultOrder.column, context);
    return shown ? byColumn(record, defaultOrder.column, shown, defaultOrder.direction, lacks) : byId('asc');
  }
  if (input.field === 'ID') return byId(direction);
  for (const field of record.fields.values()) {
    if (field.kind === 'column' && orderValue(field.name) === input.field)
      return byColumn(record, field.column, context.plan.clear(field.rule.coordinate), direction, lacks);
    if (field.kind === 'computed' && orderValue(field.name) === input.field)
      return {
        key: `${field.name} ${direction}`,
        direction,
        type: sqlTypeOf(field.type),
        nullable: true,
        value: (at) => sql`(${computedSql(field, field.name, 't', at)})`,
      };
    if (field.kind !== 'many') continue;
    const target = getRecord(context.model, field.type);
    const ordering = [...target.fields.values()].find((f) => orderValue(field.name, f.name) === input.field);
    if (ordering?.kind === 'column')
      return bySmallestRelated(field, target, ordering, direction, context.plan);
  }
  throw new Error(`${record.name} cannot be ordered by ${input.field}.`);
}

/** By which column the viewer reads a column's field in clear; undefined when it does not. */
function clearName(record: RecordModel, column: PgColumn, { viewer, plan }: ConditionContext) {
  for (const field of record.fields.values()) {
    if (field.kind !== 'column' || field.column !== column) continue;
    const { decision, own } = field.access[viewer.department];
    const isClear = decision === 'CLEAR' && (!own || record.access[viewer.department].rows === 'OWN');
    return isClear ? plan.clear(field.rule.coordinate) : undefined;
  }
  return undefined;
}

/** @param name of the column by which it is read */
function byColumn(
  record: RecordModel,
  column: PgColumn,
  name: string,
  direction: 'asc' | 'desc',
  lacks: boolean,
): Order {
  const value = namedColumn('t', name);
  const names = column.getSQLType() === 'text' && column.name.endsWith('name');
  const persons = [...record.fields.values()].some(
    (field) => field.kind === 'column' && field.column === column && field.reading === 'NAME',
  );
  return {
    key: `${column.name} ${direction}`,
    direction,
    type: column.getSQLType(),
    nullable: lacks || !column.notNull,
    // People look names up in pinyin order.
    value: () => (persons ? nameOrder(value) : names ? sql`${value} collate "zh-x-icu"` : value),
  };
}

/** Orders by the smallest value among the related records that the viewer may see. */
function bySmallestRelated(
  relation: RecordField,
  target: RecordModel,
  ordering: RecordField & { kind: 'column' },
  direction: 'asc' | 'desc',
  plan: ColumnPlan,
): Order {
  const by = plan.clear(relation.rule.coordinate);
  const column = plan.clear(ordering.rule.coordinate);
  return {
    key: `${relation.name}.${ordering.name} ${direction}`,
    direction,
    type: ordering.column.getSQLType(),
    nullable: true,
    related: { record: target, by, column },
    value: (context) =>
      sql`(select min(${namedColumn('o', column)}) from ${fromSql(target, 'o', context)} where ${namedColumn('o', by)} = "t"."id" and ${visibleSql(target, 'o', context)})`,
  };
}

/**
 * The same order when the related records are on another server: their smallest values are read there first
 * (`related_keys`, `related_values`) and joined here.
 */
export function acrossServers(order: Order, idType: string): Order {
  const keys = sql`${sql.placeholder('related_keys')}${sql.raw(`::${idType}[]`)}`;
  const values = sql`${sql.placeholder('related_values')}${sql.raw(`::${order.type}[]`)}`;
  return {
    ...order,
    key: `${order.key} across`,
    source: sql` left join unnest(${keys}, ${values}) "rel"("key", "value") on "rel"."key" = "t"."id"`,
    value: () => sql.raw('"rel"."value"'),
  };
}

/** `order by` of a page; read from the end when `reversed`. */
export function orderBySql(order: Order, reversed: boolean, context: ConditionContext): SQL {
  const ascending = (order.direction === 'asc') !== reversed;
  const way = sql.raw(ascending ? 'asc' : 'desc');
  if (order.type === null) return sql`"t"."id" ${way}`;
  const nulls = order.nullable ? sql.raw(reversed ? ' nulls first' : ' nulls last') : sql``;
  return sql`${order.value(context)} ${way}${nulls}, "t"."id" ${way}`;
}

/**
 * Rows after a place in the list (parameters `cursor_value`, `cursor_id`); before it when `reversed`.
 * @param atNull the place's value is not recorded; such rows stand last
 */
export function keysetSql(
  order: Order,
  reversed: boolean,
  atNull: boolean,
  idType: string,
  context: ConditionContext,
): SQL {
  const ascending = (order.direction === 'asc') !== reversed;
  const than = sql.raw(ascending ? '>' : '<');
  const id = sql`${sql.placeholder('cursor_id')}${sql.raw(`::${idType}`)}`;
  if (order.type === null) return sql`"t"."id" ${than} ${id}`;
  const value = order.value(context);
  const at = sql`${sql.placeholder('cursor_value')}${sql.raw(`::${order.type}`)}`;
  if (!order.nullable) return sql`(${value}, "t"."id") ${than} (${at}, ${id})`;
  const tie = sql`"t"."id" ${than} ${id}`;
  if (atNull) return reversed ? sql`(${value} is not null or ${tie})` : sql`(${value} is null and ${tie})`;
  const beyond = sql`${value} ${than} ${at} or (${value} = ${at} and ${tie})`;
  return reversed ? sql`(${beyond})` : sql`(${beyond} or ${value} is null)`;
}
