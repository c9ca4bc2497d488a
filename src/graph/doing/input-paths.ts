import { getOrMake } from '../../common/get-or-make.ts';
import { storedColumns } from '../../contract/doing/doing-plan.ts';
import type { RecordModel } from '../../contract/model/record.ts';

const cache = new WeakMap<RecordModel, ReadonlyMap<string, readonly string[]>>();

/** Where in an input the value of a column stands: `decision_reasons` → `decision`, `reasons`. */
export function inputPathOf(record: RecordModel, column: string): readonly string[] | undefined {
  return getOrMake(cache, record, () => {
    const paths = new Map<string, readonly string[]>();
    for (const field of record.fields.values())
      for (const [part, property] of storedColumns(field) ?? []) {
        const name = record.columns[property]?.name;
        if (name && !paths.has(name)) paths.set(name, part === '' ? [field.name] : [field.name, part]);
      }
    return paths;
  }).get(column);
}
