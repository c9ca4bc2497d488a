import { Placeholder, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { aliased, fromTable, ownSql } from '../../access/scope-sql.ts';
import { getRecord, type RecordModel } from '../model/record.ts';
import { type ConditionContext, conditionSql, visibleSql } from './condition-sql.ts';
import type { Condition } from './filter.ts';
import { keysetSql, type Order, orderBySql } from './order.ts';
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

const dialect = new PgDialect();

/** Compiles SQL once; from then on only names of parameters are looked at. */
function compile(store: string, query: SQL): Statement {
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
  const query = sql`select ${rowSql(record, selection, window.order, context)} from ${sourceSql(record, selection, context)}${window.order.source ?? sql``} where ${restrict(record, window, condition, context)} order by ${orderBySql(window.order, window.reversed, context)} limit ${sql.placeholder('limit')}::int`;
  return compile(record.store, query);
}

/** Reads a page for each of several parents (`keys`): one statement whatever their number. */
export function childPageStatement(
  record: RecordModel,
  by: string,
  selection: Selection,
  window: Window,
  condition: Condition | undefined,
  context: ConditionContext,
): Statement {
  const column = getColumn(record, by);
  const inner = sql`select ${rowSql(record, selection, window.order, context)} from ${sourceSql(record, selection, context)}${window.order.source ?? sql``} where ${aliased('t', column)} = "k"."key" and ${restrict(record, window, condition, context)} order by ${orderBySql(window.order, window.reversed, context)} limit ${sql.placeholder('limit')}::int`;
  const query = sql`select "k"."key" as "$parent", "c".* from unnest(${keysSql(column.getSQLType())}) "k"("key") cross join lateral (${inner}) "c"`;
  return compile(record.store, query);
}

/** Reads records by id (`keys`). */
export function byIdStatement(
  record: RecordModel,
  selection: Selection,
  context: ConditionContext,
): Statement {
  const query = sql`select ${rowSql(record, selection, null, context)} from ${sourceSql(record, selection, context)} where "t"."id" = any(${keysSql(record.keyType)}) and ${visibleSql(record, 't', context)}`;
  return compile(record.store, query);
}

/** Reads the record of a presented `number`; shielded ones come back marked, for the caller to refuse. */
export function presentedStatement(
  record: RecordModel,
  property: string,
  selection: Selection,
  context: ConditionContext,
): Statement {
  const { shielded } = record.source.scope;
  const mark = shielded ? aliased('t', shielded) : sql`false`;
  const reach = context.viewer.kind === 'RECEPTION_CENTRE' ? sql`true` : visibleSql(record, 't', context);
  const query = sql`select ${rowSql(record, selection, null, context)}, ${mark} as "$shielded" from ${sourceSql(record, selection, context)} where ${aliased('t', getColumn(record, property))} = ${sql.placeholder('number')}::text and (${mark} or ${reach}) order by "t"."id" limit 1`;
  return compile(record.store, query);
}

/** Counts the records that match, in all or for each of several parents (`keys`). */
export function countStatement(
  record: RecordModel,
  by: string | null,
  condition: Condition | undefined,
  context: ConditionContext,
): Statement {
  const where = sql`${visibleSql(record, 't', context)}${condition ? sql` and ${conditionSql(condition, 't', context)}` : sql``}`;
  const from = fromTable(record.source.table, 't');
  if (by === null)
    return compile(record.store, sql`select count(*)::int as "count" from ${from} where ${where}`);
  const column = getColumn(record, by);
  return compile(
    record.store,
    sql`select ${aliased('t', column)} as "$parent", count(*)::int as "count" from ${from} where ${aliased('t', column)} = any(${keysSql(column.getSQLType())}) and ${where} group by 1`,
  );
}

/** The keys of a column among the matching records: one side of a semi-join between servers. */
export function keySetStatement(
  record: RecordModel,
  property: string,
  condition: Condition,
  context: ConditionContext,
): Statement {
  const column = getColumn(record, property);
  return compile(
    record.store,
    sql`select distinct ${aliased('t', column)} as "id" from ${fromTable(record.source.table, 't')} where ${aliased('t', column)} is not null and ${visibleSql(record, 't', context)} and ${conditionSql(condition, 't', context)} order by 1 limit ${sql.placeholder('limit')}::int`,
  );
}

/** The smallest value of related records for each record they belong to: an order between servers. */
export function smallestValuesStatement(
  related: NonNullable<Order['related']>,
  context: ConditionContext,
): Statement {
  const { record, by, column } = related;
  const key = aliased('t', by);
  const value = aliased('t', column);
  return compile(
    record.store,
    sql`select ${key} as "id", min(${value})::text as "value" from ${fromTable(record.source.table, 't')} where ${key} is not null and ${visibleSql(record, 't', context)} group by 1 limit ${sql.placeholder('limit')}::int`,
  );
}

function getColumn(record: RecordModel, property: string) {
  const column = record.columns[property];
  if (!column) throw new Error(`${record.name} has no property ${property}.`);
  return column;
}

const keysSql = (type: string): SQL => sql`${sql.placeholder('keys')}${sql.raw(`::${type}[]`)}`;

function rowSql(
  record: RecordModel,
  selection: Selection,
  order: Order | null,
  context: ConditionContext,
): SQL {
  const list = selectList(projectionOf(record, selection, context.viewer));
  // The place in the list goes into cursors, as text; the id is there already.
  return order?.type ? sql`${list}, (${order.value(context)})::text as "$order"` : list;
}

function sourceSql(record: RecordModel, selection: Selection, { viewer, model }: ConditionContext): SQL {
  const from = fromTable(record.source.table, 't');
  if (!projectionOf(record, selection, viewer).needsOwn) return from;
  // `offset 0` keeps the planner from asking again for each column.
  const own = ownSql(record.source, 't', viewer, (name) => getRecord(model, name).source);
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
