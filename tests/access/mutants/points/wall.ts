import { pointsOf } from './point.ts';

const columns = pointsOf('column-plan.ts', 'database');
const policies = pointsOf('policy-sql.ts', 'database');
const alone = ['access/database-alone', 'access/roles-alone'];

/** The second wall: judged without the program's rules, by the roles of the viewers. */
export const wall = [
  policies('the policy on rows', alone, [
    'policyStatements',
    "`…for select to ${$roles.map($quoted).join(', ')} using (${$condition})`",
    "`…for select to ${$roles.map($quoted).join(', ')} using (true)`",
  ]),
  policies('the grants on columns', alone, [
    'columnsOf',
    '[...$table.$readers] .filter(([, $readers]) => $readers.has($viewer))',
    '[...$table.$readers]',
  ]),
  policies('the rows of functions for sealed values', alone, [
    'sealedFunction',
    '`…where "t"."id" = row_id and ${$condition}`',
    '`…where "t"."id" = row_id`',
  ]),
  policies('own rows in functions for sealed values', alone, [
    'sealedFunction',
    "$sql`(${$rows} and ${$ownRows($record, 't', $c, $model)})`",
    '$rows',
  ]),
  policies('the links of others', 'access/roles-alone', [
    'ownHolder',
    "`holder = current_setting('laihu.holder', true)`",
    "'true'",
  ]),
  policies('the numbers that were presented elsewhere', 'access/roles-alone', [
    'accessTables',
    "`unit = current_setting('laihu.unit', true)`",
    "'true'",
  ]),
  columns('columns of masked and of clear values apart', alone, [
    '#column',
    '$getOrMake($masks, $mask!, () => new Set<$ViewerName>())',
    '$clear',
    'const $clear = new Set<$ViewerName>();',
  ]),
  pointsOf('login.ts', 'database')(
    'the login as the own role',
    ['access/login', ...alone],
    [
      'viewerLogin',
      '$roleUrl($ownerUrl, $roleOf($getViewer($viewer as $ViewerName).$name))',
      '$viewer && $roleOf($getViewer($viewer as $ViewerName).$name) && $roleUrl ? $ownerUrl : $ownerUrl',
    ],
  ),
];
