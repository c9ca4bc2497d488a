import {
  buildSchema,
  type DocumentNode,
  type GraphQLError,
  getIntrospectionQuery,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkCost, predictCost } from '../../src/graph/limits/cost.ts';
import { maxTokens, staticLimits } from '../../src/graph/limits/shape.ts';
import { readRequest } from '../../src/graph/request-reading.ts';

const schema = buildSchema(`
  type Query { a: Query b: Query x: Int y(n: Int): Int things(first: Int, last: Int): Things nodes(ids: [ID!]!): [Thing] }
  type Things { nodes: [Thing] edges: [Edge] totalCount: Int pageInfo: PageInfo }
  type PageInfo { hasNextPage: Boolean }
  type Edge { node: Thing }
  type Thing { id: ID unit: Thing things(first: Int, last: Int): Things }
`);

/** What a server would report, the rules of the specification first as Apollo has them. */
const faults = (source: string) => validate(schema, parse(source), [...specifiedRules, staticLimits]);
const codes = (source: string) => faults(source).map((fault) => fault.extensions.code);
const nest = (levels: number) => `${'{ a '.repeat(levels - 1)}{ x }${' }'.repeat(levels - 1)}`;
const repeat = (times: number, make: (i: number) => string) =>
  Array.from({ length: times }, (_, i) => make(i)).join(' ');

/** The contract says nothing of lists. */
const unbounded = { items: () => undefined, beside: () => 0 };

const cost = (
  source: string,
  variables: Record<string, unknown> = {},
  document: DocumentNode = parse(source),
) => {
  try {
    checkCost(predictCost(schema, readRequest(schema, { document, variables }), unbounded));
    return 'ok';
  } catch (error) {
    return (error as GraphQLError).extensions.code;
  }
};

