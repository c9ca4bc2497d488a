import { pointsOf } from './point.ts';

const statement = pointsOf('src/graph/reads/statement.ts');
const projection = pointsOf('src/graph/reads/projection.ts');
const condition = pointsOf('src/graph/reads/condition-sql.ts');
const order = pointsOf('src/graph/reads/order.ts');
const list = pointsOf('src/graph/reads/list.ts');
const cursors = pointsOf('src/graph/reads/cursors.ts');
const requestReads = pointsOf('src/graph/reads/request-reads.ts');
const resolvers = pointsOf('src/graph/resolvers.ts');
const explain = pointsOf('src/graph/explain/resolvers.ts');

const unrestricted = 'const parts = [sql`true`];';

/** Where statements are made and answers put together. */
export const reads = [
  statement(
    'the row scope of lists',
    ['access/row-scope', 'access/lists'],
    ["const parts = [visibleSql(record, 't', context)];", unrestricted],
  ),
  statement('the row scope of records by id', 'access/nodes', [
    "where ${condition} and ${visibleSql(record, 't', context)}`",
    'where ${condition}`',
  ]),
  statement(
    'the row scope of counts',
    ['access/row-scope', 'access/lists'],
    ["sql`${visibleSql(record, 't', context)}${condition ? sql` and", 'sql`true${condition ? sql` and'],
  ),
  statement('the row scope of keys that another server compares', 'access/between-servers', [
    "is not null and ${visibleSql(record, 't', context)} and ${conditionSql(condition, 't', context)} order by 1",
    "is not null and ${conditionSql(condition, 't', context)} order by 1",
  ]),
  statement('the row scope of values that another server orders by', 'access/between-servers', [
    "is not null and ${visibleSql(record, 't', context)} group by 1",
    'is not null group by 1',
  ]),
  condition('the row scope of related records in filters', 'access/filters', [
    'where ${join} and ${visibleSql(record, inner, context)} and',
    'where ${join} and',
  ]),
  order(
    'the row scope of related records in orders',
    ['access/orders', 'access/between-servers'],
    [' = "t"."id" and ${visibleSql(target, \'o\', context)})`', ' = "t"."id")`'],
  ),
  order('the usual order of a list by what is seen in clear', 'access/orders', [
    'return isClear ? plan.clear(field.rule.coordinate) : undefined;',
    'return isClear || plan ? plan.clear(field.rule.coordinate) : undefined;',
  ]),
  projection('columns that the viewer may not see', 'access/lists', [
    "if (sight.outcome === 'HIDDEN' || sight.mask === 'NULL' || columns.has(property)) return;",
    "if (sight.mask === 'NULL' || columns.has(property)) return;",
  ]),
  projection(
    'values that are masked to nothing',
    'access/lists',
    [
      "if (sight.outcome === 'HIDDEN' || sight.mask === 'NULL' || columns.has(property)) return;",
      "if (sight.outcome === 'HIDDEN' || columns.has(property)) return;",
    ],
    ['sight.mask ? plan.masked(coordinate)', "sight.mask && sight.mask !== 'NULL' ? plan.masked(coordinate)"],
  ),
  projection('masks in SQL', 'access/lists', [
    'sight.mask ? plan.masked(coordinate) : plan.clear(coordinate)',
    'sight.mask && false ? plan.masked(coordinate) : plan.clear(coordinate)',
  ]),
  // The functions of the second wall look at the rows themselves, whoever asks: both go at once.
  projection(
    'null outside own rows',
    'access/lists',
    [
      'const asksOwn = sight.own && !presenceIsOwn;',
      'const asksOwn = sight.own && presenceIsOwn && !sight.own;',
    ],
    ["if (sealed) return sealedSql(sealed, 't');", ''],
  ),
  projection(
    'relations that may not be followed',
    ['access/nested', 'access/lists'],
    [
      "else if (field.kind === 'many' && sight.outcome !== 'CLEAR') columns.set(`${field.name}.key`, noKey);",
      '',
    ],
  ),
  projection('relations that are followed in own rows only', 'access/nested', [
    'put(`${field.name}.key`, () => (field.rule.asked ? key : unasked(key)), sight);',
    '{}',
  ]),
  // `noneExist` comes on top: what it empties, the row scope or a refusal in silence empties as well.
  list('the unit in a cursor', 'access/surfaces', ['|${session.scope.unit}|${session.scope.holder}`', '`']),
  list('the holder in a cursor', 'access/surfaces', ['|${session.scope.holder}`', '`']),
  // The viewer stands in a cursor besides: no two viewers share both a unit and a holder today.
  list(
    'the order in a cursor',
    ['access/surfaces', 'graph/paging'],
    ['`${place}|${order.key}|${session', '`${place}|${session'],
  ),
  cursors('the encryption of cursors', 'access/surfaces', [
    "return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');",
    "return Buffer.concat([iv, cipher.getAuthTag(), body, Buffer.from(text)]).toString('base64url');",
  ]),
  cursors(
    'the list that a cursor is bound to',
    ['access/surfaces', 'graph/paging'],
    [
      'decipher.setAAD(Buffer.from(list)).setAuthTag(bytes.subarray(12, 28));',
      'decipher.setAuthTag(bytes.subarray(12, 28));',
    ],
    ['.setAAD(Buffer.from(list));\n    const body', ';\n    const body'],
  ),
  requestReads('the refusal of records that do not exist for a viewer', 'access/nodes', [
    "if (group && presence === 'NONE' && !group.secret)",
    'if (false as boolean && group)',
  ]),
  requestReads('one answer for what is elsewhere and what is nowhere', 'access/nodes', [
    'if (row || group?.secret) return row;',
    'if (row) return row;',
  ]),
  requestReads('the shield of who presents a number', 'access/shielded', [
    'if (found.shielded && !seesShielded(record.source.scope, session.viewer.viewer)) throw askRegistrar();',
    '',
  ]),
  pointsOf('src/database/rows/viewer-class.ts')(
    'the request that a presented number is for',
    'access/row-scope',
    ['    presented: [],\n', '    presented: everPresented,\n'],
    ['const classes = new Map', 'const everPresented: string[] = [];\nconst classes = new Map'],
  ),
  resolvers(
    'lists that a secret argument empties',
    ['access/secrets', 'access/filters'],
    [
      'access.blind.size > 0 && fieldNodes.some((node) => access.blind.has(node));',
      'access.blind.size > 0 && fieldNodes.length === 0;',
    ],
  ),
  resolvers('records of payloads read anew', 'access/payloads', [
    "const load = (key: unknown) => (typeof key === 'string' ? reads.byId(record, info).load(key) : null);",
    "const load = (key: unknown) => (typeof key === 'string' ? reads.byId(record, info).load(key) : key);",
  ]),
  explain('who may ask what others see', 'access/explain-access', [
    'if (as && as !== viewer && !explainsOthers.includes(viewer))',
    'if (as && as !== viewer && !explainsOthers)',
  ]),
];
