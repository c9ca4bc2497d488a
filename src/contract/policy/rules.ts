import type { FieldDefinitionNode, ObjectTypeDefinitionNode } from 'graphql';
import type { ViewerName } from '../../identity/viewers.ts';
import { directive, directiveArgument, namedType } from '../sdl/directives.ts';
import { rootTypes } from '../sdl/root-types.ts';
import type { FieldGroup, Matrix } from '../tables/matrix.ts';
import { readDerivedFields } from './derived-fields.ts';

export type Sensitivity = 'PUBLIC' | 'INTERNAL' | 'PERSONAL' | 'SENSITIVE' | 'SECRET';
export type MaskName = 'NAME' | 'LAST_FOUR' | 'PHONE' | 'COUNTY' | 'SHOWN';

/** What rules a coordinate of the contract. It is read from the SDL alone. */
export interface FieldRule {
  /** `Lease.monthlyRent`. */
  readonly coordinate: string;
  readonly group: FieldGroup;
  readonly sensitivity: Sensitivity;
  readonly mask: MaskName | null;
  /**
   * A reference to another record. Under M the reference stays, and the record's own groups rule
   * (docs/access.md).
   */
  readonly reference: boolean;
  /** For a derived field without a reason to be seen more widely: its inputs. All of them rule the field. */
  readonly inputs?: readonly FieldRule[] | undefined;
  /** Shown to departments that are asked about the record while its file is open (`@asked`). */
  readonly asked?: true | undefined;
  /** For a derived field: the reason why it may be seen more widely than its inputs. */
  readonly because?: string | undefined;
}

/** The rules of one type: whether a row is seen at all, and each of its fields. */
export interface TypeRules {
  readonly type: string;
  /**
   * The group that says who may see that a row exists. Null for value objects: the field that holds one rules
   * it.
   */
  readonly group: FieldGroup | null;
  readonly fields: ReadonlyMap<string, FieldRule>;
  /**
   * Sensitivity and mask of a value object's fields. The group comes from the field that holds the object.
   */
  readonly parts: ReadonlyMap<string, Pick<FieldRule, 'sensitivity' | 'mask'>>;
  /** Some fields are class PUBLIC: every viewer may read them of any row (group PUBLISHED). */
  readonly published: boolean;
  /** Departments that may be asked about a record. They then see its fields marked `@asked`. */
  readonly askedOf: readonly ViewerName[];
}

/** Each type has exactly one of these kinds. The kind says how the type's fields are protected. */
const typeKinds = ['record', 'value', 'payload', 'metadata'];

/**
 * Reads `@group`, `@class` and `@mask` of every record and value type.
 * @throws Error that lists every field without a group, group without a row, and unknown class at once.
 */
export function readRules(
  types: ReadonlyMap<string, ObjectTypeDefinitionNode>,
  matrix: Matrix,
): ReadonlyMap<string, TypeRules> {
  const faults: string[] = [];
  const rules = new Map<string, TypeRules>();
  for (const type of types.values()) {
    const isRecord = directive(type, 'record') !== undefined;
    const isValue = directive(type, 'value') !== undefined;
    const name = type.name.value;
    const kinds = typeKinds.filter((kind) => directive(type, kind) !== undefined);
    if (kinds.length > 1)
      faults.push(
        `${name}: is ${kinds.map((kind) => `@${kind}`).join(' and ')}, and each has rules of its own`,
      );
    if (directive(type, 'metadata') || directive(type, 'payload')) continue;
    if (!isRecord && !isValue && !rootTypes.has(name)) {
      faults.push(`${name}: is neither @record, @value, @payload nor @metadata, so no rule protects it`);
      continue;
    }
    const group = isRecord ? findGroup(name, directiveArgument(type, 'group', 'is')) : null;
    const fields = new Map<string, FieldRule>();
    const parts = new Map<string, Pick<FieldRule, 'sensitivity' | 'mask'>>();
    for (const field of type.fields ?? []) {
      const coordinate = `${name}.${field.name.value}`;
      // The do-matrix says who may use it, not the visibility matrix.
      if (directive(field, 'does')) continue;
      const sensitivity = (directiveArgument(field, 'class', 'is') ??
        directiveArgument(type, 'class', 'is')) as Sensitivity | undefined;
      if (!sensitivity) faults.push(`${coordinate}: has no @class, and neither has its type`);
      const mask = (directiveArgument(field, 'mask', 'as') ?? null) as MaskName | null;
      parts.set(field.name.value, { sensitivity: sensitivity ?? 'SECRET', mask });
      if (isValue) continue;
      const own = directiveArgument(field, 'group', 'is');
      const fieldGroup = own ? findGroup(coordinate, own) : group;
      if (!fieldGroup) faults.push(`${coordinate}: has no @group, and neither has its type`);
      else
        fields.set(field.name.value, {
          coordinate,
          group: fieldGroup,
          sensitivity: sensitivity ?? 'SECRET',
          mask,
          reference: isReference(field, types),
          asked: directive(field, 'asked') && true,
          because: directiveArgument(field, 'computed', 'because'),
        });
    }
    const published = isRecord && [...parts.values()].some((p) => p.sensitivity === 'PUBLIC');
    const askedOf = directive(type, 'asked')?.of ?? [];
    rules.set(name, {
      type: name,
      group,
      fields,
      parts: isValue ? parts : new Map(),
      published,
      askedOf: askedOf as readonly ViewerName[],
    });
  }
  for (const { type, rule, inputs, because } of readDerivedFields(types, rules, faults).values())
    if (because === undefined && inputs.length > 0)
      (type.fields as Map<string, FieldRule>).set(rule.coordinate.slice(type.type.length + 1), {
        ...rule,
        inputs,
      });
  if (faults.length > 0)
    throw new Error(`The contract has fields that no rule protects:\n${faults.join('\n')}`);
  return rules;

  function findGroup(where: string, group: string | undefined): FieldGroup | null {
    if (!group) return null;
    const row = matrix.get(group);
    if (!row) faults.push(`${where}: the group ${group} has no row in schema/visibility.tsv`);
    return row ?? null;
  }
}

function isReference(
  field: FieldDefinitionNode,
  types: ReadonlyMap<string, ObjectTypeDefinitionNode>,
): boolean {
  const target = types.get(namedType(field.type).replace(/Connection$/, ''));
  return target !== undefined && directive(target, 'record') !== undefined;
}
