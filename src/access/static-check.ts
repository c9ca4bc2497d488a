import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { checkFilterSize } from '../graph/filter-size.ts';
import type { RecordModel } from '../graph/model/record.ts';
import type { ViewerName } from '../identity/viewers.ts';
import { getOrMake } from '../store/get-or-make.ts';
import type { Denial } from './denial.ts';
import type { Policy, Verdict } from './policy.ts';

type Values = Readonly<Record<string, unknown>>;

/** What is known of a document for a viewer before anything runs. */
export interface AccessCheck {
  /** Nothing of the document is refused. */
  readonly allowed: boolean;
  readonly denied: ReadonlyMap<FieldNode, Denial>;
  /** One a coordinate, secret ones left out. */
  readonly denials: readonly Denial[];
  readonly masked: readonly NonNullable<Verdict['masked']>[];
  readonly own: readonly NonNullable<Verdict['own']>[];
  /** Filters or orders could not be looked at: this is the answer, nothing may run. */
  readonly faultyVariables?: GraphQLError | undefined;
}

interface Guarded {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly record: RecordModel;
}

interface CachedCheck extends AccessCheck {
  /** Fields whose filter or order comes from variables: looked at for each request. */
  readonly guarded: readonly Guarded[];
  readonly operation: OperationDefinitionNode | undefined;
}

/**
 * Checks a document for a viewer before any SQL: output coordinates, filter fields at any depth, order values.
 * What does not depend on variables is checked once a document and viewer.
 */
export class StaticCheck {
  readonly #schema: GraphQLSchema;
  readonly #policy: Policy;
  readonly #cache = new WeakMap<DocumentNode, Map<string, CachedCheck>>();

  constructor(schema: GraphQLSchema, policy: Policy) {
    this.#schema = schema;
    this.#policy = policy;
  }

  check(
    document: DocumentNode,
    operationName: string | null | undefined,
    viewer: ViewerName,
    variables: Values,
  ): AccessCheck {
    const known = getOrMake(this.#cache, document, () => new Map<string, CachedCheck>());
    const cached = getOrMake(known, `${viewer} ${operationName ?? ''}`, () =>
      this.#checkDocument(document, operationName, viewer),
    );
    return cached.guarded.length === 0 ? cached : this.#withVariables(cached, viewer, variables);
  }

  #checkDocument(
    document: DocumentNode,
    operationName: string | null | undefined,
    viewer: ViewerName,
  ): CachedCheck {
    const found = new Findings();
    const guarded: Guarded[] = [];
    const typeInfo = new TypeInfo(this.#schema);
    // Fragments are checked where they are defined; one that is not used refuses nothing, so others are left out.
    const operation = findOperation(document, operationName);
    const used = reachable(document, operation);
    const enterField = (node: FieldNode) => {
      const type = typeInfo.getParentType();
      const definition = typeInfo.getFieldDef();
      if (!type || !definition) return;
      found.verdict(node, this.#policy.verdict(type.name, node.name.value, viewer));
      const record = this.#listRecord(definition);
      if (!record || !node.arguments?.some((a) => a.name.value === 'filter' || a.name.value === 'orderBy'))
        return;
      if (node.arguments.some((a) => hasVariable(a.value))) guarded.push({ node, definition, record });
      else found.denials(node, this.#argumentDenials({ node, definition, record }, viewer, {}));
    };
    for (const definition of used) visit(definition, visitWithTypeInfo(typeInfo, { Field: enterField }));
    return { ...found.result(), guarded, operation };
  }

  #withVariables(cached: CachedCheck, viewer: ViewerName, variables: Values): AccessCheck {
    // Defaults of variables count: what runs is checked, not what was sent. Faulty variables stop before anything runs.
    // The first fault is enough: each is described at the cost of the whole value.
    const { coerced, errors } = getVariableValues(
      this.#schema,
      cached.operation?.variableDefinitions ?? [],
      variables,
      { maxErrors: 1 },
    );
    if (!coerced) return { ...cached, faultyVariables: errors[0] };
    const found = new Findings(cached);
    for (const guarded of cached.guarded)
      found.denials(guarded.node, this.#argumentDenials(guarded, viewer, coerced));
    return found.result();
  }

  #argumentDenials({ node, definition, record }: Guarded, viewer: ViewerName, variables: Values): Denial[] {
    const args = getArgumentValues(definition, node, variables as Record<string, unknown>);
    checkFilterSize(args.filter);
    const denials = [
      ...this.#policy.filterDenials(record, args.filter, viewer),
      ...this.#policy.orderDenials(record, args.orderBy, viewer),
    ];
    // Secret records answer with nothing instead of a refusal; see graph/reads/list.ts.
    const blind = record.rules.group?.secret && record.rules.group.cells.get(viewer)?.value !== 'F';
    return blind ? denials.filter((denial) => !denial.group.secret) : denials;
  }

  #listRecord(definition: GraphQLField<unknown, unknown>): RecordModel | undefined {
    const name = getNamedType(definition.type).name;
    return name.endsWith('Connection')
      ? this.#policy.model.get(name.slice(0, -'Connection'.length))
      : undefined;
  }
}

/** Collects what is refused or masked; each coordinate once. */
class Findings {
  readonly #denied: Map<FieldNode, Denial>;
  readonly #denials: Map<string, Denial>;
  readonly #masked: Map<string, NonNullable<Verdict['masked']>>;
  readonly #own: Map<string, NonNullable<Verdict['own']>>;

  constructor(from?: AccessCheck) {
    this.#denied = new Map(from?.denied);
    this.#denials = new Map(from?.denials.map((d) => [d.coordinate, d]));
    this.#masked = new Map(from?.masked.map((m) => [m.coordinate, m]));
    this.#own = new Map(from?.own.map((o) => [o.coordinate, o]));
  }

  verdict(node: FieldNode, { denial, masked, own }: Verdict): void {
    if (denial) this.denials(node, [denial]);
    if (masked && !masked.group.secret) this.#masked.set(masked.coordinate, masked);
    if (own && !own.group.secret) this.#own.set(own.coordinate, own);
  }

  denials(node: FieldNode, denials: readonly Denial[]): void {
    for (const denial of denials) {
      this.#denied.set(node, denial);
      if (!denial.silent) this.#denials.set(denial.coordinate, denial);
    }
  }

  result(): AccessCheck {
    return {
      allowed: this.#denied.size === 0,
      denied: this.#denied,
      denials: [...this.#denials.values()],
      masked: [...this.#masked.values()],
      own: [...this.#own.values()],
    };
  }
}

function findOperation(
  document: DocumentNode,
  name: string | null | undefined,
): OperationDefinitionNode | undefined {
  return document.definitions.find(
    (d): d is OperationDefinitionNode =>
      d.kind === Kind.OPERATION_DEFINITION && (!name || d.name?.value === name),
  );
}

/** The operation that runs and the fragments it reaches. */
function reachable(document: DocumentNode, operation: OperationDefinitionNode | undefined) {
  const fragments = new Map(
    document.definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
    ),
  );
  const used = new Set<OperationDefinitionNode | NonNullable<ReturnType<typeof fragments.get>>>();
  const add = (definition: typeof used extends Set<infer D> ? D | undefined : never) => {
    if (!definition || used.has(definition)) return;
    used.add(definition);
    visit(definition, { FragmentSpread: (spread) => add(fragments.get(spread.name.value)) });
  };
  add(operation);
  return used;
}

function hasVariable(value: ValueNode): boolean {
  let found = false;
  visit(value, {
    Variable: () => {
      found = true;
    },
  });
  return found;
}
