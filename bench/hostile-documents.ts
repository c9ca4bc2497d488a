/** A request body that is meant to cost the server much before it is refused. */
export interface HostileRequest {
  readonly name: string;
  readonly body: string;
}

const repeat = (times: number, make: (i: number) => string, by = ' ') =>
  Array.from({ length: times }, (_, i) => make(i)).join(by);
const nest = (levels: number, open: string, inner: string, close = ' }') =>
  open.repeat(levels) + inner + close.repeat(levels);

/** As many tokens as the server reads, and bodies as long as it reads: 2,000 and 256 KiB. */
const tokens = 2000;
const bytes = 256 * 1024 - 200;

/** Each is of legal size; `nonce` makes it new to every cache. */
const documents: Readonly<Record<string, (nonce: string) => string>> = {
  'aliases, 10,000': () => `{ ${repeat(10_000, (i) => `a${i}: __typename`)} }`,
  'aliases, as many as tokens allow': (n) => `{ ${repeat(640, (i) => `a${i}${n}: __typename`)} }`,
  'aliases of one field with a selection': (n) =>
    `{ ${repeat(280, (i) => `a${i}${n}: migrants { totalCount }`)} }`,
  'one field, 1,990 times': (n) =>
    `query ${n} { orgUnits { nodes { ${repeat(tokens - 12, () => 'code')} } } }`,
  'one root field, 1,990 times': (n) => `query ${n} { ${repeat(tokens - 5, () => '__typename')} }`,
  'one field with a selection, 490 times': (n) =>
    `query ${n} { migrants { nodes { ${repeat(490, () => 'unit { code }')} } } }`,
  'one field with two levels, 280 times': (n) =>
    `query ${n} { migrants { nodes { ${repeat(280, () => 'leases { nodes { id } }')} } } }`,
  'one field with arguments, 200 times': (n) =>
    `query ${n} { ${repeat(190, () => 'orgUnits(first: 1) { nodes { id } }')} }`,
  'conflicting fields': (n) =>
    `query ${n} { migrants { nodes { ${repeat(650, (i) => `x: ${i % 2 ? 'id' : 'name'}`)} } } }`,
  'conflicting arguments': (n) =>
    `query ${n} { ${repeat(160, (i) => `x: orgUnits(first: ${i}) { nodes { id } }`)} }`,
  'inline fragments side by side': (n) => `query ${n} { ${repeat(300, () => '... { __typename }')} }`,
  'inline fragments in inline fragments': (n) =>
    `query ${n} { ${nest(
      30,
      '... { ',
      repeat(20, () => repeat(10, () => '... { __typename }')),
      ' }',
    )} }`,
  'inline fragments 60 × 60': (n) =>
    `query ${n} { ${repeat(60, () => `... { ${repeat(60, () => '__typename')} }`)} }`,
  'inline fragments 18 × 90 of one field': (n) =>
    `query ${n} { migrants { nodes { ${repeat(18, () => `... { ${repeat(90, () => 'id')} }`)} } } }`,
  'a bomb of fragments, doubled 180 times': (n) =>
    `query ${n} { ...F0 } ${repeat(180, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F180 on Query { __typename }`,
  'a bomb of fragments with fields': (n) =>
    `query ${n} { ...F0 } ${repeat(110, (i) => `fragment F${i} on Query { a: migrants { nodes { id } } ...F${i + 1} ...F${i + 1} }`)} fragment F110 on Query { __typename }`,
  'a chain of fragments': (n) =>
    `query ${n} { ...F0 } ${repeat(215, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F215 on Query { __typename }`,
  'a chain of fragments with a shared field': (n) =>
    `query ${n} { ...F0 } ${repeat(190, (i) => `fragment F${i} on Query { __typename ...F${i + 1} }`)} fragment F190 on Query { __typename }`,
  'a circle of fragments': (n) =>
    `query ${n} { ...F0 } ${repeat(215, (i) => `fragment F${i} on Query { ...F${(i + 1) % 215} }`)}`,
  'every fragment spreads every other': (n) =>
    `query ${n} { ...F0 } ${repeat(29, (i) => `fragment F${i} on Query { ${repeat(29, (j) => (j === i ? '' : `...F${j}`))} }`)}`,
  'one fragment spread 600 times': (n) =>
    `query ${n} { ${repeat(600, () => '...F')} } fragment F on Query { __typename }`,
  'twenty fragments spread in twenty': (n) =>
    `query ${n} { migrants { nodes { ${repeat(22, (i) => `...A${i}`)} } } } ${repeat(22, (i) => `fragment A${i} on Migrant { ${repeat(22, (j) => `...B${j}`)} }`)} ${repeat(22, (i) => `fragment B${i} on Migrant { id name ${repeat(8, () => 'id')} }`)}`,
  'fragments that compare with each other': (n) =>
    `query ${n} { migrants { nodes { ${repeat(100, (i) => `...A${i}`)} } } } ${repeat(100, (i) => `fragment A${i} on Migrant { id name sex }`)}`,
  'fragments nested in pairs that compare': (n) =>
    `query ${n} { migrants { nodes { ...A0 ...B0 } } } ${repeat(60, (i) => `fragment A${i} on Migrant { id ...A${i + 1} ...B${i + 1} } fragment B${i} on Migrant { id ...B${i + 1} ...A${i + 1} }`)} fragment A60 on Migrant { id } fragment B60 on Migrant { id }`,
  'twenty-two times the same selections, at the limit of overlaps': (n) =>
    `query ${n} { migrants { nodes { ${repeat(38, () => 'leases { nodes { id } }')} } } }`,
  'fields at the limit, all different': (n) =>
    `query ${n} { ${repeat(19, (i) => `migrants { nodes { ${repeat(49, (j) => `f${i}x${j}`)} } }`)} }`,
  'overlaps at the limit, through fragments': (n) =>
    `query ${n} { migrants { nodes { ${repeat(40, (i) => `...A${i}`)} } } } ${repeat(40, (i) => `fragment A${i} on Migrant { id name sex leases { nodes { id } } }`)}`,
  'an operation and forty fragments that use it all': (n) =>
    `${repeat(20, (i) => `query ${n}${i} { ...A0 }`)} ${repeat(48, (i) => `fragment A${i} on Query { ...A${i + 1} orgUnits { nodes { code } } }`)} fragment A48 on Query { __typename }`,
  'unused fragments': (n) =>
    `query ${n} { __typename } ${repeat(210, (i) => `fragment F${i} on Query { __typename }`)}`,
  'many operations': () => repeat(390, (i) => `query Q${i} { __typename }`),
  'many operations that share fragments': () =>
    `${repeat(200, (i) => `query Q${i} { ...F0 }`)} ${repeat(60, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F60 on Query { __typename }`,
  'many operations of one name': () => repeat(390, () => 'query Q { __typename }'),
  'many variables': (n) => `query ${n}(${repeat(390, (i) => `$v${i}: Int`)}) { __typename }`,
  'many used variables': (n) =>
    `query ${n}(${repeat(150, (i) => `$v${i}: Int`)}) { ${repeat(150, (i) => `a${i}: orgUnits(first: $v${i}) { totalCount }`)} }`,
  'one variable used often': (n) =>
    `query ${n}($v: Int) { ${repeat(180, (i) => `a${i}: orgUnits(first: $v) { totalCount }`)} }`,
  'variables through fragments and operations': () =>
    `${repeat(60, (i) => `query Q${i}($v: Int) { ...F }`)} fragment F on Query { ${repeat(100, () => 'orgUnits(first: $v) { totalCount }')} }`,
  'an input literal with many conditions': (n) =>
    `query ${n} { orgUnits(filter: { or: [${repeat(210, () => '{ code: { eq: "a" } }')}] }) { totalCount } }`,
  'an input literal nested deeply': (n) =>
    `query ${n} { orgUnits(filter: ${nest(490, '{ and: [', '{}', '] }')}) { totalCount } }`,
  'an input literal with unknown fields': (n) =>
    `query ${n} { orgUnits(filter: { ${repeat(480, (i) => `codd${i}: {}`)} }) { totalCount } }`,
  'an input literal with one field repeated': (n) =>
    `query ${n} { orgUnits(filter: { ${repeat(380, () => 'code: {}')} }) { totalCount } }`,
  'a long list of text': (n) =>
    `query ${n} { orgUnits(filter: { code: { in: [${repeat(1970, () => '"a"')}] } }) { totalCount } }`,
  'a list of enum values that do not exist': (n) =>
    `query ${n} { migrants(filter: { sex: { in: [${repeat(1900, (i) => `MALF${i}`)}] } }) { totalCount } }`,
  'a list in a list in a list': (n) =>
    `query ${n} { nodes(ids: ${'['.repeat(900)}${']'.repeat(900)}) { id } }`,
  'a selection nested as deep as tokens allow': (n) => `query ${n} { ${nest(660, 'person { ', 'id')} }`,
  'a filter that crosses departments again and again': (n) =>
    `query ${n} { migrants(filter: ${nest(110, '{ leases: { some: { tenantMigrant: ', '{}', ' } } }')}) { totalCount } }`,
  'introspection, deep': (n) =>
    `query ${n} { __schema { types { fields { type { ${nest(600, 'ofType { ', 'name')} } } } } }`,
  'introspection in a circle': (n) =>
    `query ${n} { __schema { ${nest(90, 'types { fields { type { ', 'name', ' } } }')} } }`,
  'introspection, as often as root fields are allowed': (n) =>
    `query ${n} { ${repeat(20, (i) => `a${i}: __schema { types { name fields { name args { name type { name } } type { name ofType { name } } } inputFields { name type { name } } enumValues { name } } }`)} }`,
  'introspection by fragments': (n) =>
    `query ${n} { ${repeat(20, (i) => `a${i}: __schema { ...S }`)} } fragment S on __Schema { types { ...T } } fragment T on __Type { name fields { name args { type { ...R } } type { ...R } } possibleTypes { ...R } } fragment R on __Type { name ofType { name ofType { name ofType { name } } } }`,
  'names that are not there': (n) => `query ${n} { ${repeat(1990, (i) => `migrantz${i}`)} }`,
  'names that are nearly right': (n) =>
    `query ${n} { migrants { nodes { ${repeat(1900, (i) => `nam${String.fromCharCode(97 + (i % 26))}`)} } } }`,
  'arguments that are not there': (n) =>
    `query ${n} { orgUnits(${repeat(480, (i) => `firs${i}: 1`)}) { totalCount } }`,
  directives: (n) => `query ${n} { __typename ${repeat(390, () => '@include(if: true)')} }`,
  'directives that are not there': (n) => `query ${n} { __typename ${repeat(990, (i) => `@x${i}`)} }`,
  'directives on a fragment': (n) =>
    `query ${n} { ...F } fragment F on Query ${repeat(300, () => '@include(if: true)')} { __typename }`,
  'directives on the operation and its variables': (n) =>
    `query ${n}($v: Int ${repeat(300, () => '@x')}) ${repeat(600, () => '@x')} { __typename }`,
  'a name of 250,000 letters': (n) => `query ${n} { ${'a'.repeat(bytes - 200)} }`,
  'names of 1,000 letters': (n) => `query ${n} { ${repeat(240, (i) => `${'a'.repeat(1000)}${i}`)} }`,
  'nearly right names of 1,000 letters': (n) =>
    `query ${n} { ${repeat(240, (i) => `migrants${'s'.repeat(1000)}${i}`)} }`,
  'a string of 250,000 characters': (n) =>
    `query ${n} { migrants(after: "${'a'.repeat(bytes - 200)}") { totalCount } }`,
  'a string of escapes': (n) =>
    `query ${n} { migrants(after: "${'\\u6765'.repeat(35_000)}") { totalCount } }`,
  'a block string of many lines': (n) =>
    `query ${n} { migrants(after: """${'\n  a'.repeat(60_000)}""") { totalCount } }`,
  'a number of 250,000 digits': (n) =>
    `query ${n} { migrants(first: ${'1'.repeat(bytes - 200)}) { totalCount } }`,
  comments: (n) => `${'#\n'.repeat(120_000)}query ${n} { nothing }`,
  'one long comment in Chinese': (n) => `#${'来'.repeat(80_000)}\nquery ${n} { nothing }`,
  commas: (n) => `query ${n} { ${','.repeat(bytes - 200)} nothing }`,
  'open brackets': () => '{a'.repeat(120_000),
  'open brackets of lists': () => `{ a(x: ${'['.repeat(bytes - 100)}`,
  'open brackets of types': () => `query ($x: ${'['.repeat(bytes - 100)}`,
  'wrong at the last of 2,000 tokens': () => `{ ${repeat(1990, () => 'x')} ?`,
  'a type extension and a schema': () => repeat(330, (i) => `type T${i} { x: Int }`),
  'pages in pages': (n) =>
    `query ${n} { ${nest(4, 'migrants(first: 100) { nodes { leases(first: 100) { nodes { dwelling { ', 'id', ' } } } } }')} }`,
};

