import { Placeholder, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { RecordModel } from '../../contract/model/record.ts';
import { takeInFunction } from '../../database/doing/taking-in.ts';
import { areas } from '../../database/links/tables.ts';
import { namedColumn } from '../../database/rows/scope-sql.ts';
import { ownRows } from '../../database/rows/visible-rows.ts';
import { presentFunction } from '../../database/wall/policy-sql.ts';
import { today } from '../../store/today.ts';
import { type ConditionContext, conditionSql, fromSql, visibleSql } from './condition-sql.ts';
import type { Condition, ReadColumn } from './filter.ts';
import { keysetSql, type Order, orderBySql } from './order.ts';
import { isWalkable, walkedPage } from './ordered-walk.ts';
import { projectionOf, selectList } from './projection.ts';
import type { Selection } from './selection.ts';

/** A statement made once and run many times: text and the names of its parameters in order. */
export interface Statement {
  readonly store: string;
  readonly text: string;
  readonly parameters: readonly string[];
}

/** The part of a list that a page shows. */
export interface Window {
  readonly order: Order;
  readonly reversed: boolean;
  /** Whether the page starts at a cursor, and whether the value there is recorded. */
  readonly from: 'start' | 'value' | 'null';
}

/** The parent of a list: the column that holds its id, and the id. */
export interface OfParent {
  readonly by: ReadColumn;
  readonly parent: SQL;
}

const dialect = new PgDialect();

/** Compiles SQL once; from then on only names of parameters are looked at. */
export function compile(store: string, query: SQL): Statement {
  const { sql: text, params } = dialect.sqlToQuery(query);
  const parameters = params.map((p) => {
    if (p instanceof Placeholder) return p.name;
    throw new Error(`A value stands in a statement of store ${store}; it belongs into a parameter.`);
  });
  return { store, text, parameters };
}

/** Reads a page of a record type: parameters `limit`, `f0`…, cursor, scope. */
export function pageStatement(
  record: RecordModel,
  selection: Selection,
  window: Window,
  condition: Condition | undefined,
  context: ConditionContext,
): Statement {
  return compile(record.store, pageSql(record, null, selection, window, condition, context));
}

/** The rows of one page (`limit`): of all records, or of those whose column holds a parent's id. */
export function pageSql(
  record: RecordModel,
  of: OfParent | null,
  selection: Selection,
  window: Window,
  condition: Condition | undefined,
  context: ConditionContext,
): SQL {
  const { order, reversed } = window;
  const rows = (by: Order, where: SQL) =>
    sql`select ${rowSql(record, selection, by, context)} from ${sourceSql(record, selection, context)}${order.source ?? sql``} where ${where}`;
  const listed = restrict(record, window, condition, context);
  const page = (where: SQL) =>
    sql`${rows(order, where)} order by ${orderBySql(order, reversed, context)} limit ${sql.placeholder('limit')}::int`;
  if (of) return page(sql`${namedColumn('t', of.by.name)} = ${of.parent} and ${listed}`);
  if (!isWalkable(record, window, condition, context)) return page(listed);
  const matching = matchingSql(record, condition, context);
  const parts = {
    row: (id: SQL, by: Order) => rows(by, sql`"t"."id" = ${id} and ${matching}`),
    otherwise: (when: SQL) => page(sql`${listed} and ${when}`),
  };
  return walkedPage({ record, window, condition, ...parts }, context);
}

/** Reads a page for each of several parents (`keys`): one statement whatever their number. */
export function childPageStatement(
  record: RecordModel,
  by: ReadColumn,
  selection: Selection,
  window: Window,
  condition: Condition | undefined,
  context: ConditionContext,
): Statement {
  const inner = pageSql(record, { by, parent: sql.raw('"k"."key"') }, selection, window, condition, context);
  const query = sql`select "k"."key" as "$parent", "c".* from unnest(${keysSql(by.type)}) "k"("key") cross join lateral (${inner}) "c"`;
  return compile(record.store, query);
}

/**
 * Reads records by id (`keys`). The list stands in a query of its own: PostgreSQL then knows its length no better when it
 * plans for these values than for any, and keeps the plan. Otherwise each reading of one record is planned anew, which costs
 * ten times what reading it does (bench/RESULTS.md).
 */
export function byIdStatement(
  record: RecordModel,
  selection: Selection,
  context: ConditionContext,
): Statement {
  const isAsked = sql`"t"."id" = any((select ${keysSql(record.keyType)})${sql.raw(`::${record.keyType}[]`)})`;
  return compile(record.store, recordSql(record, isAsked, selection, context));
}

/** Which of some ids (`keys`) are those of records that the viewer sees. */
export function visibleStatement(record: RecordModel, context: ConditionContext): Statement {
  const query = sql`select "t"."id"::text as "id" from ${fromSql(record, 't', context)} where "t"."id" = any(${keysSql(record.keyType)}) and ${visibleSql(record, 't', context)}`;
  return compile(record.store, query);
}

/** The rows of a record type for which a condition over `t` is true. */
export const recordSql = (
  record: RecordModel,
  condition: SQL,
  selection: Selection,
  context: ConditionContext,
): SQL =>
  sql`select ${rowSql(record, selection, null, context)} from ${sourceSql(record, selection, context)} where ${condition} and ${visibleSql(record, 't', context)}`;

/** Finds the record of a presented `number`: its id, and whether it is shielded, for the caller to refuse. */
export function exactLookupStatement(
  record: RecordModel,
  property: string,
  { viewer }: ConditionContext,
): Statement {
  const find = sql.raw(presentFunction(record, property, viewer.department));
  return compile(record.store, sql`select "id", "shielded" from ${find}(${sql.placeholder('number')}::text)`);
}

/** Finds whom a department takes in who presents a `number`: the id, to refer to in the record that it makes. */
export const takeInStatement = (record: RecordModel, { viewer }: ConditionContext): Statement =>
  compile(
    record.store,
    sql`select "id" from ${sql.raw(takeInFunction(viewer.department))}(${sql.placeholder('number')}::text)`,
  );

/** Whether a row of `t` is in the viewer's scope and matches a filter. */
export const matchingSql = (
  record: RecordModel,
  condition: Condition | undefined,
  context: ConditionContext,
): SQL =>
  sql`${visibleSql(record, 't', context)}${condition ? sql` and ${conditionSql(condition, 't', context)}` : sql``}`;

/** The keys of a column among the matching records: one side of a semi-join between servers. */
export function keySetStatement(
  record: RecordModel,
  name: string,
  condition: Condition,
  context: ConditionContext,
): Statement {
  const column = namedColumn('t', name);
  return compile(
    record.store,
    sql`select distinct ${column} as "id" from ${fromSql(record, 't', context)} where ${column} is not null and ${visibleSql(record, 't', context)} and ${conditionSql(condition, 't', context)} order by 1 limit ${sql.placeholder('limit')}::int`,
  );
}

/** Ids of matching records, up to a number of them (`limit`) and in no order. */
export function matchStatement(
  record: RecordModel,
  condition: Condition,
  context: ConditionContext,
): Statement {
  return compile(
    record.store,
    sql`select "t"."id" as "id" from ${fromSql(record, 't', context)} where ${visibleSql(record, 't', context)} and ${conditionSql(condition, 't', context)} limit ${sql.placeholder('limit')}::int`,
  );
}

/** The neighbourhoods of a coordinator, as a store's row scopes have them. */
export const areasStatement = (store: string): Statement =>
  compile(
    store,
    sql`select ${areas.neighbourhoodCode} as "code" from ${areas} where ${areas.holder} = ${sql.placeholder('holder')} and (${areas.until} is null or ${areas.until} >= ${today})`,
  );

/** The smallest value of related records for each record they belong to: an order between servers. */
export function smallestValuesStatement(
  related: NonNullable<Order['related']>,
  context: ConditionContext,
): Statement {
  const { record, by, column } = related;
  const key = namedColumn('t', by);
  const value = namedColumn('t', column);
  return compile(
    record.store,
    sql`select ${key} as "id", min(${value})::text as "value" from ${fromSql(record, 't', context)} where ${key} is not null and ${visibleSql(record, 't', context)} group by 1 limit ${sql.placeholder('limit')}::int`,
  );
}

export const keysSql = (type: string): SQL => sql`${sql.placeholder('keys')}${sql.raw(`::${type}[]`)}`;

function rowSql(
  record: RecordModel,
  selection: Selection,
  order: Order | null,
  context: ConditionContext,
): SQL {
  const list = selectList(projectionOf(record, selection, context));
  // The place in the list goes into cursors, as text; the id is there already.
  return order?.type ? sql`${list}, (${order.value(context)})::text as "$order"` : list;
}

function sourceSql(record: RecordModel, selection: Selection, context: ConditionContext): SQL {
  const from = fromSql(record, 't', context);
  if (!projectionOf(record, selection, context).needsOwn) return from;
  // `offset 0` keeps the planner from asking again for each column.
  const own = ownRows(record, 't', context.viewer, context.model);
  return sql`${from} cross join lateral (select ${own} as "own" offset 0) "own"`;
}

function restrict(
  record: RecordModel,
  window: Window,
  condition: Condition | undefined,
  context: ConditionContext,
): SQL {
  const parts = [visibleSql(record, 't', context)];
  if (condition) parts.push(conditionSql(condition, 't', context));
  if (window.from !== 'start')
    parts.push(keysetSql(window.order, window.reversed, window.from === 'null', record.keyType, context));
  return sql.join(parts, sql` and `);
}
