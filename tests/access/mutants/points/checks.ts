import { pointsOf } from './point.ts';

const staticCheck = pointsOf('static-check.ts');
const findings = pointsOf('findings.ts');
const argument = pointsOf('arguments.ts');
const policy = pointsOf('policy.ts');
const shield = pointsOf('shield.ts');
const execution = pointsOf('execution.ts');
const persons = pointsOf('persons.ts');

/** What is looked at before anything runs, and the two schemas. */
export const checks = [
  staticCheck('the static check of output coordinates', 'access/lists', [
    '#checkDocument',
    '$found.$verdict($node, this.#$policy.$verdict($type, $node.$name.$value, $viewer));',
    '',
  ]),
  staticCheck('the static check of filters and orders', 'access/filters', [
    '#checkArguments',
    '({ $denial }) => $denial ?? []',
    '() => []',
  ]),
  staticCheck('the check of filters in variables', 'access/filters', [
    '#checkDocument',
    '$guarded.push($place);',
    'return;',
  ]),
  pointsOf('request-reading.ts')(
    'the stop at variables that could not be read',
    'access/before-anything-runs',
    [
      'readRequest',
      'throw $faulty($errors?.[0]);',
      'return { $document, $operation, $variables: $sent };',
      '{ $document, $operation, $variables: $coerced }',
      '$getVariableValues($schema, $operation.$variableDefinitions ?? [], $sent, $$options)',
    ],
  ),
  staticCheck('persons at fields', 'access/purpose-surfaces', [
    '#checkDocument',
    'if (this.#$persons.has($target) || this.#$persons.has($type)) $found.$persons();',
    '',
  ]),
  staticCheck('persons behind the ids of nodes', 'access/purpose-surfaces', [
    '#checkArguments',
    'if ($nodeTypes($args).some(($type) => this.#$persons.has($type))) $found.$persons();',
    '',
  ]),
  staticCheck('persons behind filters and orders', 'access/purpose-surfaces', [
    '#checkArguments',
    'if ($uses.some(({ $into }) => $into && this.#$persons.has($into.$name))) $found.$persons();',
    '',
  ]),
  findings('the silence of refusals in secret groups', 'access/secrets', [
    'denials',
    'if (!$denial.$silent) this.#$denials.set($denial.$coordinate, $denial);',
    'this.#$denials.set($denial.$coordinate, $denial);',
  ]),
  findings(
    'the silence of masks in secret groups',
    ['access/lists', 'access/secrets'],
    [
      'verdict',
      'if ($masked && !$masked.$group.$secret) this.#$masked.set($$of, $masked);',
      'if ($masked) this.#$masked.set($$of, $masked);',
    ],
  ),
  findings('the silence of own rows in secret groups', 'access/before-anything-runs', [
    'verdict',
    'if ($own && !$own.$group.$secret) this.#$own.set($$of, $own);',
    'if ($own) this.#$own.set($$of, $own);',
  ]),
  findings(
    'lists that a secret argument empties',
    ['access/secrets', 'access/filters'],
    ['argumentDenials', 'if ($denials.some(({ $silent }) => $silent)) this.#$blind.add($node);', ''],
  ),
  argument('filters below and, or', 'access/filters', [
    'filterUses',
    '($value as unknown[]).flatMap(($part) => $filterUses($policy, $record, $part, $viewer))',
    '[]',
  ]),
  argument('filters below not', 'access/filters', [
    'filterUses',
    "if ($name === 'not') return $filterUses($policy, $record, $value, $viewer);",
    "if ($name === 'not') return [];",
  ]),
  argument(
    'the way of a filter through a relation',
    ['access/verdicts', 'access/filters'],
    [
      'fieldUses',
      'const $denial = $wayDenial($policy, $record, $field, $coordinate, $viewer);',
      'const $denial = null as ReturnType<typeof $wayDenial>;',
    ],
  ),
  argument('filters behind a relation', 'access/filters', [
    'fieldUses',
    '[$use, ...$inner.flatMap(($part) => $filterUses($policy, $target, $part, $viewer))]',
    '[$use]',
  ]),
  argument('the way of an order through a relation', 'access/before-anything-runs', [
    'orderUses',
    '$wayDenial($policy, $record, $field, $coordinate, $viewer) ?? $inClear($target, $coordinate, $ordered, $sightOf($ordered.$rule, $viewer), $viewer)',
    '$inClear($target, $coordinate, $ordered, $sightOf($ordered.$rule, $viewer), $viewer)',
  ]),
  argument('orders', 'access/verdicts', ['orderUses', "!$value || $value === 'ID'", '$value']),
  argument('arguments on values that are not seen', 'access/verdicts', [
    'inClear',
    "$sight.$outcome === 'HIDDEN'",
    'false as boolean',
  ]),
  argument('arguments on masked values', 'access/verdicts', [
    'inClear',
    "$sight.$outcome === 'MASKED'",
    'false as boolean',
  ]),
  argument('arguments on values seen in own rows only', 'access/verdicts', [
    'inClear',
    "$sight.$own && $presenceOf($record.$rules, $viewer) !== 'OWN'",
    'false as boolean',
  ]),
  policy('the refusal of hidden fields', 'access/verdicts', [
    '#judge',
    "$sight.$outcome === 'HIDDEN'",
    'false as boolean',
  ]),
  policy('the refusal of ways to records that do not exist', 'access/verdicts', [
    '#judge',
    '$target ? $absence($target, $viewer, $rule.$coordinate) : null',
    'null',
  ]),
  policy('the refusal of lists of records that do not exist', 'access/verdicts', [
    '#judge',
    '$record ? { ...$nothing, $denial: $absence($record, $viewer, $coordinate) } : $nothing',
    '$nothing',
  ]),
  policy(
    'the rule of root fields that departments wrote',
    ['access/verdicts', 'access/surfaces'],
    ['#judge', "$own && $sightOf($own, $viewer).$outcome !== 'CLEAR'", 'false as boolean'],
  ),
  policy('the rule of records in payloads', 'access/payloads', [
    '#judge',
    'if ($carried) return { ...$nothing, $denial: $absence($carried, $viewer, $coordinate) };',
    'if ($carried) return $nothing;',
  ]),
  policy('the silence of secret records', 'access/verdicts', [
    'absence',
    '!$group || $group.$secret',
    '!$group',
  ]),
  shield(
    'the rule at every field',
    ['access/surfaces', 'access/payloads'],
    [
      'groupRule',
      '$policy.$verdict($type, $field, $context.$viewer.$viewer).$denial === null',
      'true || $policy.$verdict($type, $field, $context.$viewer.$viewer) === null',
    ],
  ),
  shield('the rule at filters and orders', 'access/filters', [
    'argumentRule',
    '!$info.$fieldNodes.some(($node) => $context.$access.$denied.has($node))',
    'true || !$info.$fieldNodes.some(($node) => $context.$access.$denied.has($node))',
  ]),
  execution('the shielded schema', 'access/lists', [
    '#run',
    '$access.$allowed ? this.#$bare : this.#$shielded',
    '$access.$allowed || this.#$shielded ? this.#$bare : this.#$shielded',
  ]),
  execution(
    'the purpose',
    ['access/purpose-surfaces', 'access/payloads'],
    [
      '#run',
      '$access.$readsPersons ? this.#$purposeRefusal($context) : null',
      '$access.$readsPersons && false ? this.#$purposeRefusal($context) : null',
    ],
  ),
  execution("introspection of the viewer's own schema", 'http/viewer-schemas', [
    'execute',
    '!$parts',
    'true',
  ]),
  pointsOf('purpose-check.ts')('the clause that opens a purpose', 'access/verdicts', [
    'purposeRefusal',
    '$purpose !== null && $purposes.$clause($purpose, $viewer) !== undefined',
    '$purpose !== null',
  ]),
  persons('persons in parts of records', 'access/purpose-surfaces', [
    'isPersonal',
    '$above !== undefined',
    '$above !== undefined && false',
  ]),
  persons('persons as subjects', 'access/purpose-surfaces', [
    'isPersonal',
    '$rules.$group?.$secret || $task || $subjects?.length',
    '$rules.$group?.$secret || $task',
  ]),
  persons('persons served', 'access/purpose-surfaces', [
    'isPersonal',
    '$rules.$group?.$secret || $task || $subjects?.length || $serves?.length',
    '$rules.$group?.$secret || $task || $subjects?.length',
  ]),
  persons('persons of tasks', 'access/purpose-surfaces', [
    'isPersonal',
    '$rules.$group?.$secret || $task',
    '$rules.$group?.$secret',
  ]),
  persons('secret records as personal ones', 'access/purpose-surfaces', [
    'isPersonal',
    '$rules.$group?.$secret || $task',
    '$task',
  ]),
];
