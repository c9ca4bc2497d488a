import {
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  type OperationDefinitionNode,
} from 'graphql';
import { type ArgumentUse, filterUses, orderUses } from '../../access/arguments.ts';
import type { FieldGroup } from '../../access/matrix.ts';
import { isMeasured, measureUses } from '../../access/measures.ts';
import { hasVariable } from '../../access/operation.ts';
import type { Policy } from '../../access/policy.ts';
import type { RuledRecord } from '../../access/ruled-record.ts';
import type { Sensitivity } from '../../access/rules.ts';
import { presenceOf } from '../../access/sight.ts';
import { listRecord, visitFields } from '../../access/visit-fields.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { getOrMake } from '../../store/get-or-make.ts';
import { argumentsOf } from '../place-arguments.ts';
import type { RequestReading } from '../request-reading.ts';
import { type AuditPlan, PlanBuilder } from './plan-builder.ts';

type Values = Readonly<Record<string, unknown>>;

/** A list whose filter or order comes from variables: its coordinates are those of the request. */
interface Guarded {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  /** The records of the list; null for statistics. */
  readonly record: RuledRecord | null;
}

interface CachedPlan {
  readonly builder: PlanBuilder;
  readonly plan: AuditPlan;
  readonly guarded: readonly Guarded[];
  /** Plans by the coordinates that variables added: clients send the same few. */
  readonly withVariables: Map<string, AuditPlan>;
}

/** The arguments that name coordinates. */
const ruled: ReadonlySet<string> = new Set(['filter', 'orderBy', 'measure']);
const mostVariants = 100;
const aboutPersons: ReadonlySet<Sensitivity> = new Set(['PERSONAL', 'SENSITIVE', 'SECRET']);
/** Who was looked up is itself sensitive (dossier §6.6, 12). */
const accessRecords = 'ACCESS_RECORDS';

/**
 * Says of a document what the log has to keep: its coordinates, filters and orders included, and whether it needs
 * an entry: it touches a record type about persons, a secret group, a field that is personal, the log, or records
 * by global id. Worked out once a document and viewer.
 */
export class AuditPlans {
  readonly #schema: GraphQLSchema;
  readonly #policy: Policy;
  readonly #persons: ReadonlySet<string>;
  readonly #cache = new WeakMap<OperationDefinitionNode, Map<ViewerName, CachedPlan>>();

  /** @param persons the record types that are about persons */
  constructor(schema: GraphQLSchema, policy: Policy, persons: ReadonlySet<string>) {
    this.#schema = schema;
    this.#policy = policy;
    this.#persons = persons;
  }

  of(reading: RequestReading, viewer: ViewerName): AuditPlan {
    const known = getOrMake(this.#cache, reading.operation, () => new Map<ViewerName, CachedPlan>());
    const cached = getOrMake(known, viewer, () => this.#read(reading, viewer));
    return cached.guarded.length === 0 ? cached.plan : this.#withVariables(cached, viewer, reading.variables);
  }

  #read({ document, operation }: RequestReading, viewer: ViewerName): CachedPlan {
    const builder = new PlanBuilder(operation.operation);
    const guarded: Guarded[] = [];
    visitFields(this.#schema, document, operation, ({ node, definition, type }) => {
      if (definition.name.startsWith('__') || type.startsWith('__')) return;
      this.#field(type, definition, viewer, builder);
      const record = listRecord(this.#policy, definition);
      const args = node.arguments?.filter((a) => ruled.has(a.name.value)) ?? [];
      if ((!record && !isMeasured(definition)) || args.length === 0) return;
      const place = { node, definition, record: record ?? null };
      if (args.some((a) => hasVariable(a.value))) guarded.push(place);
      else this.#uses(place, viewer, {}, builder);
    });
    return { builder, plan: builder.plan(), guarded, withVariables: new Map() };
  }

  #withVariables(cached: CachedPlan, viewer: ViewerName, variables: Values): AuditPlan {
    const builder = new PlanBuilder(cached.builder);
    for (const place of cached.guarded) this.#uses(place, viewer, variables, builder);
    const found = cached.withVariables.get(builder.key);
    if (found) return found;
    const plan = builder.plan();
    if (cached.withVariables.size < mostVariants) cached.withVariables.set(builder.key, plan);
    return plan;
  }

  #field(
    type: string,
    definition: GraphQLField<unknown, unknown>,
    viewer: ViewerName,
    builder: PlanBuilder,
  ): void {
    const target = getNamedType(definition.type).name.replace(/(Connection|Edge)$/, '');
    const holder = type.replace(/(Connection|Edge)$/, '');
    const isNode = type === 'Node' || (type === 'Query' && /^nodes?$/.test(definition.name));
    if (isNode || this.#persons.has(target) || this.#persons.has(holder)) builder.needsEntry();
    const rule = this.#policy.ruleOf(type, definition.name);
    const rows = this.#rowsOf(type, holder, definition.name);
    const group = rule?.group ?? rows?.rules.group;
    // Value objects and connections say nothing that the field which holds them does not.
    if (!group && !isNode) return;
    const { denial, masked } = this.#policy.verdict(type, definition.name, viewer);
    // Of a secret type nobody is told that there are no rows for whom asks; the log knows.
    const absent = rows !== undefined && presenceOf(rows.rules, viewer) === 'NONE';
    builder.add(`${type}.${definition.name}`, group ?? null, absent || denial !== null, masked !== null);
    if (group) this.#weigh(group, builder);
    if (rule && aboutPersons.has(rule.sensitivity)) builder.needsEntry();
  }

  /** The record type whose rows a coordinate shows without showing a value: a root field, an id, a count. */
  #rowsOf(type: string, holder: string, field: string): RuledRecord | undefined {
    if (type === 'Query') return this.#policy.rootRecord(field);
    if (type === holder ? field === 'id' : field === 'totalCount') return this.#policy.model.get(holder);
    return undefined;
  }

  #uses(
    { node, definition, record }: Guarded,
    viewer: ViewerName,
    variables: Values,
    builder: PlanBuilder,
  ): void {
    const args = argumentsOf(definition, node, variables);
    const uses: ArgumentUse[] = record
      ? [
          ...filterUses(this.#policy, record, args.filter, viewer),
          ...orderUses(this.#policy, record, args.orderBy, viewer),
        ]
      : measureUses(this.#policy.measures, args.measure, viewer);
    for (const { coordinate, group, denial, into } of uses) {
      builder.add(coordinate, group, denial !== null, false);
      this.#weigh(group, builder);
      if (into && this.#persons.has(into.name)) builder.needsEntry();
    }
  }

  #weigh(group: FieldGroup, builder: PlanBuilder): void {
    if (group.secret || group.name === accessRecords) builder.needsEntry();
  }
}