describe('a document', () => {
  it('may be twelve levels deep and no deeper', () => {
    expect(codes(nest(12))).toEqual([]);
    expect(codes(nest(13))).toEqual(['QUERY_TOO_DEEP']);
  });

  it('is as deep as its fragments make it', () => {
    const source = (levels: number) => `{ ...F } fragment F on Query ${nest(levels)}`;
    expect(codes(source(12))).toEqual([]);
    expect(codes(source(13))).toEqual(['QUERY_TOO_DEEP']);
  });

  it('may ask for the whole schema as tools do, and no deeper', () => {
    expect(validate(schema, parse(getIntrospectionQuery()), [staticLimits])).toEqual([]);
    expect(cost(getIntrospectionQuery())).toBe('ok');
    const deeper = `{ __schema { types { fields { type ${'{ ofType '.repeat(12)} { name } ${'}'.repeat(12)} } } } }`;
    expect(codes(deeper)).toEqual(['QUERY_TOO_DEEP']);
  });

  it('does not get deeper by an alias or a fragment named like introspection', () => {
    expect(codes(`{ __schema: a ${nest(12)} }`)).toEqual(['QUERY_TOO_DEEP']);
    expect(codes(`{ ...__schema } fragment __schema on Query ${nest(13)}`)).toEqual(['QUERY_TOO_DEEP']);
  });

  it('may have thirty aliases, __typename counted', () => {
    expect(codes(`{ a { ${repeat(30, (i) => `a${i}: __typename`)} } }`)).toEqual([]);
    expect(codes(`{ a { ${repeat(31, (i) => `a${i}: __typename`)} } }`)).toEqual(['TOO_MANY_ALIASES']);
  });

  it('counts the aliases of a fragment each time it is spread', () => {
    const source = (times: number) =>
      `{ a { ${repeat(times, () => 'a { ...F } b { ...F }')} } } fragment F on Query { p: x q: x r: x s: x t: x }`;
    expect(codes(source(3))).toEqual([]);
    expect(codes(source(4))).toEqual(['TOO_MANY_ALIASES']);
  });

  it('may have thirty directives, wherever they stand', () => {
    expect(codes(`{ a { ${repeat(30, () => 'x @include(if: true)')} } }`)).toEqual([]);
    expect(codes(`{ a { ${repeat(31, () => 'x @include(if: true)')} } }`)).toEqual(['TOO_MANY_DIRECTIVES']);
    expect(codes(`{ x ${'@aa'.repeat(60)} }`).at(-1)).toBe('TOO_MANY_DIRECTIVES');
  });

  it('may have twenty root fields, those of fragments counted', () => {
    expect(codes(`{ ${repeat(20, () => 'x')} }`)).toEqual([]);
    expect(codes(`{ ${repeat(21, () => 'x')} }`)).toEqual(['TOO_MANY_ROOT_FIELDS']);
    expect(codes(`{ ...F } fragment F on Query { ... { ${repeat(21, () => '__typename')} } }`)).toEqual([
      'TOO_MANY_ROOT_FIELDS',
    ]);
  });

  it('counts directives on fragments, each time they are spread, on operations and on variables', () => {
    const five = repeat(5, () => '@include(if: true)');
    const spread = (times: number) =>
      `{ a { ${repeat(times, () => '...F')} } } fragment F on Query ${five} { x }`;
    expect(codes(spread(6))).not.toContain('TOO_MANY_DIRECTIVES');
    expect(codes(spread(7)).at(-1)).toBe('TOO_MANY_DIRECTIVES');
    const around = (times: number) =>
      `query ($v: Int ${repeat(times, () => '@a')}) ${repeat(15, () => '@b')} { y(n: $v) }`;
    expect(codes(around(15))).not.toContain('TOO_MANY_DIRECTIVES');
    expect(codes(around(16)).at(-1)).toBe('TOO_MANY_DIRECTIVES');
  });

  it('may have a thousand fields, those of fragments each time they are spread', () => {
    const six = 'fragment S on Query { x p: x q: x r: x s: x t: x }';
    const wide = (times: number) => `{ a { ${repeat(times, () => '__typename')} } }`;
    expect(codes(wide(998)).at(-1)).toBe('TOO_MANY_OVERLAPS');
    expect(codes(wide(1001))).toEqual(['TOO_MANY_FIELDS']);
    const fields = (times: number) => `{ a { ${repeat(times, (i) => `f${i}`)} } }`;
    expect(codes(fields(999))).not.toContain('TOO_MANY_FIELDS');
    expect(codes(fields(1000)).at(-1)).toBe('TOO_MANY_FIELDS');
    expect(codes(`{ a { ${repeat(200, () => '...S')} } } ${six}`).at(-1)).toMatch(
      /TOO_MANY_(ALIASES|FIELDS)/,
    );
    const doubled = `{ ...D0 } ${repeat(40, (i) => `fragment D${i} on Query { ...D${i + 1} ...D${i + 1} }`)} fragment D40 on Query { __typename }`;
    expect(codes(doubled)).toEqual(['TOO_MANY_ROOT_FIELDS']);
    const inside = doubled.replace('{ ...D0 }', '{ a { ...D0 } }');
    expect(codes(inside)).toEqual(['TOO_MANY_FIELDS']);
    expect(codes(`{ x } ${inside.slice(inside.indexOf('fragment'))}`)).toEqual(['TOO_MANY_FIELDS']);
  });

  it('may ask for one field again, but not so often that comparing them is dear', () => {
    expect(codes(`{ a { ${repeat(60, () => 'x')} } }`)).toEqual([]);
    expect(codes(`{ a { ${repeat(71, () => 'x')} } }`)).toEqual(['TOO_MANY_OVERLAPS']);
    // Each level below counts: the selections are merged.
    expect(codes(`{ a { ${repeat(45, () => 'a { b { x } }')} } }`)).toEqual(['TOO_MANY_OVERLAPS']);
    expect(codes(`{ x } fragment F on Query { a { ${repeat(71, () => 'x')} } }`)).toEqual([
      'TOO_MANY_OVERLAPS',
    ]);
  });

  it('may read the schema once, not again and again', () => {
    const schemas = (times: number) =>
      `{ ${repeat(times, (i) => `a${i}: __schema { ...S }`)} } fragment S on __Schema { types { fields { name } } }`;
    expect(codes(schemas(6))).toEqual([]);
    expect(codes(schemas(7))).toEqual(['TOO_MUCH_INTROSPECTION']);
    const types = `{ __schema { ${repeat(13, (i) => `a${i}: types { name }`)} } }`;
    expect(codes(types)).toEqual(['TOO_MUCH_INTROSPECTION']);
    expect(codes(`{ a { ${repeat(13, () => 'types')} } }`)).not.toContain('TOO_MUCH_INTROSPECTION');
  });

  it('may have fifty fragments and twenty operations', () => {
    const many = (fragments: number, operations: number) =>
      `${repeat(operations, (i) => `query Q${i} { ${repeat(i === 0 ? 1 : 0, () => '...F0')} x }`)} ${repeat(fragments, (i) => `fragment F${i} on Query { x ${i + 1 < fragments ? `...F${i + 1}` : ''} }`)}`;
    expect(codes(many(19, 20))).toEqual([]);
    expect(codes(many(1, 21))).toEqual(['TOO_MANY_OPERATIONS']);
    const unused = (fragments: number) =>
      `{ a { x } } ${repeat(fragments, (i) => `fragment F${i} on Query { x }`)}`;
    expect(codes(unused(50))).not.toContain('TOO_MANY_FRAGMENTS');
    expect(codes(unused(51))).toEqual(['TOO_MANY_FRAGMENTS']);
  });

  it('that is refused gets one error, which says the limit and what to do', () => {
    const [fault, ...others] = faults(`{ ${repeat(40, (i) => `a${i}: unknown${i}`)} }`);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ extensions: { code: 'TOO_MANY_ALIASES', limit: 30 } });
    expect(fault?.message).toMatch(/more than 30 aliases\. Use /);
  });

  it('has a number of tokens at which parsing ends', () => {
    expect(() => parse(`{ ${'x '.repeat(maxTokens)} }`, { maxTokens })).toThrow('tokens');
    expect(() => parse(getIntrospectionQuery(), { maxTokens })).not.toThrow();
  });

  it('that is a fragment bomb is refused: to spread its fragments would never end', () => {
    const bomb = `{ ...F0 } ${repeat(200, (i) => `fragment F${i} on Query { a { ...F${i + 1} } b { ...F${i + 1} } }`)}
      fragment F200 on Query { p: x }`;
    const document = parse(bomb);
    expect(validate(schema, document, [staticLimits])).toHaveLength(1);
    expect(cost('', {}, document)).toBe('QUERY_TOO_COSTLY');
  });

  it('with a circle of fragments does not go on for ever', () => {
    const circle = parse(
      '{ ...A } fragment A on Query { a { ...B } } fragment B on Query { b { ...A ...B } }',
    );
    expect(validate(schema, circle, [staticLimits])[0]?.extensions.code).toBe('FRAGMENT_CIRCLE');
    expect(cost('', {}, circle)).toBe('ok');
  });
});

