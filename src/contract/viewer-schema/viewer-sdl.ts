import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import type { ViewerName } from '../../identity/viewers.ts';
import type { AccessPlan } from '../compile/access-plan.ts';
import { measureEnum } from '../policy/measures.ts';
import type { RuledRecord } from '../policy/ruled-record.ts';
import { directive, namedType } from '../sdl/directives.ts';
import { rootTypes } from '../sdl/root-types.ts';
import { dropUnused } from './drop-unused.ts';
import { VisibleCoordinates } from './visible-coordinates.ts';

/** Directives that say what a viewer sees. All others say how a value is stored or computed. */
const shownDirectives: ReadonlySet<string> = new Set(['group', 'class', 'mask']);

/** The types that are derived from a record type X, besides X itself. */
const derivedFrom = ['Connection', 'Edge', 'Filter', 'ListFilter', 'Order', 'OrderField'] as const;

/**
 * The contract as one viewer may know it: record types with rows for the viewer, fields that it may ever
 * read, filter fields and order values that it may ever use, and what these need (issue 3).
 * @param document the whole contract, everything derived included
 */
export function viewerSdl(document: DocumentNode, accessPlan: AccessPlan, viewer: ViewerName): DocumentNode {
  const visible = new VisibleCoordinates(accessPlan, viewer, {
    values: valueTypes(document),
    filters: filterFields(document),
  });
  const derived = new Map<string, readonly [RuledRecord, (typeof derivedFrom)[number]]>();
  for (const record of accessPlan.model.values())
    for (const suffix of derivedFrom) derived.set(record.name + suffix, [record, suffix]);
  const isRuled = ({ name, fields = [] }: ObjectTypeDefinitionNode) =>
    rootTypes.has(name.value) || fields.some((field) => accessPlan.isHeld(name.value, field.name.value));
  const shownInMutations = new Map([...accessPlan.mutations.values()].flatMap(({ shown }) => [...shown]));
  const definitions = document.definitions.flatMap((definition): DefinitionNode[] => {
    if (definition.kind === Kind.DIRECTIVE_DEFINITION && !shownDirectives.has(definition.name.value))
      return [];
    const shown =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ? withShownDirectives(definition) : definition;
    const name = 'name' in shown ? (shown.name?.value ?? '') : '';
    const [record, suffix] = derived.get(name) ?? [accessPlan.model.get(name)];
    if (record && !visible.record(record)) return [];
    if (visible.isValue(name) && !visible.value(name)) return [];
    const done = shownInMutations.get(name)?.(viewer);
    if (done) return [onlyNamed(shown, done)];
    if (shown.kind === Kind.OBJECT_TYPE_DEFINITION)
      return [isRuled(shown) || (record && !suffix) ? ruledType(shown, visible) : shown];
    if (shown.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return [inputType(shown, record, suffix, visible)];
    if (shown.kind === Kind.ENUM_TYPE_DEFINITION && record && suffix === 'OrderField')
      return [orderValues(shown, record, visible)];
    if (shown.kind === Kind.ENUM_TYPE_DEFINITION)
      return [withShownValues(name === measureEnum ? measureValues(shown, visible) : shown)];
    return [shown];
  });
  return dropUnused({ kind: Kind.DOCUMENT, definitions });
}

/** The fields or values of a type with these names. */
function onlyNamed(type: DefinitionNode, names: ReadonlySet<string>): DefinitionNode {
  if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
    return { ...type, fields: type.fields?.filter(({ name }) => names.has(name.value)) };
  if (type.kind === Kind.ENUM_TYPE_DEFINITION)
    return { ...type, values: type.values?.filter(({ name }) => names.has(name.value)) };
  return type;
}

const valueTypes = (document: DocumentNode): ReadonlySet<string> =>
  new Set(
    document.definitions.flatMap((d) =>
      d.kind === Kind.OBJECT_TYPE_DEFINITION && directive(d, 'value') ? [d.name.value] : [],
    ),
  );

const filterFields = (document: DocumentNode): ReadonlySet<string> =>
  new Set(
    document.definitions.flatMap((d) =>
      d.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION
        ? (d.fields ?? []).map((field) => `${d.name.value}.${field.name.value}`)
        : [],
    ),
  );

function ruledType(type: ObjectTypeDefinitionNode, visible: VisibleCoordinates): ObjectTypeDefinitionNode {
  const counts = visible.anyMeasure();
  const isMeasured = (f: FieldDefinitionNode) => f.arguments?.some((a) => namedType(a.type) === measureEnum);
  return {
    ...type,
    fields: type.fields?.filter(
      (f) => visible.output(type.name.value, f.name.value) && (counts || !isMeasured(f)),
    ),
  };
}

function inputType(
  type: InputObjectTypeDefinitionNode,
  record: RuledRecord | undefined,
  suffix: string | undefined,
  visible: VisibleCoordinates,
): InputObjectTypeDefinitionNode {
  const name = type.name.value;
  const fields = type.fields?.filter((field) => {
    if (record && suffix === 'Filter') return visible.filter(record, field.name.value);
    if (record || !name.endsWith('Filter')) return true;
    const value = name.slice(0, -'Filter'.length);
    return !visible.isValue(value) || visible.valueFilter(value, field.name.value);
  });
  return { ...type, fields };
}

function orderValues(
  type: EnumTypeDefinitionNode,
  record: RuledRecord,
  visible: VisibleCoordinates,
): EnumTypeDefinitionNode {
  return { ...type, values: type.values?.filter((value) => visible.order(record, value.name.value)) };
}

/** The measures for which the viewer may ask. The parts of a rate are the department's own matter. */
function measureValues(type: EnumTypeDefinitionNode, visible: VisibleCoordinates): EnumTypeDefinitionNode {
  return { ...type, values: type.values?.filter((value) => visible.measure(value.name.value)) };
}

const withShownValues = (type: EnumTypeDefinitionNode): EnumTypeDefinitionNode => ({
  ...type,
  values: type.values?.map((value) => ({ ...value, directives: shown(value.directives) })),
});

/** Leaves out the directives that reveal where values are stored and from which hidden fields they come. */
const withShownDirectives = (type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode => ({
  ...type,
  directives: shown(type.directives),
  fields: type.fields?.map((field) => ({ ...field, directives: shown(field.directives) })),
});

const shown = (directives: readonly ConstDirectiveNode[] = []): readonly ConstDirectiveNode[] =>
  directives.filter((d) => shownDirectives.has(d.name.value));
