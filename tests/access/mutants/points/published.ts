import { pointsOf } from './point.ts';

const scope = pointsOf('scope-sql.ts');
const wall = pointsOf('scope-sql.ts', 'database');
const lint = pointsOf('lint.ts');

const everywhere = 'const $all = $sql`true`;';

/** What is not published yet is no row for outsiders. */
export const publishing = [
  scope(
    'the day of publication',
    ['access/rows', 'access/published'],
    ['publishedSql', '$sql`${$aliased($alias, $published.$on)} <= ${$today}`', '$all', everywhere],
  ),
  scope(
    'rows without a day of publication',
    ['access/rows', 'access/published'],
    [
      'publishedSql',
      '`${$aliased($alias, $published.$on)} <= ${$today}`',
      '`(${$aliased($alias, $published.$on)} <= ${$today}) is not false`',
    ],
  ),
  scope(
    'rows that are published later',
    ['access/rows', 'access/published'],
    [
      'publishedSql',
      '`${$aliased($alias, $published.$on)} <= ${$today}`',
      '`${$aliased($alias, $published.$on)} is not null`',
    ],
  ),
  scope(
    'publication where a type is open by a public field',
    ['access/rows', 'access/published'],
    [
      'scopeSql',
      "if ($those === 'PUBLISHED') return $publishedSql($record, $alias);",
      "if ($those === 'PUBLISHED') return $all;",
      everywhere,
    ],
  ),
  scope('publication of what is bound to no place', 'access/rows', [
    'placeSql',
    'if ($scope.$everywhere) return $publishedSql($record, $alias);',
    'if ($scope.$everywhere) return $all;',
    everywhere,
  ]),
  scope("publication of what is nobody's own", 'access/rows', [
    'ownSql',
    'if ($ways.length === 0 && $scope.$everywhere) return $publishedSql($record, $alias);',
    'if ($ways.length === 0 && $scope.$everywhere) return $all;',
    everywhere,
  ]),
  wall(
    'the day of publication, in policies',
    ['access/roles-alone', 'access/database-alone'],
    ['publishedSql', '$sql`${$aliased($alias, $published.$on)} <= ${$today}`', '$all', everywhere],
  ),
  lint('open types that do not say when they are published', 'access/published', [
    'lintContract',
    '$record.$rules.$published && !$record.$source.$scope.$published',
    '$record.$rules.$published && !$record.$source.$scope.$published && !$record',
  ]),
];
