import { mapColumnsInSQLToAlias, type SQL, sql } from 'drizzle-orm';
import { aliased, fromTable, scopeSql } from '../../access/scope-sql.ts';
import { presenceOf } from '../../access/sight.ts';
import type { ViewerClass } from '../../access/viewer-class.ts';
import { today } from '../../store/today.ts';
import { getRecord, type Model, type RecordModel } from '../model/record.ts';
import type { Condition, Operand } from './filter.ts';
import { computedSql } from './projection.ts';
import { sqlTypeOf } from './sql-types.ts';

/** What the SQL of a condition depends on. */
export interface ConditionContext {
  readonly model: Model;
  readonly viewer: ViewerClass;
}

/** Rows that a viewer may see: the row scope, and for a type over a part of a table its `where`. */
export function visibleSql(record: RecordModel, alias: string, { model, viewer }: ConditionContext): SQL {
  const presence = presenceOf(record.rules, viewer.viewer);
  const scope = scopeSql(record.source, alias, viewer, presence, (name) => getRecord(model, name).source);
  if (!record.source.where) return scope;
  return sql`(${scope} and ${mapColumnsInSQLToAlias(record.source.where, alias)})`;
}

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
      return compareSql(condition, alias);
    case 'keys': {
      const within = sql`${aliased(alias, condition.column)} = any(${slot(condition.slot)}${cast(`${condition.column.getSQLType()}[]`)})`;
      return condition.quantifier === 'some' ? within : sql`(${within}) is not true`;
    }
    case 'related': {
      const inner = `${alias}r`;
      const { via, record } = condition;
      const target = record.columns[via.direction === 'many' ? via.by : 'id'];
      const join =
        via.direction === 'many'
          ? sql`${target ? aliased(inner, target) : sql`null`} = ${sql.raw(`"${alias}"."id"`)}`
          : sql`${sql.raw(`"${inner}"."id"`)} = ${aliased(alias, via.column)}`;
      // A related record counts only when this viewer may see it, as if it were read.
      const exists = sql`exists (select 1 from ${fromTable(record.source.table, inner)} where ${join} and ${visibleSql(record, inner, context)} and ${conditionSql(condition.part, inner, context)})`;
      return condition.quantifier === 'some' ? exists : sql`not ${exists}`;
    }
  }
}

const slot = (n: number): SQL => sql`${sql.placeholder(`f${n}`)}`;
const cast = (type: string): SQL => sql.raw(`::${type}`);

function operandSql(operand: Operand, alias: string): SQL {
  if (operand.kind === 'column') return aliased(alias, operand.column);
  return computedSql(operand.field, operand.field.name, alias);
}

function compareSql(condition: Condition & { kind: 'compare' }, alias: string): SQL {
  const left = operandSql(condition.operand, alias);
  const { operand } = condition;
  const type = operand.kind === 'column' ? operand.column.getSQLType() : sqlTypeOf(operand.field.type);
  const one = slot(condition.slot);
  switch (condition.operator) {
    case 'eq':
      return sql`${left} = ${one}${cast(type)}`;
    case 'in':
      return sql`${left} = any(${one}${cast(`${type}[]`)})`;
    case 'from':
      return sql`${left} >= ${one}${cast(type)}`;
    case 'to':
      return sql`${left} <= ${one}${cast(type)}`;
    case 'withinDays':
      return sql`${left} between ${today} and ${today} + ${one}::int`;
    case 'startsWith':
      return sql`starts_with(${left}, ${one}::text)`;
    case 'contains':
      return sql`strpos(${left}, ${one}::text) > 0`;
    case 'has':
      return sql`${left} @> array[${one}::text]`;
    case 'isNull':
      // The value is in the statement's shape; the parameter keeps the numbering.
      return sql`(${left} is null) = ${one}::boolean`;
  }
}
