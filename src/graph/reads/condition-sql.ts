import { type SQL, sql } from 'drizzle-orm';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { isFolded } from '../../contract/model/text-reading.ts';
import { isWithheldWhenAsked } from '../../contract/policy/ruled-record.ts';
import type { ColumnPlan } from '../../database/columns/column-plan.ts';
import { comparedAs, sqlTypeOf } from '../../database/columns/sql-types.ts';
import { askedMark, mayBeAsked, withAsked } from '../../database/rows/asked.ts';
import { fromTable, namedColumn } from '../../database/rows/scope-sql.ts';
import type { ViewerClass } from '../../database/rows/viewer-class.ts';
import { visibleRows } from '../../database/rows/visible-rows.ts';
import { folded, foldedAll } from '../../store/folded.ts';
import { today } from '../../store/today.ts';
import type { Condition, Operand } from './filter.ts';
import { computedSql, sealedSql } from './projection.ts';

/** What the SQL of a condition depends on. */
export interface ConditionContext {
  readonly model: Model;
  readonly plan: ColumnPlan;
  readonly viewer: ViewerClass;
}

/** Rows that a viewer may see, of what `fromSql` names. */
export function visibleSql(record: RecordModel, alias: string, context: ConditionContext): SQL {
  const rows = visibleRows(record, alias, context.viewer, context.model);
  return mayBeAsked(record, context) ? sql`(${rows} or ${askedMark(alias)})` : rows;
}

/** A record type's rows under an alias: the table, and behind it those that the viewer is only asked about. */
export const fromSql = (record: RecordModel, alias: string, context: ConditionContext): SQL =>
  mayBeAsked(record, context) ? withAsked(record, alias, context) : fromTable(record.source.table, alias);

/** A filter as SQL over an alias; its values are the parameters `f0`, `f1`, …. */
export function conditionSql(condition: Condition, alias: string, context: ConditionContext): SQL {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      if (condition.parts.length === 0) return condition.kind === 'and' ? sql`true` : sql`false`;
      const parts = condition.parts.map((part) => conditionSql(part, alias, context));
      return sql`(${sql.join(parts, condition.kind === 'and' ? sql` and ` : sql` or `)})`;
    }
    case 'not':
      // A comparison with an unrecorded value is unknown; "does not hold" includes it.
      return sql`(${conditionSql(condition.part, alias, context)}) is not true`;
    case 'compare':
      return compareSql(condition, alias, context);
    case 'told': {
      const { record, field } = condition;
      const withheld = isWithheldWhenAsked(field, context.viewer.department);
      return withheld && mayBeAsked(record, context) ? sql`not ${askedMark(alias)}` : sql`true`;
    }
    case 'keys': {
      const { column } = condition;
      const within = sql`${namedColumn(alias, column.name)} = any(${slot(condition.slot)}${cast(`${column.type}[]`)})`;
      return condition.quantifier === 'some' ? within : sql`(${within}) is not true`;
    }
    case 'related': {
      const inner = `${alias}r`;
      const { via, record } = condition;
      const join =
        via.direction === 'many'
          ? sql`${namedColumn(inner, via.column.name)} = ${namedColumn(alias, 'id')}`
          : sql`${namedColumn(inner, 'id')} = ${namedColumn(alias, via.column.name)}`;
      // A related record counts only when this viewer may see it, as if it were read.
      const exists = sql`exists (select 1 from ${fromSql(record, inner, context)} where ${join} and ${visibleSql(record, inner, context)} and ${conditionSql(condition.part, inner, context)})`;
      return condition.quantifier === 'some' ? exists : sql`not ${exists}`;
    }
  }
}

const slot = (n: number): SQL => sql`${sql.placeholder(`f${n}`)}`;
const cast = (type: string): SQL => sql.raw(`::${type}`);

function operandSql(operand: Operand, alias: string, context: ConditionContext): SQL {
  if (operand.kind === 'column') {
    const { plan, viewer } = context;
    const sealed = operand.coordinate ? plan.sealedFor(operand.coordinate, viewer.department) : undefined;
    // What is seen in own rows only is compared by nobody.
    if (sealed && !sealed.own) return sealedSql(sealed, alias);
    return namedColumn(alias, operand.column.name);
  }
  return computedSql(operand.field, operand.field.name, alias, context);
}

function compareSql(
  condition: Condition & { kind: 'compare' },
  alias: string,
  context: ConditionContext,
): SQL {
  const { operand, operator } = condition;
  const value = operandSql(operand, alias, context);
  const type = comparedAs(operand.kind === 'column' ? operand.column.type : sqlTypeOf(operand.field.type));
  const one = slot(condition.slot);
  // Both sides of a text are folded by the database, so that no second folding can differ from its own.
  const folds = isFolded(operand.reading);
  const left = folds && operator !== 'has' ? folded(value) : value;
  const text = folds ? folded(sql`${one}::text`) : sql`${one}::text`;
  switch (operator) {
    case 'eq':
      return sql`${left} = ${folds ? text : sql`${one}${cast(type)}`}`;
    case 'in': {
      const list = sql`${one}${cast(`${type}[]`)}`;
      return sql`${left} = any(${folds ? foldedAll(list) : list})`;
    }
    case 'from':
      return sql`${left} >= ${one}${cast(type)}`;
    case 'to':
      return sql`${left} <= ${one}${cast(type)}`;
    case 'withinDays':
      return sql`${left} between ${today} and ${today} + ${one}::int`;
    case 'startsWith':
      return sql`starts_with(${left}, ${text})`;
    case 'contains':
      return sql`strpos(${left}, ${text}) > 0`;
    case 'has':
      return sql`${folds ? foldedAll(value) : value} @> array[${text}]`;
    case 'isNull':
      // The value is in the statement's shape; the parameter keeps the numbering.
      return sql`(${value} is null) = ${one}::boolean`;
  }
}