describe('the cost of an operation', () => {
  it('allows 100 records with four relations of ten', () => {
    const relation = (i: number) => `r${i}: things(first: 10) { nodes { id } }`;
    expect(cost(`{ things(first: 100) { nodes { id unit { id } ${repeat(4, relation)} } } }`)).toBe('ok');
  });

  it('is the same for fragments as for the fields in them', () => {
    const source = (first: number) => `{ things(first: 100) { nodes { ...T } } }
      fragment T on Thing { id unit { id } things(first: ${first}) { ...P } }
      fragment P on Things { nodes { ...L } } fragment L on Thing { id }`;
    expect(cost(source(50))).toBe('ok');
    expect(
      cost(
        `{ a { ...Q } } fragment Q on Query { things(first: 100) { nodes { things(first: 100) { nodes { id unit { id } } } } } }`,
      ),
    ).toBe('QUERY_TOO_COSTLY');
  });

  it('multiplies page sizes', () => {
    expect(cost('{ things(first: 100) { nodes { things(first: 100) { nodes { unit { id } } } } } }')).toBe(
      'QUERY_TOO_COSTLY',
    );
    expect(cost('{ things(last: 100) { edges { node { things(first: 100) { nodes { id } } } } } }')).toBe(
      'ok',
    );
  });

  it('takes twenty for a page whose size is not said', () => {
    const source = (levels: number) => `${'{ things { nodes '.repeat(levels)}{ id }${' } }'.repeat(levels)}`;
    expect(cost(source(3))).toBe('ok');
    expect(cost(source(4))).toBe('QUERY_TOO_COSTLY');
  });

  it('follows the variables of each request, also for a document seen before', () => {
    const document = parse(
      'query ($n: Int = 100) { things(first: $n) { nodes { things(first: $n) { nodes { unit { id } } } } } }',
    );
    expect(cost('', { n: 10 }, document)).toBe('ok');
    expect(cost('', { n: 100 }, document)).toBe('QUERY_TOO_COSTLY');
    expect(cost('', {}, document)).toBe('QUERY_TOO_COSTLY');
    expect(cost('', { n: 101 }, document)).toBe('PAGE_TOO_LARGE');
    expect(cost('', { n: 10 }, document)).toBe('ok');
  });

  it('knows a page of more than 100 from a literal too', () => {
    expect(cost('{ things(first: 100) { nodes { id } } }')).toBe('ok');
    expect(cost('{ things(first: 101) { nodes { id } } }')).toBe('PAGE_TOO_LARGE');
    expect(cost('{ a { things(last: 2000000000) { totalCount } } }')).toBe('PAGE_TOO_LARGE');
  });
});
