import type { ObjectTypeDefinitionNode } from 'graphql';
import type { RuledField, RuledRecord, RuledRecords } from '../policy/ruled-record.ts';
import type { FieldRule, TypeRules } from '../policy/rules.ts';
import { directive, directiveArgument, isListType, namedType } from '../sdl/directives.ts';
import { provenanceName } from '../sdl/held.ts';
import { compileField, compilePart, compileRows } from './compile.ts';

type Types = ReadonlyMap<string, ObjectTypeDefinitionNode>;
type Rules = ReadonlyMap<string, TypeRules>;

/**
 * The record types as the policy reads them, from the SDL and its rules alone. That is enough to say who may
 * read what in a contract without tables, such as that of another revision.
 */
export function recordsOfSdl(types: Types, rules: Rules): RuledRecords {
  const records = new Map<string, RuledRecord>();
  for (const type of types.values()) {
    const name = type.name.value;
    const typeRules = rules.get(name);
    if (!directive(type, 'record') || !typeRules) continue;
    const fields = new Map<string, RuledField>();
    for (const field of type.fields ?? []) {
      const rule = typeRules.fields.get(field.name.value);
      if (!rule) continue;
      const made = { ...kindOf(field, rule, rules), name: field.name.value, rule };
      const leads = made.kind === 'link' || made.kind === 'many';
      const access = compileField(rule, leads ? rules.get(made.type) : undefined);
      fields.set(field.name.value, { ...made, access });
    }
    const one = directiveArgument(type, 'record', 'one');
    const many = directiveArgument(type, 'record', 'many');
    records.set(name, { name, rules: typeRules, access: compileRows(typeRules), fields, one, many });
  }
  return records;
}

function kindOf(
  field: NonNullable<ObjectTypeDefinitionNode['fields']>[number],
  rule: FieldRule,
  rules: Rules,
): Omit<RuledField, 'name' | 'rule' | 'access'> {
  const type = namedType(field.type);
  if (rule.coordinate.endsWith('.id')) return { kind: 'id', type };
  if (directive(field, 'many')) return { kind: 'many', type: type.replace(/Connection$/, '') };
  if (directive(field, 'link')) return { kind: 'link', type, list: isListType(field.type) };
  if (directive(field, 'embed')) {
    const parts = [...(rules.get(type)?.parts ?? [])].map(([name, part]) => ({
      name,
      ...part,
      access: compilePart(rule, part),
    }));
    return { kind: 'embed', type, parts };
  }
  if (field.name.value === provenanceName || directive(field, 'doing')) return { kind: 'held', type };
  return { kind: directive(field, 'computed') ? 'computed' : 'column', type };
}
