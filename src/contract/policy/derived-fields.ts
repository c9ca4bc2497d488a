import type { FieldDefinitionNode, ObjectTypeDefinitionNode } from 'graphql';
import { viewers } from '../../identity/viewers.ts';
import { directive, directiveArgument, namedType } from '../sdl/directives.ts';
import { type FieldAccess, fieldAccess, meet } from './field-access.ts';
import { rowAccess } from './row-access.ts';
import type { FieldRule, TypeRules } from './rules.ts';

type Types = ReadonlyMap<string, ObjectTypeDefinitionNode>;
type Rules = ReadonlyMap<string, TypeRules>;

/** A derived field, what it is computed from, and why it may be seen more widely, where that is said. */
interface DerivedField {
  readonly type: TypeRules;
  readonly rule: FieldRule;
  readonly inputs: readonly FieldRule[];
  readonly because: string | undefined;
}

/**
 * What each derived field is computed from (`@computed(from: […])`), as rules. Without `because` a derived field
 * has the rules of all its inputs besides its own (issue 3; dossier §6.4 for the companions that have a reason).
 * @returns the rules of each derived field's inputs by coordinate; faults are added to `faults`.
 */
export function readDerivedFields(
  types: Types,
  rules: Rules,
  faults: string[],
): ReadonlyMap<string, DerivedField> {
  const found = new Map<string, DerivedField>();
  for (const type of types.values())
    for (const field of type.fields ?? []) {
      if (!directive(field, 'computed')) continue;
      const coordinate = `${type.name.value}.${field.name.value}`;
      const typeRules = rules.get(type.name.value);
      const rule = typeRules?.fields.get(field.name.value);
      if (!typeRules || !rule) {
        faults.push(`${coordinate}: only fields of records are derived; a value object's fields are stored`);
        continue;
      }
      const inputs = inputsOf(type, field, types, rules, [field.name.value], faults);
      if (inputs.length === 0 && !isOfIdOnly(field))
        faults.push(`${coordinate}: @computed names no field that it is computed from`);
      found.set(coordinate, {
        type: typeRules,
        rule,
        inputs,
        because: directiveArgument(field, 'computed', 'because'),
      });
    }
  return found;
}

const fromOf = (field: FieldDefinitionNode): readonly string[] => {
  const from = directive(field, 'computed')?.from;
  return Array.isArray(from) ? from : [];
};

/** The id of a record is seen by whoever sees the record. */
const isOfIdOnly = (field: FieldDefinitionNode): boolean =>
  fromOf(field).length > 0 && fromOf(field).every((name) => name === 'id');

/** Inputs as rules; an input that is derived itself, without a reason, stands for its own inputs too. */
function inputsOf(
  type: ObjectTypeDefinitionNode,
  field: FieldDefinitionNode,
  types: Types,
  rules: Rules,
  way: readonly string[],
  faults: string[],
): FieldRule[] {
  const coordinate = `${type.name.value}.${field.name.value}`;
  return fromOf(field).flatMap((path): FieldRule[] => {
    const [name = '', part] = path.split('.');
    const input = type.fields?.find((f) => f.name.value === name);
    const rule = rules.get(type.name.value)?.fields.get(name);
    if (!input || !rule) {
      faults.push(`${coordinate}: is computed from ${path}, which is no field of ${type.name.value}`);
      return [];
    }
    if (way.includes(name)) {
      faults.push(`${coordinate}: is computed from itself, by way of ${way.join(', ')}`);
      return [];
    }
    if (name === 'id') return [];
    const parts = rules.get(namedType(input.type))?.parts;
    if (parts && parts.size > 0) {
      const named = part === undefined ? [...parts.values()] : [parts.get(part)];
      if (named.includes(undefined))
        faults.push(`${coordinate}: is computed from ${path}, which is no field of ${namedType(input.type)}`);
      return named.flatMap((p) => (p ? [{ ...rule, ...p, reference: false }] : []));
    }
    const isDeclassified = directiveArgument(input, 'computed', 'because') !== undefined;
    const below =
      directive(input, 'computed') && !isDeclassified
        ? inputsOf(type, input, types, rules, [...way, name], faults)
        : [];
    return [rule, ...below];
  });
}

/**
 * Derived fields that some viewer would see although it does not see all of their inputs so, and that give no
 * reason for it.
 * @returns sentences that name the coordinate and the viewers.
 */
export function lintDerivedFields(derived: ReadonlyMap<string, DerivedField>): string[] {
  const faults: string[] = [];
  for (const [coordinate, { type, rule, inputs, because }] of derived) {
    if (because !== undefined) {
      if (because.trim().length < 10)
        faults.push(`${coordinate}: \`because\` must say in a sentence why it may be seen more widely`);
      continue;
    }
    const wider = viewers.filter(({ name }) => {
      const shown = fieldAccess({ ...rule, inputs: undefined }, name);
      const allowed = inputs.reduce((access, input) => meet(access, fieldAccess(input, name)), shown);
      return (
        isWider(shown, allowed) &&
        !(allowed.decision === shown.decision && rowAccess(type, name).rows === 'OWN')
      );
    });
    if (wider.length > 0)
      faults.push(
        `${coordinate}: ${wider.map((v) => v.code).join(', ')} would see more of it than of ${inputs
          .map((input) => input.coordinate)
          .join(', ')}; narrow its group, or give the reason in \`because\``,
      );
  }
  return faults;
}

function isWider(shown: FieldAccess, allowed: FieldAccess): boolean {
  const shows = shown.decision === 'CLEAR' || (shown.decision === 'MASKED' && shown.mask !== 'NULL');
  return (
    shows && (shown.decision !== allowed.decision || shown.mask !== allowed.mask || shown.own !== allowed.own)
  );
}
