import {
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';
import type { ViewerName } from '../../../src/identity/viewers.ts';
import type { Seeded } from '../../support/seeded.ts';

/** A request as clients send it. */
export interface OddRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** Names that mean something in the engine, in its columns, in generated code or in every object of JavaScript. */
const oddNames = [
  ...[
    'parent',
    'order',
    'own',
    'key',
    'keys',
    'limit',
    'f0',
    'cursor_id',
    'id',
    'k',
    't',
    'c',
    'rel',
    'name',
  ],
  ...['nodes', 'edges', 'node', 'cursor', 'pageInfo', 'totalCount', 'data', 'errors', 'message', 'path'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'then',
    'length',
    'arguments',
    'null',
    'default',
  ],
  ...[
    'idx1',
    'idx2',
    'a_b',
    'b_a',
    'nodes_a',
    'permits_a',
    '__context',
    '__parent',
    '__field',
    'Migrant',
    '_',
  ],
];

/** What is odd in a document: nothing, its names, its variables, its fields and all that. */
const modes = ['plain', 'plain', 'plain', 'names', 'variables', 'conditions', 'all'] as const;
type Mode = (typeof modes)[number];

/** Values that a variable of a page size is given; `undefined` leaves it out. */
const oddSizes = [undefined, undefined, null, 0, 1, 2, -1, 101, 2_147_483_648, 1.5, '2', true];
const oddDays = [undefined, null, '2007-03-01', '2007-02-30', '2006-01-01', 20070301, ''];
const oddTruths = [undefined, null, true, false, 'true', 0];

/**
 * Writes valid documents of everything that executors could treat differently, with variables of which some are at
 * fault: page sizes, days, conditions, ids and enum values; lists with failing items; response names of the engine;
 * the same field twice; fragments of every kind; conditions; several operations.
 */
export class OddDocuments {
  readonly #schema: GraphQLSchema;
  readonly #random: Seeded;
  readonly #ids: ReadonlyMap<string, readonly string[]>;
  readonly #roots: readonly GraphQLField<unknown, unknown>[];
  readonly #isOpen: (type: string, field: string, viewer: ViewerName) => boolean;
  #viewer: ViewerName = 'PUBLIC_SECURITY';
  #mode: Mode = 'plain';
  #declared: string[] = [];
  #variables: Record<string, unknown> = {};
  #fragments: string[] = [];
  #count = 0;

  /**
   * @param ids of records that exist, by type
   * @param isOpen whether nothing of a field is refused to a viewer: what is refused is answered by loaders alone
   */
  constructor(
    schema: GraphQLSchema,
    random: Seeded,
    ids: ReadonlyMap<string, readonly string[]>,
    isOpen: (type: string, field: string, viewer: ViewerName) => boolean,
  ) {
    this.#isOpen = isOpen;
    this.#schema = schema;
    this.#random = random;
    this.#ids = ids;
    const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
    this.#roots = fields.filter(({ type }) => ids.has(getNamedType(type).name.replace(/Connection$/, '')));
  }

  generate(viewer: ViewerName): OddRequest {
    this.#viewer = viewer;
    this.#mode = this.#random.pick(modes);
    this.#declared = [];
    this.#variables = {};
    this.#fragments = [];
    this.#count = 0;
    const texts = Array.from({ length: 1 + Math.floor(this.#random.next() * 3) }, () => this.#root());
    if (this.#random.chance(0.2)) texts.push(`${this.#alias()}__typename`);
    if (this.#random.chance(0.1)) texts.push('__type(name: "Migrant") { name fields { name } }');
    const isNamed = this.#random.chance(0.2);
    const head = this.#declared.length > 0 ? `(${this.#declared.join(', ')})` : '';
    const operation = `query${isNamed ? ' A' : ''}${head} { ${texts.join(' ')} }`;
    const others = isNamed ? ['query B { __typename }'] : [];
    const query = [operation, ...others, ...this.#fragments].join('\n');
    const operationName = isNamed ? this.#random.pick(['A', 'A', 'A', 'B', 'C', '']) : undefined;
    return { query, variables: this.#variables, ...(operationName === undefined ? {} : { operationName }) };
  }

  #root(): string {
    const way = this.#random.next();
    if (way < 0.25) return this.#nodes();
    const open = this.#roots.filter(({ name }) => this.#isOpen('Query', name, this.#viewer));
    const field = this.#random.pick(this.#mode === 'all' ? this.#roots : open);
    const type = getNamedType(field.type);
    if (type.name.endsWith('Connection')) return this.#connection(field, 3);
    return `${this.#alias()}${field.name}(id: ${this.#id(type.name)}) { ${this.#selection(type as GraphQLObjectType, 2)} }`;
  }

  #nodes(): string {
    const types = [...this.#ids.keys()].filter((name) => (this.#ids.get(name)?.length ?? 0) > 0);
    const type = this.#random.pick(types);
    const set = `id ... on ${type} { ${this.#selection(this.#schema.getType(type) as GraphQLObjectType, 2)} }`;
    if (this.#random.chance(0.3)) return `${this.#alias()}node(id: ${this.#id(type)}) { ${set} }`;
    const ids = Array.from({ length: 1 + Math.floor(this.#random.next() * 4) }, () => this.#idValue(type));
    const text = this.#random.chance(0.4)
      ? JSON.stringify(ids)
      : this.#variable(
          this.#random.pick(['[ID!]!', `[ID!] = ${JSON.stringify(ids)}`, `[ID!]! = ${JSON.stringify(ids)}`]),
          ...[ids, undefined, null, [...ids, null], [], ids[0]],
        );
    return `${this.#alias()}nodes(ids: ${text}) { ${set} }`;
  }

  /** A good one mostly; else of another type, of nothing, or none at all. */
  #idValue(type: string): string {
    const other = this.#random.pick([...this.#ids.keys()]);
    return this.#random.pick([
      ...(this.#ids.get(type) ?? []),
      ...(this.#ids.get(type) ?? []),
      this.#ids.get(other)?.[0] ?? 'zz',
      Buffer.from(`${type}:00000000-0000-7000-8000-000000000000`).toString('base64url'),
      'zz',
    ]);
  }

  #id(type: string): string {
    const id = this.#idValue(type);
    return this.#random.chance(0.5) ? JSON.stringify(id) : this.#variable('ID!', id);
  }

  #connection(field: GraphQLField<unknown, unknown>, depth: number): string {
    const record = getNamedType(field.type).name.slice(0, -'Connection'.length);
    const type = this.#schema.getType(record) as GraphQLObjectType;
    const args = [this.#size(), ...this.#filter(field), ...this.#order(field)];
    const parts = [`${this.#alias(0.15)}nodes { ${this.#selection(type, depth - 1)} }`];
    if (this.#random.chance(0.3)) parts.push(`edges { cursor node { ${this.#selection(type, depth - 1)} } }`);
    if (this.#random.chance(0.2)) parts.push(`${this.#alias()}nodes { ${this.#selection(type, depth - 1)} }`);
    if (this.#random.chance(0.2)) parts.push('pageInfo { hasNextPage endCursor }');
    if (this.#random.chance(0.2)) parts.push(`${this.#alias()}totalCount`);
    return `${this.#alias(0.4)}${field.name}(${args.join(', ')})${this.#condition()} { ${parts.join(' ')} }`;
  }

  #size(): string {
    if (this.#random.chance(0.6)) return `first: ${this.#random.pick([1, 2, 3])}`;
    return `first: ${this.#variable(this.#random.pick(['Int', 'Int = 2', 'Int! = 2']), 2, ...oddSizes)}`;
  }

  /** By an enum: its values can be unknown, null, or in a list. */
  #filter(field: GraphQLField<unknown, unknown>): string[] {
    const argument = field.args.find(({ name }) => name === 'filter');
    if (!argument || !this.#random.chance(0.3)) return [];
    const form = getNamedType(argument.type) as GraphQLInputObjectType;
    const enums = Object.values(form.getFields()).flatMap(({ name, type }) => {
      const comparison = getNamedType(type);
      const compared = isInputObjectType(comparison) && comparison.getFields().in?.type;
      const named = compared && getNamedType(compared);
      return named && isEnumType(named) ? [{ name, comparison, named }] : [];
    });
    if (enums.length === 0) return [];
    const { name, comparison, named } = this.#random.pick(enums);
    const value = this.#random.pick(named.getValues()).name;
    const odd = ['NOTHING_OF_THE_KIND', undefined, null, 1];
    const nullable = `${named.name} = ${value}`;
    switch (this.#random.pick(['literal', 'list', 'nested', 'object'])) {
      case 'list':
        return [`filter: { ${name}: { in: [${value}, ${this.#variable(nullable, value, ...odd)}] } }`];
      case 'nested':
        return [`filter: { ${name}: { eq: ${this.#variable(nullable, value, ...odd)} } }`];
      case 'object':
        return [
          `filter: { ${name}: ${this.#variable(comparison.name, { eq: value }, ...odd.map((eq) => ({ eq })))} }`,
        ];
      default:
        return [`filter: { ${name}: { in: [${value}] } }`];
    }
  }

  #order(field: GraphQLField<unknown, unknown>): string[] {
    const argument = field.args.find(({ name }) => name === 'orderBy');
    if (!argument || !this.#random.chance(0.2)) return [];
    const form = getNamedType(argument.type) as GraphQLInputObjectType;
    const named = getNamedType(form.getFields().field!.type);
    if (!isEnumType(named)) return [];
    const value = this.#random.pick(named.getValues()).name;
    if (this.#random.chance(0.5)) return [`orderBy: { field: ${value}, direction: DESC }`];
    const written = this.#variable(`${named.name} = ${value}`, value, undefined, null, 'NOTHING_OF_THE_KIND');
    return [`orderBy: { field: ${written} }`];
  }

  #selection(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter(
      (f) =>
        f.name !== 'provenance' &&
        (depth > 0 || isLeafType(getNamedType(f.type))) &&
        (this.#mode === 'all' || this.#isOpen(type.name, f.name, this.#viewer)),
    );
    // Derived fields with arguments are few: they come often.
    const derived = fields.filter((f) => isLeafType(getNamedType(f.type)) && f.args.length > 0);
    const chosen = [
      ...this.#random.some(fields, 4),
      ...(derived.length > 0 && this.#random.chance(0.7) ? [derived[0]!, derived[0]!] : []),
    ];
    const texts = chosen.map((field) => this.#field(field, depth));
    if (this.#random.chance(0.2)) texts.push(texts[0]!);
    if (this.#random.chance(0.2)) texts.push(`${this.#alias()}__typename`);
    const text = texts.join(' ');
    const way = this.#random.next();
    if (way < 0.12) return `id ... on ${type.name}${this.#condition()} { ${text} }`;
    if (way < 0.2) return `... on Node { id } ${text}`;
    if (way > 0.3) return text;
    const name = `F${++this.#count}`;
    this.#fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
    return `id ...${name}${this.#condition()}`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const target = getNamedType(field.type);
    if (target.name.endsWith('Connection')) return this.#connection(field, depth);
    const args = field.args.map(({ name }) => `${name}: ${this.#day()}`);
    const head = `${this.#alias(0.3)}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}`;
    if (isLeafType(target)) return `${head}${this.#condition()}`;
    if (!isObjectType(target)) return `${head} { __typename }`;
    const isList = isListType(getNullableType(field.type));
    return `${head} { ${this.#selection(target, isList ? 0 : depth - 1)} }`;
  }

  #day(): string {
    if (this.#random.chance(0.5)) return this.#random.pick(['"2007-03-01"', '"2006-06-01"', '"1990-01-01"']);
    return this.#variable(this.#random.pick(['Date!', 'Date = "2007-03-01"']), '2007-03-01', ...oddDays);
  }

  #condition(): string {
    const odd = this.#mode === 'conditions' ? 0.25 : this.#mode === 'all' ? 0.12 : 0;
    if (!this.#random.chance(odd)) return '';
    const type = this.#random.pick(['Boolean!', 'Boolean = true', 'Boolean! = false']);
    return ` @${this.#random.pick(['skip', 'include'])}(if: ${this.#variable(type, this.#random.chance(0.5), ...oddTruths)})`;
  }

  #alias(probability = 0.6): string {
    if (!this.#random.chance(probability)) return '';
    const isOdd = this.#mode === 'names' || this.#mode === 'all';
    return `${isOdd ? this.#random.pick(oddNames) : `a${++this.#count}`}: `;
  }

  /** @param good what fits the type; others come where variables are odd */
  #variable(type: string, good: unknown, ...others: readonly unknown[]): string {
    const isOdd = this.#mode === 'variables' || this.#mode === 'all';
    const value = isOdd && this.#random.chance(0.6) ? this.#random.pick([good, ...others]) : good;
    const name = `v${++this.#count}`;
    this.#declared.push(`$${name}: ${type}`);
    if (value !== undefined) this.#variables[name] = value;
    return `$${name}`;
  }
}
