import { pointsOf } from './point.ts';

const scope = pointsOf('src/database/rows/scope-sql.ts');
const wall = pointsOf('src/database/rows/scope-sql.ts', 'database');
const lint = pointsOf('src/contract/policy/lint.ts');

const day = 'sql`${aliased(alias, published.on)} <= ${today}` : all;';

/** What is not published yet is no row for outsiders. */
export const publishing = [
  scope('the day of publication', ['access/rows', 'access/published'], [day, 'all : all;']),
  scope(
    'rows without a day of publication',
    ['access/rows', 'access/published'],
    [day, 'sql`(${aliased(alias, published.on)} <= ${today}) is not false` : all;'],
  ),
  scope(
    'rows that are published later',
    ['access/rows', 'access/published'],
    [day, 'sql`${aliased(alias, published.on)} is not null` : all;'],
  ),
  scope(
    'publication where a type is open by a public field',
    ['access/rows', 'access/published'],
    [
      "if (presence === 'PUBLISHED') return publishedSql(record, alias);",
      "if (presence === 'PUBLISHED') return all;",
    ],
  ),
  scope('publication of what is bound to no place', 'access/rows', [
    'if (scope.everywhere) return publishedSql(record, alias);',
    'if (scope.everywhere) return all;',
  ]),
  scope("publication of what is nobody's own", 'access/rows', [
    'if (ways.length === 0 && scope.everywhere) return publishedSql(record, alias);',
    'if (ways.length === 0 && scope.everywhere) return all;',
  ]),
  wall(
    'the day of publication, in policies',
    ['access/roles-alone', 'access/database-alone'],
    [day, 'all : all;'],
  ),
  lint('open types that do not say when they are published', 'access/published', [
    'if (record.rules.published && !record.source.scope.published)',
    'if (record.rules.published && !record.source.scope.published && !record)',
  ]),
];
