import { readdirSync } from 'node:fs';
import { Kind } from 'graphql';
import { readSdl, schemaFolder } from '../contract/sdl/sources.ts';

/** The values of every enum of the SDL, in its order. */
const enums: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  readSdl(readdirSync(schemaFolder).filter((file) => file.endsWith('.graphql')))
    .flatMap(({ definitions }) => definitions)
    .filter((definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION)
    .map(({ name, values }) => [
      name.value,
      new Map((values ?? []).map((value) => [value.name.value, value.description?.value ?? ''])),
    ]),
);

/** The codes of an enum of the SDL, which alone says what they are and what they mean. @throws Error for no enum */
export function codesOf(name: string): readonly string[] {
  const found = enums.get(name);
  if (!found) throw new Error(`There is no enum ${name} in schema/; correct the name or add it.`);
  return [...found.keys()];
}

/** What a code is called in Chinese: what stands in brackets in its description. @throws Error for no such code */
export function chineseOf(name: string, code: string): string {
  const said = /（([^（）]+)）|\(([^()]*\p{Script=Han}[^()]*)\)/u.exec(enums.get(name)?.get(code) ?? '');
  const found = said?.[1] ?? said?.[2];
  if (!found) throw new Error(`schema/ has no Chinese name for ${name}.${code}.`);
  return found;
}
