import type { Model, RecordModel } from './record.ts';

/**
 * The record types whose rows are about persons: those with subjects, persons served or a task's person in their row
 * scope, those
 * that are a part of such a record, and all secret ones. Reading them takes a purpose (dossier §0.8, §6.4).
 */
export function personalRecords(model: Model): ReadonlySet<string> {
  const found = new Set<string>();
  for (const record of model.values()) if (isPersonal(record, model)) found.add(record.name);
  return found;
}

function isPersonal({ rules, source }: RecordModel, model: Model): boolean {
  const { subjects, serves, task, parent } = source.scope;
  if (rules.group?.secret || task || subjects?.length || serves?.length) return true;
  const above = parent && model.get(parent.record);
  return above !== undefined && isPersonal(above, model);
}
