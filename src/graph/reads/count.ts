import { type SQL, sql } from 'drizzle-orm';
import type { RecordModel } from '../../contract/model/record.ts';
import { mayBeAsked } from '../../database/rows/asked.ts';
import { totalsOf } from '../../database/rows/row-totals.ts';
import { fromTable, namedColumn } from '../../database/rows/scope-sql.ts';
import { type ConditionContext, fromSql } from './condition-sql.ts';
import type { Condition, ReadColumn } from './filter.ts';
import { compile, keysSql, matchingSql, type OfParent, type Statement } from './statement.ts';

/** Counts the records that match, in all or for each of several parents (`keys`). */
export function countStatement(
  record: RecordModel,
  by: ReadColumn | null,
  condition: Condition | undefined,
  context: ConditionContext,
): Statement {
  if (by === null) return compile(record.store, countSql(record, null, condition, 'int', context));
  const where = matchingSql(record, condition, context);
  const from = fromSql(record, 't', context);
  const column = namedColumn('t', by.name);
  return compile(
    record.store,
    sql`select ${column} as "$parent", count(*)::int as "count" from ${from} where ${column} = any(${keysSql(by.type)}) and ${where} group by 1`,
  );
}

/**
 * How many records match, in all or of a parent, as a column `count`. Without a filter the database may know it
 * (`totalsOf`).
 */
export function countSql(
  record: RecordModel,
  of: OfParent | null,
  condition: Condition | undefined,
  type: 'int' | 'text',
  context: ConditionContext,
): SQL {
  const as = sql.raw(`::${type} as "count"`);
  const isWhole = !of && (!condition || (condition.kind === 'and' && condition.parts.length === 0));
  const totals =
    isWhole && !mayBeAsked(record, context) && totalsOf(record, 't', context.viewer, context.model);
  if (totals)
    return sql`select coalesce(sum("t"."total"), 0)${as} from ${fromTable(totals.table, 't')} where ${totals.groups}`;
  const ofParent = of ? sql`${namedColumn('t', of.by.name)} = ${of.parent} and ` : sql``;
  return sql`select count(*)${as} from ${fromSql(record, 't', context)} where ${ofParent}${matchingSql(record, condition, context)}`;
}
