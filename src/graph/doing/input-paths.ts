import { type GraphQLNamedType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import { storedColumns } from '../../contract/doing/doing-plan.ts';
import { presentedName } from '../../contract/doing/input-sdl.ts';
import type { RecordModel } from '../../contract/model/record.ts';
import type { Input } from './input-values.ts';

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

/** The path of a fault in an input that names a person by the number presented, and not by an id. */
export function asGiven(path: readonly string[], input: Input): readonly string[] {
  const [field] = path;
  if (path.length !== 1 || field === undefined || input[field] != null) return path;
  return input[presentedName(field)] == null ? path : [presentedName(field)];
}

const title = /\((\p{Script=Han}[^()]*)\)/u;

/** What the field of a record is called in Chinese: so its description in the SDL says. */
export function chineseTitle(schema: GraphQLSchema, record: RecordModel, path: readonly string[]): string {
  let type: GraphQLNamedType | undefined = schema.getType(record.name);
  const titles: string[] = [];
  for (const name of path) {
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    const [, words] = title.exec(field?.description ?? '') ?? [];
    if (words) titles.push(words);
    type = field && getNamedType(field.type);
  }
  return titles.join('·') || path.join('.');
}
