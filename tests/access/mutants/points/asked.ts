import { pointsOf } from './point.ts';

const records = pointsOf('ruled-record.ts');
const rowsOf = pointsOf('row-access.ts');
const projection = pointsOf('projection.ts');
const condition = pointsOf('condition-sql.ts');
const policy = pointsOf('access-plan.ts');
const scope = pointsOf('scope-sql.ts');
const askedOf = pointsOf('row-access.ts', 'database');
const refresh = pointsOf('refresh-asked.ts', 'database');
const views = pointsOf('asked-views.ts', 'database');
const asked = pointsOf('asked.ts', 'database');
const elsewhere = ['access/asked-elsewhere'];

/** What a department sees for being asked (dossier §6.2, R2): few fields, of what it is asked about, while the file is open. */
export const askings = [
  scope('the end of the own item in an open file', 'access/rows', [
    'ownSql',
    "`…= ${$binding('unit')} and ${$isOpen($alias, $scope.$asked.$closedOn)})`",
    "`…= ${$binding('unit')})`",
  ]),
  scope('the unit that is asked', 'access/rows', [
    'ownSql',
    "`…${$aliased($alias, $scope.$asked.$unit)} = ${$binding('unit')} and ${$isOpen($alias, $scope.$asked.$closedOn)}…`",
    '`…${$isOpen($alias, $scope.$asked.$closedOn)}…`',
  ]),
  scope('the day on which a file is closed', 'access/rows', [
    'isOpen',
    '`…${$aliased($alias, $closedOn)} > ${$today})`',
    '`…${$aliased($alias, $closedOn)} >= ${$today})`',
  ]),
  scope('files of whom a department serves', 'access/rows', [
    'ownSql',
    '$isStranger ? [] : ($scope.$subjects ?? [])',
    '$isStranger ? ($scope.$subjects ?? []) : ($scope.$subjects ?? [])',
  ]),
  scope('the one department that keeps all files', 'access/rows', [
    'ownSql',
    '$viewer.$department !== $onRequest.$keeper',
    '$viewer.$department === $onRequest.$keeper',
  ]),
  scope(
    'things as own work only where they stand in own records',
    'access/rows',
    ['ownSql', '[...$served, ...($scope.$concerned ?? [])]', '$served'],
    [
      'ownSql',
      'const $ways: $SQL[] = [];',
      'const $ways: $SQL[] = $scope.$concerned ? [$all] : [];',
      'const $all = $sql`true`;',
      '[...$served, ...($scope.$concerned ?? [])]',
    ],
  ),
  rowsOf('who is asked', 'access/verdicts', [
    'rowAccess',
    '$type.$askedOf.includes($viewer)',
    '$type.$askedOf.length > 0',
  ]),
  records('fields that are no part of what is asked', 'access/verdicts', [
    'isWithheldWhenAsked',
    "$rule.$asked === undefined && $kind !== 'held' && ($kind !== 'many' || $access[$viewer].$own)",
    "$rule.$asked === undefined && $kind === 'held' && $access[$viewer].$own",
  ]),
  policy('what is told of fields in asked rows', 'access/verdicts', [
    '#decide',
    "$butAsked || ($access.$own && $rows !== 'OWN')",
    "($butAsked && false) || ($access.$own && $rows !== 'OWN')",
  ]),
  projection(
    'relations of records that are only asked about',
    ['access/nested', 'access/lists'],
    ['projectionOf', '$field.$rule.$asked ? $key : $unasked($key)', '$key'],
  ),
  condition(
    'conditions on what an asked row does not tell',
    ['access/filters', 'questions/opinions'],
    [
      'conditionSql',
      '$withheld && $mayBeAsked($record, $context)',
      '$withheld && !$mayBeAsked($record, $context)',
    ],
  ),
  asked('columns of asked records beside those that are asked', 'access/roles-alone', [
    'askedColumns',
    '$askedColumn($field)',
    '$askedColumn($field) ?? $field.$rule.$coordinate',
    '$field.$rule.$coordinate',
  ]),
  askedOf('who has a view of what is asked', 'access/roles-alone', [
    'rowAccess',
    '$type.$askedOf.includes($viewer)',
    '$type.$askedOf.length > 0',
  ]),
  views('the rights to the views of what is asked', 'access/roles-alone', [
    'askedStatements',
    '`grant select on ${$name} to "${$roleOf($viewer)}"`',
    '`grant select on ${$name} to public`',
  ]),
  views('the barrier of the views', 'access/wall/lint', [
    'askedStatements',
    '`create view ${$name} with (security_barrier = true) as…`',
    '`create view ${$name} as…`',
  ]),
  views('what is asked about among all rows', 'access/roles-alone', [
    'askedViews',
    '`(${$sql.join($about, $sql` or `)})${$seen($record, $viewer, $model)}`',
    '`(true or ${$sql.join($about, $sql` or `)})${$seen($record, $viewer, $model)}`',
  ]),
  views('the record that is asked about', 'access/roles-alone', [
    'askedHere',
    '`…where ${$aliased(\'a\', $by)} = "t"."id" and ${$aliased(\'a\', $scope.$asked.$unit)}…`',
    "`…where ${$aliased('a', $by)} is not null and ${$aliased('a', $scope.$asked.$unit)}…`",
  ]),
  views('the unit that is asked, in the view', 'access/roles-alone', [
    'askedHere',
    "`…and ${$aliased('a', $scope.$asked.$unit)} = ${$unit} and…`",
    "`…and ${$aliased('a', $scope.$asked.$unit)} is not null and…`",
  ]),
  views('the end of being asked, in the view', 'access/roles-alone', [
    'askedHere',
    "`… and ${$isOpen('a', $scope.$asked.$closedOn)})`",
    '`…)`',
  ]),
  views('the shield of a person who is asked about', 'access/roles-alone', [
    'seen',
    "` and not ${$aliased('t', $shielded)}`",
    "` and ${$aliased('t', $shielded)} is not null`",
  ]),
  views('own rows as own rows, though they are asked about', 'access/roles-alone', [
    'seen',
    '$sql`${$open}${$sql.join($own, $sql``)}`',
    '$own ? $open : $open',
  ]),
  views('the record that a store of another server asks about', elsewhere, [
    'askedElsewhere',
    '`…${$aliased(\'a\', $askedAbout.$subjectId)} = "t"."id" and…`',
    "`…${$aliased('a', $askedAbout.$subjectId)} is not null and…`",
  ]),
  views('the unit that a store of another server asks', elsewhere, [
    'askedElsewhere',
    "`…${$aliased('a', $askedAbout.$holder)} = ${$unit} and…`",
    "`…${$aliased('a', $askedAbout.$holder)} is not null and…`",
  ]),
  views('the end of being asked by a store of another server', elsewhere, [
    'askedElsewhere',
    "`… and ${$isOpen('a', $askedAbout.$closedOn)})`",
    '`…)`',
  ]),
  refresh('closed files at a refresh', elsewhere, [
    'askedRows',
    "`… and ${$isOpen('t', $asked.$closedOn)}`",
    '`…`',
  ]),
  refresh('units with a territory at a refresh', elsewhere, [
    'askedRows',
    "`…where ${$aliased('t', $asked.$unit)} ~ '^PT-[A-Z]+$' and…`",
    '`…where…`',
  ]),
  refresh('the day at which a refresh asks', elsewhere, [
    'askedRows',
    '$p instanceof $Placeholder ? $day : $p',
    "$p instanceof $Placeholder ? $day.replace('2007', '2006') : $p",
  ]),
  refresh('what a server does not hold', elsewhere, [
    'refreshAsked',
    '$record in $records',
    '$record in $records || $records',
  ]),
  refresh('what was asked and is no more', elsewhere, [
    'refreshAsked',
    'await $tx`delete from access.asked`;',
    '',
  ]),
  refresh('the last end of several', elsewhere, [
    'refreshAsked',
    '$row.$closed > $known.$closed',
    '$row.$closed < $known.$closed',
  ]),
];
