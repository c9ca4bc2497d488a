import { getRecord, type RecordField, type RecordModel, type Row } from '../../contract/model/record.ts';
import type { ReadEngine } from './engine.ts';
import type { ReadColumn } from './filter.ts';

export type ManyField = RecordField & { readonly kind: 'many' };
/** A row of a list that was read for several parents. */
export type ChildRow = Row & { readonly $parent: string };

/** A relation that is followed from parents: by which column of the related records. */
export interface Relation {
  readonly coordinate: string;
  readonly column: ReadColumn;
}

/** The records of a list field, and how they are found from their parents. */
export function follow(
  { model, plan }: ReadEngine,
  { type, by, rule }: ManyField,
): { record: RecordModel; relation: Relation } {
  const record = getRecord(model, type);
  const column = record.columns[by];
  if (!column) throw new Error(`${type} has no property ${by}.`);
  const { coordinate } = rule;
  return {
    record,
    relation: { coordinate, column: { name: plan.clear(coordinate), type: column.getSQLType() } },
  };
}

export function groupByParent(rows: readonly ChildRow[]): Map<string, ChildRow[]> {
  const groups = new Map<string, ChildRow[]>();
  for (const row of rows) {
    const group = groups.get(row.$parent);
    if (group) group.push(row);
    else groups.set(row.$parent, [row]);
  }
  return groups;
}
