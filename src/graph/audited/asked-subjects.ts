import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RecordField, RecordModel } from '../../contract/model/record.ts';
import type { Condition, Filter } from '../reads/filter.ts';

/** What a filter asks for by name: ids of records, and numbers of which each belongs to one of them. */
export interface AskedSubjects {
  readonly ids: readonly { readonly record: RecordModel; readonly id: string }[];
  readonly numbers: readonly {
    readonly record: RecordModel;
    readonly column: PgColumn;
    readonly values: readonly string[];
  }[];
}

/**
 * The ids and numbers in a filter, at any depth and under every operator: whoever writes one knows whom it belongs to
 * and asks after that one, whether or not a row comes back.
 */
export function askedSubjects(record: RecordModel, { condition, values }: Filter): AskedSubjects {
  const ids: { record: RecordModel; id: string }[] = [];
  const numbers: { record: RecordModel; column: PgColumn; values: readonly string[] }[] = [];
  collect(record, condition);
  return { ids, numbers };

  function collect(at: RecordModel, part: Condition): void {
    if (part.kind === 'and' || part.kind === 'or') for (const inner of part.parts) collect(at, inner);
    else if (part.kind === 'not') collect(at, part.part);
    else if (part.kind === 'related') collect(part.record, part.part);
    else if (part.kind === 'compare' && (part.operator === 'eq' || part.operator === 'in')) {
      const { operand } = part;
      if (operand.kind !== 'column') return;
      const given = [values[part.slot]]
        .flat()
        .filter((value) => value != null)
        .map(String);
      if (operand.coordinate === undefined) for (const id of given) ids.push({ record: at, id });
      else {
        const column = numberColumn(at, operand.coordinate);
        if (column) numbers.push({ record: at, column, values: given });
      }
    }
  }
}

/** Masks of numbers that belong to one person. */
const personal: ReadonlySet<string | null> = new Set(['PHONE', 'LAST_FOUR']);

/** The column of a coordinate whose values identify a record: numbers of documents and cases, identity numbers, telephones. */
function numberColumn(record: RecordModel, coordinate: string): PgColumn | undefined {
  for (const field of record.fields.values())
    for (const { column, mask, name } of columnsOf(field))
      if (name === coordinate) return column.isUnique || personal.has(mask) ? column : undefined;
  return undefined;
}

function columnsOf(field: RecordField) {
  const { coordinate, mask } = field.rule;
  if (field.kind === 'column') return [{ column: field.column, mask, name: coordinate }];
  if (field.kind !== 'embed') return [];
  return field.parts.map(({ column, mask: own, name }) => ({
    column,
    mask: own,
    name: `${coordinate}.${name}`,
  }));
}
