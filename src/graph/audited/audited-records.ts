import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Model, RecordModel } from '../../contract/model/record.ts';

/** How a row leads to the person it is about: the person's id stands in it, or that of a record which does. */
export interface Way {
  readonly column: PgColumn;
  /** Null: the column holds the person's id. */
  readonly via: string | null;
}

/**
 * The ways from rows of a record type to persons, by its row scope; a window's or a coordinator's file that says
 * none leads there by its links. Empty for records that are about nobody.
 */
export function waysToPersons(
  record: RecordModel,
  model: Model,
  persons: ReadonlySet<string>,
): readonly Way[] {
  const { subjects, task, parent, window, persons: staff } = record.source.scope;
  const direct = [...(subjects ?? []), ...(task ? [task.subject] : [])];
  if (direct.length > 0) return direct.map((column) => ({ column, via: null }));
  if (parent) {
    const above = model.get(parent.record);
    const leads = above && waysToPersons(above, model, persons).length > 0;
    return leads ? [{ column: parent.by, via: parent.record }] : [];
  }
  if (!window && !staff) return [];
  return [...record.fields.values()].flatMap((field) =>
    field.kind === 'link' && persons.has(field.type)
      ? [{ column: field.column, via: field.type === 'Migrant' ? null : field.type }]
      : [],
  );
}

/** The record types whose rows the log names by a token each. */
export function auditedRecords(model: Model, persons: ReadonlySet<string>): ReadonlySet<string> {
  const found = [...model.values()].filter(
    (record) => persons.has(record.name) || waysToPersons(record, model, persons).length > 0,
  );
  return new Set(found.map(({ name }) => name));
}

/**
 * Whether rows that were reached by a property are about nobody but the record they were reached from, which the
 * log names already: a person's own leases, the events of a permit.
 */
export function isNamedByParent(record: RecordModel, by: string): boolean {
  const column = record.columns[by];
  const { subjects, task, parent } = record.source.scope;
  const direct = [...(subjects ?? []), ...(task ? [task.subject] : [])];
  if (!column) return false;
  if (direct.length > 0) return direct.length === 1 && direct[0]?.name === column.name;
  return parent?.by.name === column.name;
}
