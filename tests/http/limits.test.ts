import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

const repeat = (times: number, make: (i: number) => string) =>
  Array.from({ length: times }, (_, i) => make(i)).join(' ');

/** From a person to the stay and back to the person, as many levels deep as asked for. */
function nested(levels: number): string {
  let inner = 'id';
  for (let level = levels - 1; level >= 2; level--)
    inner = level % 2 === 0 ? `currentRegistration { ${inner} }` : `person { ${inner} }`;
  return `{ migrant(id: "x") { ${inner} } }`;
}

const filtered = (conditions: number) =>
  `{ orgUnits(first: 1, filter: { or: [${repeat(conditions, () => '{ code: { eq: "a" } }')}] }) { totalCount } }`;

/** Each limit with a document that it allows, the last where it can be told, and the first that it refuses. */
const limits: readonly (readonly [string, string, string])[] = [
  ['QUERY_TOO_DEEP', nested(12), nested(13)],
  [
    'TOO_MANY_ALIASES',
    `{ orgUnits(first: 1) { nodes { ${repeat(30, (i) => `a${i}: code`)} } } }`,
    `{ orgUnits(first: 1) { nodes { ${repeat(31, (i) => `a${i}: code`)} } } }`,
  ],
  [
    'TOO_MANY_DIRECTIVES',
    `{ orgUnits(first: 1) { nodes { ${repeat(30, () => 'code @include(if: true)')} } } }`,
    `{ orgUnits(first: 1) { nodes { ${repeat(31, () => 'code @include(if: true)')} } } }`,
  ],
  [
    'TOO_MANY_ROOT_FIELDS',
    `{ ${repeat(20, (i) => `a${i}: __typename`)} }`,
    `{ ${repeat(21, (i) => `a${i}: __typename`)} }`,
  ],
  [
    'PAGE_TOO_LARGE',
    '{ migrants(first: 100) { nodes { id } } }',
    '{ migrants(first: 101) { nodes { id } } }',
  ],
  ['FILTER_TOO_COMPLEX', filtered(40), filtered(101)],
  [
    'QUERY_TOO_COSTLY',
    '{ migrants(first: 100) { nodes { leases(first: 90) { nodes { id } } } } }',
    '{ migrants(first: 100) { nodes { leases(first: 100) { nodes { dwelling { id } } } } } }',
  ],
];

describe('a document at a limit is answered, one past it is refused with its code:', () => {
  it.each(limits)('%s', async (code, legal, illegal) => {
    const allowed = await server.ask('HLR', legal);
    expect((allowed.json.errors ?? []).map((e: Coded) => e.extensions.code)).not.toContain(code);
    expect(allowed.json.data).toBeDefined();
    const refused = await server.ask('HLR', illegal);
    expect(refused.status).toBe(400);
    expect(refused.json.errors).toHaveLength(1);
    expect(refused.json.errors[0].extensions.code).toBe(code);
    expect(refused.json.errors[0].message).toMatch(/^(The document|A page|A filter) .+\. \w.+\.$/);
    expect(refused.json.data ?? null).toBeNull();
  });

  it('2,000 tokens', async () => {
    const code = `{ code: { in: [${repeat(100, () => '"a"')}] } }`;
    // 19 tokens around 18 conditions of 110 each, and one a field.
    const tokens = (count: number) =>
      `{ orgUnits(first: 1 filter: { or: [${repeat(18, () => code)}] }) { totalCount ${repeat(count - 1999, () => '__typename')} } }`;
    expect((await server.ask('HLR', tokens(2000))).status).toBe(200);
    const { status, json } = await server.ask('HLR', tokens(2001));
    expect(status).toBe(400);
    expect(json.errors[0].message).toBe('The document has too many tokens. Ask in several documents.');
  });

  it('a document that is dear to check is refused with a sentence that says what to do', async () => {
    const { status, json } = await server.ask(
      'HLR',
      `{ orgUnits { nodes { ${repeat(1900, () => 'code')} } } }`,
    );
    expect(status).toBe(400);
    expect(json.errors).toHaveLength(1);
    expect(json.errors[0].message).toMatch(/\. \w.+\.$/);
  });

  it('a page size that comes from a variable or its default counts as well', async () => {
    const page = 'query ($n: Int = 101) { migrants(first: $n) { nodes { id } } }';
    expect((await server.ask('HLR', page, { n: 100 })).status).toBe(200);
    for (const variables of [{ n: 101 }, {}])
      expect((await server.ask('HLR', page, variables)).json.errors[0].extensions.code).toBe(
        'PAGE_TOO_LARGE',
      );
  });

  it('variables with many faults are refused at the first', async () => {
    const page = 'query ($f: OrgUnitFilter) { orgUnits(first: 1, filter: $f) { totalCount } }';
    expect((await server.ask('HLR', page, { f: { code: { eq: 'a' } } })).status).toBe(200);
    const names = Object.fromEntries(Array.from({ length: 1900 }, (_, i) => [`codd${i}`, 1]));
    const { status, json } = await server.ask('HLR', page, { f: names });
    expect(status).toBe(400);
    expect(json.errors).toHaveLength(1);
    expect(json.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('fragments and a hundred ids are no way around the cost', async () => {
    const bomb = `{ ...A } ${repeat(14, (i) => `fragment ${letter(i)} on Query { ...${letter(i + 1)} ...${letter(i + 1)} }`)}
      fragment ${letter(14)} on Query { migrants { nodes { id } } }`;
    const { status, json } = await server.ask('HLR', bomb);
    expect(status).toBe(400);
    expect(json.errors).toHaveLength(1);
    const ids = JSON.stringify(Array(101).fill('x'));
    const many = await server.ask('HLR', `{ nodes(ids: ${ids}) { id } }`);
    expect(many.json.errors[0].extensions.code).not.toBe('INTERNAL');
    expect(many.json.data?.nodes ?? null).toBeNull();
  });
});

interface Coded {
  readonly extensions: { readonly code: string };
}

const letter = (i: number) => String.fromCharCode(65 + i);
