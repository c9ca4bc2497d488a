import { pointsOf } from './point.ts';

const staticCheck = pointsOf('document-check.ts');
const findings = pointsOf('document-access.ts');
const argument = pointsOf('arguments.ts');
const policy = pointsOf('access-plan.ts');
const shield = pointsOf('shield.ts');
const execution = pointsOf('execution.ts');
const persons = pointsOf('persons.ts');

/** What is looked at before anything runs, and the two schemas. */
export const checks = [
  staticCheck('the static check of output coordinates', 'access/lists', [
    '#checkField',
    '$found.$decision($node, $decision);',
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
      'coerce',
      'throw $faulty($errors?.[0]);',
      'return $sent;',
      '$getVariableValues($schema, $operation.$variableDefinitions ?? [], $sent, $$options)',
    ],
  ),
  staticCheck('persons at fields', 'access/purpose-surfaces', [
    '#checkField',
    'if (this.#$persons.has($target) || this.#$persons.has($type) || $tells($definition)) $found.$persons();',
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
    'if (!$denial.$silentlyRefused) this.#$denials.set($denial.$coordinate, $denial);',
    'this.#$denials.set($denial.$coordinate, $denial);',
  ]),
  findings(
    'the silence of masks in secret groups',
    ['access/lists', 'access/secrets'],
    [
      'decision',
      'if ($masked && !$masked.$group.$secret) this.#$masked.set($$of, $masked);',
      'if ($masked) this.#$masked.set($$of, $masked);',
    ],
  ),
  findings('the silence of own rows in secret groups', 'access/before-anything-runs', [
    'decision',
    'if ($own && !$own.$group.$secret) this.#$own.set($$of, $own);',
    'if ($own) this.#$own.set($$of, $own);',
  ]),
  findings(
    'lists that a secret argument empties',
    ['access/secrets', 'access/filters'],
    [
      'argumentDenials',
      'if ($denials.some(({ $silentlyRefused }) => $silentlyRefused)) this.#$silentlyRefused.add($node);',
      '',
    ],
  ),
  argument('filters below and, or', 'access/filters', [
    'filterUses',
    '($value as unknown[]).flatMap(($part) => $filterUses($plan, $record, $part, $viewer))',
    '[]',
  ]),
  argument('filters below not', 'access/filters', [
    'filterUses',
    "if ($name === 'not') return $filterUses($plan, $record, $value, $viewer);",
    "if ($name === 'not') return [];",
  ]),
  argument(
    'the way of a filter through a relation',
    ['access/verdicts', 'access/filters'],
    [
      'fieldUses',
      'const $denial = $wayDenial($plan, $record, $field, $coordinate, $viewer);',
      'const $denial = null as ReturnType<typeof $wayDenial>;',
    ],
  ),
  argument('filters behind a relation', 'access/filters', [
    'fieldUses',
    '[$use, ...$inner.flatMap(($part) => $filterUses($plan, $target, $part, $viewer))]',
    '[$use]',
  ]),
  argument('the way of an order through a relation', 'access/before-anything-runs', [
    'orderUses',
    '$wayDenial($plan, $record, $field, $coordinate, $viewer) ?? $inClear($target, $coordinate, $ordered, $ordered.$access[$viewer], $viewer)',
    '$inClear($target, $coordinate, $ordered, $ordered.$access[$viewer], $viewer)',
  ]),
  argument('orders', 'access/verdicts', ['orderUses', "!$value || $value === 'ID'", '$value']),
  argument('arguments on values that are not seen', 'access/verdicts', [
    'inClear',
    'if ($refusal) return { $coordinate, ...$refusal };',
    '',
  ]),
  argument('arguments on masked values', 'access/verdicts', [
    'inClear',
    "$decision === 'MASKED'",
    'false as boolean',
  ]),
  argument('arguments on values seen in own rows only', 'access/verdicts', [
    'inClear',
    "$own && $record.$access[$viewer].$rows !== 'OWN'",
    'false as boolean',
  ]),
  policy('the refusal of hidden fields', 'access/verdicts', [
    '#decide',
    'if ($access.$refusal) return { ...$open, $denial: { $coordinate: $rule.$coordinate, ...$access.$refusal } };',
    '',
  ]),
  pointsOf('compile.ts')('the refusal of relations to records that do not exist', 'access/verdicts', [
    'relationAccess',
    "$rowAccess($target, $viewer).$rows === 'NONE'",
    'false as boolean',
  ]),
  policy('the refusal of lists of records that do not exist', 'access/verdicts', [
    '#decide',
    '$record ? { ...$open, $denial: $absence($record, $viewer, $coordinate) } : $open',
    '$open',
  ]),
  policy(
    'the rule of root fields that departments wrote',
    ['access/verdicts', 'access/surfaces'],
    ['#decide', "$own && $fieldAccess($own, $viewer).$decision !== 'CLEAR'", 'false as boolean'],
  ),
  policy('the rule of records in payloads', 'access/payloads', [
    '#decide',
    'if ($carried) return { ...$open, $denial: $absence($carried, $viewer, $coordinate) };',
    'if ($carried) return $open;',
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
      '$accessPlan.$decision($type, $field, $context.$viewer.$department).$denial === null',
      'true || $accessPlan.$decision($type, $field, $context.$viewer.$department) === null',
    ],
  ),
  shield('the rule at filters and orders', 'access/filters', [
    'argumentRule',
    '!$info.$fieldNodes.some(($node) => $context.$access?.$denied.has($node) ?? true)',
    'true || !$info.$fieldNodes.some(($node) => $context.$access?.$denied.has($node) ?? true)',
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
