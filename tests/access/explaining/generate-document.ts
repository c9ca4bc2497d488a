import {
  astFromValue,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  print,
} from 'graphql';
import type { Seeded } from '../../support/seeded.ts';

/** A place in a generated document. */
export interface Place {
  /** Its name in the response. */
  readonly key: string;
  readonly type: string;
  readonly field: string;
  /** Coordinates of its filter and order; those of value objects' parts are told by the field that holds them. */
  readonly uses: readonly string[];
  readonly below: readonly Place[];
}

export interface Generated {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly places: readonly Place[];
}

/** Ids of records that exist, by type. */
export type KnownIds = ReadonlyMap<string, readonly string[]>;

/** A random valid document: lists, records by id, relations, value objects, filters, orders, aliases, fragments. */
export class DocumentGenerator {
  readonly #schema: GraphQLSchema;
  readonly #random: Seeded;
  readonly #ids: KnownIds;
  #fragments: string[] = [];
  #declared: string[] = [];
  #variables: Record<string, unknown> = {};
  #count = 0;

  constructor(schema: GraphQLSchema, random: Seeded, ids: KnownIds) {
    this.#schema = schema;
    this.#random = random;
    this.#ids = ids;
  }

  generate(): Generated {
    this.#fragments = [];
    this.#declared = [];
    this.#variables = {};
    this.#count = 0;
    const query = this.#schema.getQueryType() as GraphQLObjectType;
    const roots = Object.values(query.getFields()).filter((f) => this.#isRead(f));
    const places: Place[] = [];
    const texts = this.#random.some(roots, 3).map((root) => this.#fieldText(query, root, 3, places));
    if (this.#random.chance(0.3)) texts.push(this.#node(places));
    const head = this.#declared.length > 0 ? `query (${this.#declared.join(', ')}) ` : '';
    const document = [`${head}{ ${texts.join(' ')} }`, ...this.#fragments].join('\n');
    return { document, variables: this.#variables, places };
  }

  #isRead(field: GraphQLField<unknown, unknown>): boolean {
    const target = getNamedType(field.type).name;
    return (
      target.endsWith('Connection') || (this.#ids.has(target) && field.args.some((a) => a.name === 'id'))
    );
  }

  #node(places: Place[]): string {
    const type = this.#random.pick([...this.#ids.keys()]);
    const object = this.#schema.getType(type) as GraphQLObjectType;
    const below: Place[] = [];
    const set = this.#selection(object, 1, below);
    const key = this.#name('n');
    places.push({ key, type: 'Query', field: 'node', uses: [type], below });
    return `${key}: node(id: ${this.#idText(type)}) { id ... on ${type} { ${set} } }`;
  }

  #idText(type: string): string {
    const id = this.#random.pick(this.#ids.get(type) ?? []);
    if (this.#random.chance(0.5)) return JSON.stringify(id);
    return this.#variable('ID!', id);
  }

  #fieldText(
    parent: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    depth: number,
    places: Place[],
  ): string {
    const target = getNamedType(field.type);
    const uses: string[] = [];
    const below: Place[] = [];
    const args = this.#argumentsText(field, uses);
    // Two uses of one field with other arguments need names of their own.
    const key = args !== '' || this.#random.chance(0.1) ? this.#name('a') : field.name;
    places.push({ key, type: parent.name, field: field.name, uses, below });
    const head = `${key === field.name ? '' : `${key}: `}${field.name}${args}`;
    if (isLeafType(target)) return head;
    if (target.name.endsWith('Connection')) {
      const record = this.#schema.getType(target.name.slice(0, -'Connection'.length)) as GraphQLObjectType;
      const inner: Place[] = [];
      const set = this.#selection(record, depth - 1, inner);
      below.push({ key: 'nodes', type: target.name, field: 'nodes', uses: [], below: inner });
      return `${head} { totalCount nodes { ${set} } pageInfo { endCursor } }`;
    }
    return `${head} { ${this.#selection(target as GraphQLObjectType, depth - 1, below)} }`;
  }

  #selection(type: GraphQLObjectType, depth: number, places: Place[]): string {
    const fields = Object.values(type.getFields()).filter(
      (f) => depth > 0 || isLeafType(getNamedType(f.type)),
    );
    const chosen = this.#random.some(fields, 5);
    const texts = chosen.map((field) => this.#fieldText(type, field, depth, places));
    // What holds nothing but objects has no leaf to ask for at the last level.
    const text = texts.join(' ') || '__typename';
    if (this.#random.chance(0.15)) return `... on ${type.name} { ${text} } __typename`;
    if (!this.#random.chance(0.15)) return text;
    const name = this.#name('F');
    this.#fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
    return `...${name}`;
  }

  #argumentsText(field: GraphQLField<unknown, unknown>, uses: string[]): string {
    const texts: string[] = [];
    for (const argument of field.args) {
      const { name, type } = argument;
      if (name === 'id') texts.push(`id: ${this.#idText(getNamedType(field.type).name)}`);
      else if (name === 'date') texts.push('date: "2007-03-01"');
      else if (name === 'first') texts.push('first: 2');
      else if (name === 'filter' && this.#random.chance(0.35))
        texts.push(
          `filter: ${this.#input(type, this.#filter(getNamedType(type) as GraphQLInputObjectType, 2, uses))}`,
        );
      else if (name === 'orderBy' && this.#random.chance(0.25)) {
        const fields = (getNamedType(type) as GraphQLInputObjectType).getFields().field;
        const order = fields && getNamedType(fields.type);
        if (!isEnumType(order)) continue;
        const value = this.#random.pick(order.getValues()).name;
        if (value !== 'ID') uses.push(`${order.name}.${value}`);
        texts.push(
          `orderBy: ${this.#input(type, { field: value, direction: this.#random.pick(['ASC', 'DESC']) })}`,
        );
      }
    }
    return texts.length > 0 ? `(${texts.join(', ')})` : '';
  }

  #filter(type: GraphQLInputObjectType, depth: number, uses: string[]): Record<string, unknown> {
    const fields = Object.values(type.getFields()).filter((f) => f.name !== 'id');
    const [field] = [this.#random.pick(fields)];
    const target = field && getNamedType(field.type);
    if (!field || !isInputObjectType(target)) return {};
    if (field.name === 'and' || field.name === 'or')
      return depth > 0 ? { [field.name]: [this.#filter(type, depth - 1, uses)] } : {};
    if (field.name === 'not') return depth > 0 ? { not: this.#filter(type, depth - 1, uses) } : {};
    const coordinate = `${type.name}.${field.name}`;
    uses.push(coordinate);
    const inner = target.getFields();
    if (inner.isNull) return { [field.name]: { isNull: this.#random.chance(0.5) } };
    if (inner.has) return { [field.name]: { has: this.#value(inner.has.type) } };
    if (inner.some) {
      const related = getNamedType(inner.some.type) as GraphQLInputObjectType;
      return {
        [field.name]: {
          [this.#random.pick(['some', 'none'])]: depth > 0 ? this.#filter(related, depth - 1, uses) : {},
        },
      };
    }
    if (inner.and) return { [field.name]: depth > 0 ? this.#filter(target, depth - 1, uses) : {} };
    // A value object: one of its parts.
    const part = this.#random.pick(Object.keys(inner));
    return { [field.name]: { [part]: { isNull: false } } };
  }

  #value(type: GraphQLInputType): unknown {
    const named = getNamedType(type);
    if (isEnumType(named)) return this.#random.pick(named.getValues()).name;
    return named.name === 'DivisionCode' ? '310107' : 'X';
  }

  #input(type: GraphQLInputType, value: Record<string, unknown>): string {
    if (this.#random.chance(0.4)) return this.#variable(String(type), value);
    const ast = astFromValue(value, type);
    return ast ? print(ast) : 'null';
  }

  #variable(type: string, value: unknown): string {
    const name = this.#name('v');
    this.#declared.push(`$${name}: ${type}`);
    this.#variables[name] = value;
    return `$${name}`;
  }

  #name(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count}`;
  }
}