/** Bodies in which the variables or the JSON itself are hostile; the document is a small one. */
const bodies: Readonly<Record<string, (nonce: string) => object | string>> = {
  'variables: a filter with many conditions': (n) =>
    filter(n, { or: Array.from({ length: 990 }, () => ({ code: { eq: 'a' } })) }),
  'variables: a filter nested deeply': (n) => filter(n, JSON.parse(nest(17, '{"and":[', '{}', ']}'))),
  'variables: unknown fields': (n) =>
    filter(n, Object.fromEntries(Array.from({ length: 1990 }, (_, i) => [`codd${i}`, 1]))),
  'variables: unknown fields with long names': (n) =>
    filter(n, Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`code${'x'.repeat(990)}${i}`, 1]))),
  'variables: text where a filter belongs': (n) => filter(n, 'a'.repeat(bytes - 200)),
  'variables: conditions of other kinds': (n) =>
    filter(n, { or: Array.from({ length: 1990 }, (_, i) => ({ code: i })) }),
  'variables: a long list of text': (n) =>
    filter(n, { code: { in: Array.from({ length: 9900 }, (_, i) => `a${i}`) } }),
  'variables: a long list of other kinds': (n) =>
    filter(n, { code: { in: Array.from({ length: 1990 }, (_, i) => ({ i })) } }),
  'variables: undeclared': (n) => ({
    query: `query ${n} { nothing }`,
    variables: Object.fromEntries(Array.from({ length: 1990 }, (_, i) => [`v${i}`, i])),
  }),
  'variables: ids': (n) => ({
    query: `query ${n}($ids: [ID!]!) { nodes(ids: $ids) { id } }`,
    variables: { ids: Array.from({ length: 9900 }, (_, i) => `TWlncmFudDox${i}`) },
  }),
  'variables: text of 250,000 characters': (n) => filter(n, { code: { eq: 'a'.repeat(bytes - 200) } }),
  'JSON: open brackets': () => '['.repeat(bytes),
  'JSON: nested lists': () => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2),
  'JSON: nested objects': () => `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`,
  'JSON: one key again and again': () => `{${repeat(40_000, () => '"a":1', ',')}}`,
  'JSON: many keys': () => `{${repeat(20_000, (i) => `"k${i}":1`, ',')}}`,
  'JSON: many values': () => `{"query":"{ x }","variables":{"x":[${repeat(120_000, () => '1', ',')}]}}`,
  'JSON: escapes': () => `{"query":"${'\\u0061'.repeat(42_000)}"}`,
  'JSON: backslashes': () => `{"query":"${'\\\\'.repeat(120_000)}"}`,
  'JSON: quotation marks': () => `{"query":"${'\\"'.repeat(120_000)}"}`,
  'JSON: colons': () => `{"query":"${':'.repeat(250_000)}"}`,
  'JSON: a batch': () => `[${repeat(8000, () => '{"query":"{x}"}', ',')}]`,
  'JSON: spaces': () => `{"query":"{ nothing }"${' '.repeat(bytes - 100)}}`,
  'JSON: a text that does not end': () => `{"query":"${'a'.repeat(bytes - 20)}`,
  'JSON: no UTF-8 at the end': () => `{"query":"${'a'.repeat(bytes - 20)}\ud800"}`,
};

const filter = (nonce: string, value: unknown) => ({
  query: `query ${nonce}($f: OrgUnitFilter) { orgUnits(filter: $f) { totalCount } }`,
  variables: { f: value },
});

/** All of them, new to every cache with each nonce (letters only). */
export function hostileRequests(nonce: string): HostileRequest[] {
  return [
    ...Object.entries(documents).map(([name, make]) => ({
      name,
      body: JSON.stringify({ query: make(nonce) }),
    })),
    ...Object.entries(bodies).map(([name, make]) => {
      const body = make(nonce);
      return { name, body: typeof body === 'string' ? body : JSON.stringify(body) };
    }),
  ];
}
