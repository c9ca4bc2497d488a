import { pointsOf } from './point.ts';

const rowText = pointsOf('row-text.ts');
const tellLog = pointsOf('tell-log.ts');
const documents = pointsOf('fused-documents.ts');

const roads = 'graph/runs/by-one-statement';
const log = 'audit/looked-for-by-one-statement';

/** Where one statement answers in the place of loaders. */
export const fused = [
  rowText('one statement: relations that may not be followed', roads, [
    '#related',
    "if ($columns.get($key) === $noKey) return 'null';",
    'if ($columns.get($key) === $noKey) $columns = new Map();',
  ]),
  rowText('one statement: relations that are followed in own rows only', roads, [
    '#related',
    "$columns.has($key) ? $key : 'id'",
    "'id'",
  ]),
  tellLog('one statement: the subjects of the access log', roads, [
    'tellLog',
    '$place.$ids === undefined ? [] : $linesOf($row[$place.$ids])',
    '[]',
  ]),
  tellLog('one statement: whom a list tells of by its filter', log, [
    'tellLog',
    '$lookedFor.$matched($list.$asked, $isWhole)',
    'undefined',
  ]),
  tellLog('one statement: whom nested lists tell of by their filters', log, [
    'tellLog',
    '$lookedFor.$matched({ ...$list.$asked, $parents: $of }, $isWhole)',
    '$of && undefined',
  ]),
  documents('one statement: whom a filter names', log, [
    '#run',
    '[...$lists.values()].map(($list) => $lookedFor?.$asked($list.$asked))',
    '[]',
  ]),
];
