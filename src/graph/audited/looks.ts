import type { RecordModel } from '../../contract/model/record.ts';
import { conjuncts } from '../reads/conjuncts.ts';
import type { Condition } from '../reads/filter.ts';

/** Records about which a filter reveals something. The log names them, and so the persons behind them. */
export interface Look {
  readonly record: RecordModel;
  readonly condition: Condition;
  /** Parts of the filter with fewer records. They are asked when the whole has too many to be named. */
  readonly parts: Look[];
}

/**
 * Which records a filter reveals something about, whatever type of row is answered. They are the records that
 * match the whole filter and, at each relation, the related records that match the rest of the filter.
 * Conditions under `not` and `none` are taken as if they were asked plainly: an empty answer reveals their
 * records as well.
 * @param within conditions beside the filter, such as the parents of a nested list
 * @param isNamed whether the log names rows of a type
 * @param skipsRows the rows of the list are named already
 */
export function looksOf(
  record: RecordModel,
  filter: Condition,
  {
    within,
    isNamed,
    skipsRows,
  }: {
    readonly within: readonly Condition[];
    readonly isNamed: (record: RecordModel) => boolean;
    readonly skipsRows: boolean;
  },
): Look[] {
  const looks: Look[] = [];
  collect(record, filter, within, skipsRows ? null : looks);
  return looks;

  /** @param own takes the look at the rows of the record itself; null: it is not needed */
  function collect(at: RecordModel, part: Condition, beside: readonly Condition[], own: Look[] | null): void {
    const conditions = conjuncts(part);
    const all = [...conditions, ...beside];
    if (all.length === 0) return;
    const look: Look = { record: at, condition: { kind: 'and', parts: all }, parts: [] };
    // Ids in the filter are noted as asked subjects already.
    const needed = own !== null && isNamed(at) && !all.some(namesIds);
    if (needed) own.push(look);
    for (const condition of conditions) {
      const rest = all.filter((other) => other !== condition);
      if (condition.kind === 'not') collect(at, condition.part, rest, looks);
      else if (condition.kind === 'or')
        for (const branch of condition.parts) collect(at, branch, rest, needed ? look.parts : null);
      else if (condition.kind === 'related') {
        const leadsBack = rest.length > 0 || at.rules.group?.secret === true;
        collect(condition.record, condition.part, leadsBack ? [reversed(at, condition, rest)] : [], looks);
      }
    }
  }
}

const namesIds = (condition: Condition): boolean =>
  condition.kind === 'compare' &&
  condition.operand.kind === 'column' &&
  condition.operand.coordinate === undefined &&
  (condition.operator === 'eq' || condition.operator === 'in');

/** A relation seen from its other end: the row at its beginning exists and matches the rest. */
function reversed(
  from: RecordModel,
  { via }: Condition & { kind: 'related' },
  rest: readonly Condition[],
): Condition {
  const direction = via.direction === 'many' ? 'link' : 'many';
  return {
    kind: 'related',
    quantifier: 'some',
    record: from,
    via: { ...via, direction },
    part: { kind: 'and', parts: rest },
  };
}

/** Equal keys make equal SQL. */
export function conditionKey(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `${condition.kind}(${condition.parts.map(conditionKey).join()})`;
    case 'not':
      return `not(${conditionKey(condition.part)})`;
    case 'related': {
      const { quantifier, record, via, part } = condition;
      return `${quantifier} ${record.name} ${via.direction} ${via.column.name}(${conditionKey(part)})`;
    }
    case 'told':
      return `told ${condition.field.rule.coordinate}`;
    case 'keys':
      return `keys ${condition.quantifier} ${condition.column.name} ${condition.slot}`;
    case 'compare': {
      const { operand, operator, slot } = condition;
      const name =
        operand.kind === 'column'
          ? `${operand.coordinate ?? ''}.${operand.column.name}`
          : operand.field.rule.coordinate;
      return `${name} ${operator} ${slot}`;
    }
  }
}
