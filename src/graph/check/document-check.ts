import {
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  type OperationDefinitionNode,
} from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { AccessPlan, Decision } from '../../contract/compile/access-plan.ts';
import { type ArgumentUse, filterUses, orderUses } from '../../contract/policy/arguments.ts';
import { isMeasured, measureUses } from '../../contract/policy/measures.ts';
import type { RuledRecord } from '../../contract/policy/ruled-record.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { argumentsOf } from '../place-arguments.ts';
import type { RequestReading } from '../request-reading.ts';
import { tellsOfPersons } from './about-persons.ts';
import { type DocumentAccess, DocumentFindings } from './document-access.ts';
import { checkFilterSize } from './filter-size.ts';
import { checkFilterValues } from './filter-values.ts';
import { LogWeights } from './log-weights.ts';
import { nodeTypes } from './node-types.ts';
import { hasVariable } from './operation.ts';
import { listRecord, visitFields } from './visit-fields.ts';

type Values = Readonly<Record<string, unknown>>;

/** A field whose arguments have rules of their own. */
interface Guarded {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  /**
   * The records of the list. Null for `node` and `nodes`, whose ids say what they read, and for statistics.
   */
  readonly record: RuledRecord | null;
}

interface CheckedDocument {
  readonly found: DocumentFindings;
  readonly access: DocumentAccess;
  /** Fields whose filter, order or ids come from variables. They are checked for each request. */
  readonly guarded: readonly Guarded[];
}

/** The arguments that have rules: filters, orders, ids and measures. */
const ruled: ReadonlySet<string> = new Set(['filter', 'orderBy', 'id', 'ids', 'measure']);

/**
 * Checks a document for a viewer before any SQL, in one walk: which output coordinates, filter fields at any
 * depth and order values are refused or masked, whether persons are read, and what the access log has to
 * keep. What does not depend on variables is checked once for each document and viewer.
 */
export class DocumentCheck {
  readonly #schema: GraphQLSchema;
  readonly #plan: AccessPlan;
  readonly #persons: ReadonlySet<string>;
  readonly #weights: LogWeights;
  readonly #cache = new WeakMap<OperationDefinitionNode, Map<ViewerName, CheckedDocument>>();

  /** @param persons the record types that are about persons */
  constructor(schema: GraphQLSchema, plan: AccessPlan, persons: ReadonlySet<string>) {
    this.#schema = schema;
    this.#plan = plan;
    this.#persons = persons;
    this.#weights = new LogWeights(plan, persons);
  }

  /** @throws FilterTooComplex, BadValue, BadId */
  check(reading: RequestReading, viewer: ViewerName): DocumentAccess {
    const known = getOrMake(this.#cache, reading.operation, () => new Map<ViewerName, CheckedDocument>());
    const { found, access, guarded } = getOrMake(known, viewer, () => this.#checkDocument(reading, viewer));
    if (guarded.length === 0) return access;
    const all = new DocumentFindings(found);
    for (const place of guarded) this.#checkArguments(place, viewer, reading.variables, all);
    return all.result();
  }

  #checkDocument({ document, operation }: RequestReading, viewer: ViewerName): CheckedDocument {
    const found = new DocumentFindings(operation.operation);
    const guarded: Guarded[] = [];
    visitFields(this.#schema, document, operation, ({ node, definition, type }) => {
      const decision = this.#plan.decision(type, definition.name, viewer);
      this.#checkField({ node, definition, type }, decision, viewer, found);
      const record = listRecord(this.#plan, definition);
      const isNode = type === 'Query' && (definition.name === 'node' || definition.name === 'nodes');
      const args = (node.arguments ?? []).filter((a) => ruled.has(a.name.value));
      if ((!record && !isNode && !isMeasured(definition)) || args.length === 0) return;
      const place = { node, definition, record: record ?? null };
      if (args.some((a) => hasVariable(a.value))) guarded.push(place);
      else this.#checkArguments(place, viewer, {}, found);
    });
    return { found, access: found.result(), guarded };
  }

  #checkField(
    { node, definition, type }: { node: FieldNode; definition: GraphQLField<unknown, unknown>; type: string },
    decision: Decision,
    viewer: ViewerName,
    found: DocumentFindings,
  ): void {
    found.decision(node, decision);
    const target = getNamedType(definition.type).name.replace(/Connection$/, '');
    const acted = type === 'Mutation' ? this.#plan.mutations.get(definition.name)?.records : undefined;
    if (acted?.some((record) => this.#persons.has(record))) found.persons();
    if (this.#persons.has(target) || this.#persons.has(type) || tellsOfPersons(definition)) found.persons();
    if (this.#isSecret(type, definition.name, target)) found.secret();
    this.#weights.field(type, definition, decision, viewer, found.log);
  }

  #isSecret(type: string, field: string, target: string): boolean {
    const { model } = this.#plan;
    const groups = [this.#plan.ruleOf(type, field)?.group, model.get(target)?.rules.group];
    return groups.some((group) => group?.secret);
  }

  #checkArguments(
    { node, definition, record }: Guarded,
    viewer: ViewerName,
    variables: Values,
    found: DocumentFindings,
  ): void {
    const args = argumentsOf(definition, node, variables);
    if (!record && !isMeasured(definition)) {
      if (nodeTypes(args).some((type) => this.#persons.has(type))) found.persons();
      return;
    }
    const uses = record
      ? argumentUses(this.#plan, record, args, viewer)
      : measureUses(this.#plan.measures, args.measure, viewer);
    if (uses.some(({ into }) => into && this.#persons.has(into.name))) found.persons();
    if (uses.some(({ group }) => group.secret)) found.secret();
    found.argumentDenials(
      node,
      uses.flatMap(({ denial }) => denial ?? []),
    );
    for (const use of uses) this.#weights.argument(use, found.log);
  }
}

/** The coordinates that the arguments of a list use. @throws FilterTooComplex, BadValue, BadId */
export function argumentUses(
  plan: AccessPlan,
  record: RuledRecord,
  args: Values,
  viewer: ViewerName,
): ArgumentUse[] {
  checkFilterSize(args.filter);
  checkFilterValues(plan.model, record, args.filter);
  return [...filterUses(plan, record, args.filter, viewer), ...orderUses(plan, record, args.orderBy, viewer)];
}
