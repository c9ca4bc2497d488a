import {
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  type OperationDefinitionNode,
} from 'graphql';
import { checkFilterSize } from '../graph/filter-size.ts';
import { argumentsOf } from '../graph/place-arguments.ts';
import type { RequestReading } from '../graph/request-reading.ts';
import type { ViewerName } from '../identity/viewers.ts';
import { getOrMake } from '../store/get-or-make.ts';
import { type ArgumentUse, filterUses, orderUses } from './arguments.ts';
import { checkFilterValues } from './filter-values.ts';
import { type AccessCheck, Findings } from './findings.ts';
import { isMeasured, measureUses } from './measures.ts';
import { nodeTypes } from './node-types.ts';
import { hasVariable } from './operation.ts';
import type { Policy } from './policy.ts';
import type { RuledRecord } from './ruled-record.ts';
import { listRecord, visitFields } from './visit-fields.ts';

type Values = Readonly<Record<string, unknown>>;

/** A field whose arguments have rules of their own. */
interface Guarded {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  /** The records of the list; null for `node` and `nodes`, whose ids say what they read, and for statistics. */
  readonly record: RuledRecord | null;
}

interface CachedCheck extends AccessCheck {
  /** Fields whose filter, order or ids come from variables: looked at for each request. */
  readonly guarded: readonly Guarded[];
}

/** The arguments that have rules: what they compare, order by, or name. */
const ruled: ReadonlySet<string> = new Set(['filter', 'orderBy', 'id', 'ids', 'measure']);

/**
 * Checks a document for a viewer before any SQL: output coordinates, filter fields at any depth, order values, and
 * whether persons are read. What does not depend on variables is checked once a document and viewer.
 */
export class StaticCheck {
  readonly #schema: GraphQLSchema;
  readonly #policy: Policy;
  readonly #persons: ReadonlySet<string>;
  readonly #cache = new WeakMap<OperationDefinitionNode, Map<ViewerName, CachedCheck>>();

  /** @param persons the record types that are about persons. */
  constructor(schema: GraphQLSchema, policy: Policy, persons: ReadonlySet<string>) {
    this.#schema = schema;
    this.#policy = policy;
    this.#persons = persons;
  }

  check(reading: RequestReading, viewer: ViewerName): AccessCheck {
    const known = getOrMake(this.#cache, reading.operation, () => new Map<ViewerName, CachedCheck>());
    const cached = getOrMake(known, viewer, () => this.#checkDocument(reading, viewer));
    if (cached.guarded.length === 0) return cached;
    const found = new Findings(cached);
    for (const place of cached.guarded) this.#checkArguments(place, viewer, reading.variables, found);
    return found.result();
  }

  #checkDocument({ document, operation }: RequestReading, viewer: ViewerName): CachedCheck {
    const found = new Findings();
    const guarded: Guarded[] = [];
    visitFields(this.#schema, document, operation, ({ node, definition, type }) => {
      found.verdict(node, this.#policy.verdict(type, node.name.value, viewer));
      const target = getNamedType(definition.type).name.replace(/Connection$/, '');
      if (this.#persons.has(target) || this.#persons.has(type)) found.persons();
      if (this.#isSecret(type, node.name.value, target)) found.secret();
      const record = listRecord(this.#policy, definition);
      const isNode = type === 'Query' && (definition.name === 'node' || definition.name === 'nodes');
      const args = (node.arguments ?? []).filter((a) => ruled.has(a.name.value));
      if ((!record && !isNode && !isMeasured(definition)) || args.length === 0) return;
      const place = { node, definition, record: record ?? null };
      if (args.some((a) => hasVariable(a.value))) guarded.push(place);
      else this.#checkArguments(place, viewer, {}, found);
    });
    return { ...found.result(), guarded };
  }

  #isSecret(type: string, field: string, target: string): boolean {
    const { model } = this.#policy;
    const groups = [this.#policy.ruleOf(type, field)?.group, model.get(target)?.rules.group];
    return groups.some((group) => group?.secret);
  }

  #checkArguments(
    { node, definition, record }: Guarded,
    viewer: ViewerName,
    variables: Values,
    found: Findings,
  ): void {
    const args = argumentsOf(definition, node, variables);
    if (!record && !isMeasured(definition)) {
      if (nodeTypes(args).some((type) => this.#persons.has(type))) found.persons();
      return;
    }
    const uses = record
      ? argumentUses(this.#policy, record, args, viewer)
      : measureUses(this.#policy.measures, args.measure, viewer);
    if (uses.some(({ into }) => into && this.#persons.has(into.name))) found.persons();
    if (uses.some(({ group }) => group.secret)) found.secret();
    found.argumentDenials(
      node,
      uses.flatMap(({ denial }) => denial ?? []),
    );
  }
}

/**
 * What the arguments of a list use. @throws FilterTooComplex, BadValue, BadId
 */
export function argumentUses(
  policy: Policy,
  record: RuledRecord,
  args: Values,
  viewer: ViewerName,
): ArgumentUse[] {
  checkFilterSize(args.filter);
  checkFilterValues(policy.model, record, args.filter);
  return [
    ...filterUses(policy, record, args.filter, viewer),
    ...orderUses(policy, record, args.orderBy, viewer),
  ];
}
