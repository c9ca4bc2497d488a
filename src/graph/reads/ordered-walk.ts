import { type SQL, sql } from 'drizzle-orm';
import { getTableConfig, PgDialect } from 'drizzle-orm/pg-core';
import type { RecordModel } from '../../contract/model/record.ts';
import { mayBeAsked } from '../../database/rows/asked.ts';
import { namedColumn } from '../../database/rows/scope-sql.ts';
import { type ConditionContext, conditionSql, fromSql, visibleSql } from './condition-sql.ts';
import { conjuncts } from './conjuncts.ts';
import type { Condition } from './filter.ts';
import type { Order } from './order.ts';
import type { Window } from './statement.ts';

// A list that is ordered by the smallest value of related records need not know that value of every row: the related
// records are walked in the order of their index, and each is followed to the row that it belongs to, until the page
// is full. How far that is depends on the filter, so the walk ends after a number of records; what it has not found by
// then is read as any other list.

/** So many related records are looked at: some 40 ms where none of them leads to a row of the page. */
const mostSteps = 20_000;

/** What is equal to a value of these types is one row, or a few. */
const named = new Set(['ID', 'CitizenId', 'OrgCode', 'RegNo', 'Date', 'DateTime', 'Money', 'Decimal']);

const dialect = new PgDialect();

/** The parts of a page that is walked, as the statement of any page has them. */
export interface WalkedPage {
  readonly record: RecordModel;
  readonly window: Window;
  readonly condition: Condition | undefined;
  /** The row of `t` whose id is given, if it is in the list. */
  readonly row: (id: SQL, order: Order) => SQL;
  /** The page without a walk, when a condition holds. */
  readonly otherwise: (when: SQL) => SQL;
}

/** Whether a page can be walked, and would be the sooner for it. */
export function isWalkable(
  record: RecordModel,
  { order, reversed, from }: Window,
  condition: Condition | undefined,
  context: ConditionContext,
): boolean {
  const { related, source } = order;
  if (!related || source || reversed || from === 'null') return false;
  if (mayBeAsked(record, context) || mayBeAsked(related.record, context)) return false;
  if (condition && namesFew(condition)) return false;
  const place = placeColumns(related.record, context);
  return place !== undefined && hasIndex(related, place);
}

/**
 * A filter by an id, a number or a text matches few rows, which are found sooner by it. Codes and spans of days match many.
 */
function namesFew(condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.some(namesFew);
    case 'related':
      return condition.quantifier === 'some' && namesFew(condition.part);
    case 'compare': {
      const { operand, operator } = condition;
      return (
        operand.reading !== null || ((operator === 'eq' || operator === 'in') && named.has(operand.type))
      );
    }
    case 'keys':
      return true;
    default:
      return false;
  }
}

/** The columns by which the row scope says where a record is; undefined where it looks at other tables. */
function placeColumns(record: RecordModel, context: ConditionContext): Set<string> | undefined {
  const text = dialect.sqlToQuery(visibleSql(record, 'o', context)).sql;
  if (/\bselect\b/i.test(text) || text === 'false') return undefined;
  const columns = new Set([...text.matchAll(/"o"\."([^"]+)"/g)].map(([, column]) => column!));
  const { shielded } = record.source.scope;
  // Few rows are hidden by a shield: they are passed over.
  if (shielded) columns.delete(shielded.name);
  return columns;
}

/** The order of an index is the order of the list: place, value, and the id of the row that breaks ties. */
function hasIndex({ record, keys }: NonNullable<Order['related']>, place: ReadonlySet<string>): boolean {
  const wanted = [...place, ...keys.map(({ name }) => name)];
  return (
    place.size <= 1 &&
    getTableConfig(record.source.table).indexes.some(({ config }) => {
      const names = config.columns.map((column) => ('name' in column ? column.name : undefined));
      return !config.where && wanted.every((name, i) => names[i] === name);
    })
  );
}

/** The rows of a page (`limit`) in the list's order, walked. */
export function walkedPage(
  { record, window, condition, row, otherwise }: WalkedPage,
  context: ConditionContext,
): SQL {
  const { order, from } = window;
  const { related, direction } = order;
  if (!related) throw new Error(`The order of ${record.name} is none by related records.`);
  const way = sql.raw(direction);
  const column = (alias: string, name: string) => namedColumn(alias, name);
  const key = column('o', related.by);
  const value = column('o', related.column);
  const parts = [visibleSql(related.record, 'o', context), sql`${value} is not null and ${key} is not null`];
  if (from === 'value') {
    const at = sql`(${sql.placeholder('cursor_value')}${sql.raw(`::${order.type}`)}, ${sql.placeholder('cursor_id')}${sql.raw(`::${record.keyType}`)})`;
    parts.push(sql`(${value}, ${key}) ${sql.raw(direction === 'asc' ? '>' : '<')} ${at}`);
  }
  const walkable = sql`from ${fromSql(related.record, 'o', context)} where ${sql.join(parts, sql` and `)}`;
  const most = sql.raw(String(mostSteps));
  const limit = sql`${sql.placeholder('limit')}::int`;
  // `limit 1` keeps the planner from joining in an order of its own: what rules out most is asked first.
  const steps = sql`(select ${value} as "value", ${key} as "key", ${column('o', 'id')} as "id" ${walkable} order by 1 ${way}, 2 ${way} limit ${most}) "w"`;
  const some = (condition ? conjuncts(condition) : []).filter(
    (part) => part.kind === 'related' && part.via.direction === 'many',
  );
  const where = some.map((part) => conditionSql(part, 't', context));
  const matched = sql`(select "t"."id" as "key" from (select "w"."key" as "id") "t" where ${where.length > 0 ? sql.join(where, sql` and `) : sql`true`} limit 1) "m"`;
  // A row stands where its smallest value is.
  const smaller = sql`select 1 from ${fromSql(related.record, 'e', context)} where ${column('e', related.by)} = "n"."key" and ${visibleSql(related.record, 'e', context)} and (${column('e', related.column)}, ${column('e', 'id')}) < ("w"."value", "w"."id")`;
  const least = sql`(select "n"."key" from (select "m"."key") "n" where not exists (${smaller}) limit 1) "l"`;
  const walked = { ...order, value: () => sql.raw('"w"."value"') };
  const page = sql`(${row(sql.raw('"l"."key"'), walked)} limit 1) "p"`;
  const walk = sql`select "p".* from ${steps} cross join lateral ${matched} cross join lateral ${least} cross join lateral ${page} order by "w"."value" ${way}, "w"."key" ${way} limit ${limit}`;
  // A short page is whole when nothing was left to walk; a row without related records is not on the way.
  const unseen = some.some((part) => leadsAlong(part, related))
    ? sql` and exists (select 1 ${walkable} offset ${most} limit 1)`
    : sql``;
  const short = sql`select count(*) < ${limit}${unseen} as "short" from "walk"`;
  const isShort = sql.raw('(select "short" from "rest")');
  return sql`select * from (with "walk" as materialized (${walk}), "rest" as materialized (${short}) select * from "walk" where not ${isShort} union all (${otherwise(isShort)})) "u" order by ("u"."$order")${sql.raw(`::${order.type}`)} ${way} nulls last, "u"."id" ${way}`;
}

/** A row for which the condition holds has a related record on the way. */
const leadsAlong = (part: Condition, { record, by, required }: NonNullable<Order['related']>): boolean =>
  part.kind === 'related' &&
  part.quantifier === 'some' &&
  part.record === record &&
  part.via.column.name === by &&
  required;
