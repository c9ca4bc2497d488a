import { pointsOf } from './point.ts';

const statement = pointsOf('statement.ts');
const projection = pointsOf('projection.ts');
const condition = pointsOf('condition-sql.ts');
const order = pointsOf('order.ts');
const list = pointsOf('list.ts');
const cursors = pointsOf('cursors.ts');
const requestReads = pointsOf('request-reads.ts');
const resolvers = pointsOf('resolvers.ts');
const explain = pointsOf('resolvers.ts');

/** Where statements are made and answers put together. */
export const reads = [
  statement(
    'the row scope of lists',
    ['access/row-scope', 'access/lists'],
    [
      'restrict',
      "const $parts = [$visibleSql($record, 't', $context)];",
      'const $parts = [$sql`true`];',
      '$sql.join($parts, $sql` and `)',
    ],
  ),
  statement('the row scope of records by id', 'access/nodes', [
    'recordSql',
    "`…where ${$condition} and ${$visibleSql($record, 't', $context)}`",
    '`…where ${$condition}`',
  ]),
  statement(
    'the row scope of counts',
    ['access/row-scope', 'access/lists'],
    [
      'matchingSql',
      "`${$visibleSql($record, 't', $context)}${$condition ? $sql` and ${$conditionSql($condition, 't', $context)}` : $sql``}`",
      "`true${$condition ? $sql` and ${$conditionSql($condition, 't', $context)}` : $sql``}`",
    ],
  ),
  statement('the row scope of keys that another server compares', 'access/between-servers', [
    'keySetStatement',
    "`…is not null and ${$visibleSql($record, 't', $context)} and ${$conditionSql($condition, 't', $context)} order by 1…`",
    "`…is not null and ${$conditionSql($condition, 't', $context)} order by 1…`",
  ]),
  statement('the row scope of values that another server orders by', 'access/between-servers', [
    'smallestValuesStatement',
    "`…is not null and ${$visibleSql($record, 't', $context)} group by 1…`",
    '`…is not null group by 1…`',
  ]),
  condition('the row scope of related records in filters', 'access/filters', [
    'conditionSql',
    '`…where ${$join} and ${$visibleSql($record, $inner, $context)} and…`',
    '`…where ${$join} and…`',
  ]),
  order(
    'the row scope of related records in orders',
    ['access/orders', 'access/between-servers'],
    ['bySmallestRelated', '`… = "t"."id" and ${$visibleSql($target, \'o\', $context)})`', '`… = "t"."id")`'],
  ),
  order('the usual order of a list by what is seen in clear', 'access/orders', [
    'clearName',
    '$isClear ? $plan.$clear($field.$rule.$coordinate) : undefined',
    '$isClear || $plan ? $plan.$clear($field.$rule.$coordinate) : undefined',
  ]),
  projection('columns that the viewer may not see', 'access/lists', [
    'projectionOf',
    "$access.$decision === 'REFUSED' || $access.$mask === 'NULL'",
    "$access.$mask === 'NULL'",
  ]),
  projection(
    'values that are masked to nothing',
    'access/lists',
    [
      'projectionOf',
      "$access.$decision === 'REFUSED' || $access.$mask === 'NULL'",
      "$access.$decision === 'REFUSED'",
    ],
    [
      'projectionOf',
      '$access.$mask ? $plan.$masked($coordinate) : $plan.$clear($coordinate)',
      "$access.$mask && $access.$mask !== 'NULL' ? $plan.$masked($coordinate) : $plan.$clear($coordinate)",
    ],
  ),
  projection('masks in SQL', 'access/lists', [
    'projectionOf',
    '$access.$mask ? $plan.$masked($coordinate) : $plan.$clear($coordinate)',
    '$access.$mask && false ? $plan.$masked($coordinate) : $plan.$clear($coordinate)',
  ]),
  // The functions of the second wall look at the rows themselves, whoever asks: both go at once.
  projection(
    'null outside own rows',
    'access/lists',
    ['projectionOf', '$access.$own && !$presenceIsOwn', '$access.$own && $presenceIsOwn && !$access.$own'],
    ['projectionOf', "if ($sealed) return $sealedSql($sealed, 't');", ''],
  ),
  projection(
    'relations that may not be followed',
    ['access/nested', 'access/lists'],
    [
      'projectionOf',
      "if ($field.$kind === 'many' && $access.$decision !== 'CLEAR') $$refused; else $$followed;",
      '$$followed;',
    ],
  ),
  projection('relations that are followed in own rows only', 'access/nested', [
    'projectionOf',
    '$put(`${$field.$name}.key`, () => ($field.$rule.$asked ? $key : $unasked($key)), $access);',
    '{}',
  ]),
  // `noneExist` comes on top: what it empties, the row scope or a refusal in silence empties as well.
  list('the unit in a cursor', 'access/surfaces', [
    'readList',
    '`…|${$session.$scope.$unit}|${$session.$scope.$holder}`',
    '`…`',
  ]),
  list('the holder in a cursor', 'access/surfaces', ['readList', '`…|${$session.$scope.$holder}`', '`…`']),
  // The viewer stands in a cursor besides: no two viewers share both a unit and a holder today.
  list(
    'the order in a cursor',
    ['access/surfaces', 'graph/paging'],
    [
      'readList',
      '`${$place}|${$order.$key}|${$session.$viewer.$key}…`',
      '`${$place}|${$session.$viewer.$key}…`',
    ],
  ),
  cursors('the encryption of cursors', 'access/surfaces', [
    'encode',
    '[$iv, $cipher.getAuthTag(), $body]',
    '[$iv, $cipher.getAuthTag(), $body, Buffer.from($text)]',
    "$cipher.$update($text, 'utf8')",
  ]),
  cursors(
    'the list that a cursor is bound to',
    ['access/surfaces', 'graph/paging'],
    ['decode', '$decipher.$setAAD(Buffer.from($list))', '$decipher'],
    [
      'encode',
      "$createCipheriv('aes-256-gcm', this.#$encryption, $iv).$setAAD(Buffer.from($list))",
      "$createCipheriv('aes-256-gcm', this.#$encryption, $iv)",
    ],
  ),
  requestReads('the refusal of records that do not exist for a viewer', 'access/nodes', [
    'one',
    "$group && $rows === 'NONE' && !$group.$secret",
    'false as boolean && $group',
  ]),
  requestReads('one answer for what is elsewhere and what is nowhere', 'access/nodes', [
    'one',
    '$row || $group?.$secret',
    '$row',
  ]),
  pointsOf('named-ids.ts')('the shield of who presents a number', 'access/shielded', [
    'presentedId',
    'if ($found.$shielded && !$seesShielded($record.$source.$scope, $session.$viewer.$department)) throw $askRegistrar();',
    '',
  ]),
  pointsOf('viewer-class.ts')('the request that a presented number is for', 'access/row-scope', [
    'scopeBindings',
    '[]',
    '((globalThis as { everPresented?: string[] }).everPresented ??= [])',
  ]),
  resolvers(
    'lists that a secret argument empties',
    ['access/secrets', 'access/filters'],
    [
      'isSilentlyRefused',
      '$fieldNodes.some(($node) => $silentlyRefused.has($node))',
      '$fieldNodes.length === 0',
    ],
  ),
  resolvers('records of payloads read anew', 'access/payloads', [
    'payloadResolvers',
    "typeof $key === 'string' ? $reads.$byId($record, $info).$load($key) : null",
    "typeof $key === 'string' ? $reads.$byId($record, $info).$load($key) : $key",
  ]),
  explain('who may ask what others see', 'access/explain-access', [
    'accessResolvers',
    '$explainsOthers.includes($viewer)',
    '$explainsOthers',
  ]),
];
