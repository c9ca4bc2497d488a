import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import { absence } from '../../contract/compile/access-plan.ts';
import {
  type CoordinateAccess,
  ofArgument,
  ofHeld,
  ofOutput,
  ofPart,
  ofRecord,
} from '../../contract/explain/coordinate-access.ts';
import { filterUses, orderUses } from '../../contract/policy/arguments.ts';
import { isMeasured, measureUses } from '../../contract/policy/measures.ts';
import { rootTypes } from '../../contract/sdl/root-types.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { checkFilterSize } from '../check/filter-size.ts';
import { nodeTypes } from '../check/node-types.ts';
import { argumentsOf } from '../place-arguments.ts';

/** A value object's place: the field that holds it. */
interface Holder {
  readonly type: string;
  readonly field: string;
}

/**
 * Walks an operation as it would run for a viewer and says what the viewer gets at each coordinate; fragments are
 * followed where they are used, each once a type and holder.
 */
export class CoordinateWalk {
  readonly #schema: GraphQLSchema;
  readonly #plan: AccessPlan;
  readonly #viewer: ViewerName;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #found = new Map<string, CoordinateAccess>();
  readonly #walked = new Set<string>();

  constructor(
    schema: GraphQLSchema,
    accessPlan: AccessPlan,
    viewer: ViewerName,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = schema;
    this.#plan = accessPlan;
    this.#viewer = viewer;
    this.#fragments = fragments;
    this.#variables = variables;
  }

  operation({ operation, selectionSet }: OperationDefinitionNode): readonly CoordinateAccess[] {
    const root = this.#schema.getRootType(operation);
    if (root) this.#walk(selectionSet, root.name, null);
    return [...this.#found.values()];
  }

  #walk({ selections }: SelectionSetNode, typeName: string, holder: Holder | null): void {
    const type = this.#schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const definition = type.getFields()[selection.name.value];
        if (!definition) continue;
        this.#field(type.name, definition, holder);
        this.#arguments(type.name, definition, selection);
        if (!selection.selectionSet) continue;
        const below = getNamedType(definition.type).name;
        const isHeld = this.#plan.model.has(type.name) && !this.#plan.model.has(below);
        const isCarrier = /(Connection|Edge)$/.test(below);
        const held = isHeld && !isCarrier ? { type: type.name, field: definition.name } : holder;
        this.#walk(selection.selectionSet, below, this.#plan.model.has(below) ? null : held);
      } else if (selection.kind === Kind.INLINE_FRAGMENT)
        this.#walk(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, holder);
      else {
        const fragment = this.#fragments.get(selection.name.value);
        const key = `${selection.name.value} ${holder?.type}.${holder?.field}`;
        if (!fragment || this.#walked.has(key)) continue;
        this.#walked.add(key);
        this.#walk(fragment.selectionSet, fragment.typeCondition.name.value, holder);
      }
    }
  }

  #field(type: string, { name }: GraphQLField<unknown, unknown>, holder: Holder | null): void {
    const accessPlan = this.#plan;
    const field = accessPlan.model.get(type)?.fields.get(name);
    if (field) {
      const target =
        field.kind === 'link' || field.kind === 'many' ? accessPlan.model.get(field.type) : undefined;
      this.#add(ofOutput(field, target, accessPlan.decision(type, name, this.#viewer), this.#viewer));
    } else if (rootTypes.has(type)) {
      const record = type === 'Query' ? accessPlan.rootRecord(name) : undefined;
      const group = accessPlan.ruleOf(type, name)?.group ?? record?.rules.group;
      const verdict = accessPlan.decision(type, name, this.#viewer);
      if (group) this.#add(ofRecord(`${type}.${name}`, group, verdict.denial, record, this.#viewer));
    } else if (accessPlan.isHeld(type, name)) {
      const rule = accessPlan.ruleOf(type, name);
      const verdict = accessPlan.decision(type, name, this.#viewer);
      if (rule) this.#add(ofHeld(`${type}.${name}`, rule, verdict, this.#viewer));
    } else if (holder) {
      const held = accessPlan.model.get(holder.type)?.fields.get(holder.field);
      const part = held?.parts?.find((p) => p.name === name);
      if (held && part) this.#add(ofPart(`${type}.${name}`, held, part, this.#viewer));
    }
  }

  #arguments(type: string, definition: GraphQLField<unknown, unknown>, node: FieldNode): void {
    if (!node.arguments || node.arguments.length === 0) return;
    const args = argumentsOf(definition, node, this.#variables);
    if (type === 'Query' && (definition.name === 'node' || definition.name === 'nodes')) {
      for (const name of nodeTypes(args)) {
        const record = this.#plan.model.get(name);
        const group = record?.rules.group;
        if (record && group)
          this.#add(ofRecord(name, group, absence(record, this.#viewer, name), record, this.#viewer));
      }
      return;
    }
    if (isMeasured(definition))
      for (const use of measureUses(this.#plan.measures, args.measure, this.#viewer))
        this.#add(ofArgument('MEASURE', use, this.#viewer));
    const name = getNamedType(definition.type).name;
    const record = this.#plan.model.get(name.replace(/Connection$/, ''));
    if (!record || !name.endsWith('Connection')) return;
    checkFilterSize(args.filter);
    for (const use of filterUses(this.#plan, record, args.filter, this.#viewer))
      this.#add(ofArgument('FILTER', use, this.#viewer));
    for (const use of orderUses(this.#plan, record, args.orderBy, this.#viewer))
      this.#add(ofArgument('ORDER', use, this.#viewer));
  }

  #add(access: CoordinateAccess): void {
    const key = `${access.surface} ${access.coordinate} ${access.within ?? ''}`;
    const known = this.#found.get(key);
    // One coordinate can be refused in one place and not in another: parts of a filter on a value object.
    if (!known || (known.verdict !== 'DENIED' && access.verdict === 'DENIED')) this.#found.set(key, access);
  }
}
